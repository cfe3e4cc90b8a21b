import { Command } from 'commander'
import { packageVersion } from '../package-root.ts'
import { DEFAULT_DATA } from './hint.ts'
import type { ExitCode, GlobalOptions, VerbContext } from './verb.ts'
import { VERBS } from './verbs/index.ts'

const HELP = `
Exit codes: 0 ok, 1 error, 2 usage or bad input, 3 findings at or above
--fail-on, 4 partial data (something was refused, cut off or is unknown).

Examples:
  gomeisa demo
  gomeisa import exports/ && gomeisa analyze
  gomeisa can ana@example.com s3:GetObject payroll-exports
  gomeisa findings --fail-on high

Every verb has its own help: gomeisa import --help`

/**
 * The command line as commander knows it: every verb with its summary, and the one that `args` ask for with its
 * arguments. `run` is called with that verb's work. Commander writes no errors itself, it throws them.
 */
export async function programFor(
  args: readonly string[],
  run: (work: (context: VerbContext) => Promise<ExitCode>) => Promise<void>,
): Promise<Command> {
  const program = withGlobalOptions(new Command('gomeisa'))
    .description('Who can really do what in AWS, GCP and Azure, and how an attacker would use it.')
    .usage('VERB [options]')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .configureHelp({ showGlobalOptions: true, subcommandTerm: termOf })
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
    .addHelpText('after', HELP)
  for (const row of VERBS) {
    program.command(row.name).summary(row.summary).description(sentence(row.summary)).helpGroup(row.group)
  }
  program.addHelpCommand(new Command('help').argument('[verb]').description('print help').helpGroup('Care:'))
  const asked = askedVerb(args)
  for (const row of VERBS) {
    const command = program.commands.find((each) => each.name() === row.name)
    if (command === undefined || row.name !== asked) continue
    const verb = await row.load()
    verb.configure(command, run)
  }
  return program
}

/** The options that stand before or after the verb. */
export function globalOptions(program: Command): GlobalOptions {
  const { data, json, quiet } = program.opts<Partial<GlobalOptions>>()
  return {
    data: data ?? DEFAULT_DATA,
    dataGiven: program.getOptionValueSource('data') === 'cli',
    json: json ?? false,
    quiet: quiet ?? false,
  }
}

function withGlobalOptions(command: Command): Command {
  return command
    .option('--data <dir>', 'data directory', DEFAULT_DATA)
    .option('--json', 'answer in JSON (docs/json.md)')
    .option('--quiet', 'no progress and no remarks on stderr')
}

/** The first word that is no option and no value of one: the verb; behind `help` the verb it is about. */
function askedVerb(args: readonly string[]): string | undefined {
  const [first, second] = withGlobalOptions(new Command()).parseOptions([...args]).operands
  return first === 'help' ? second : first
}

function termOf(command: Command): string {
  const takes = VERBS.find((row) => row.name === command.name())?.takes ?? ''
  return `${command.name()} ${takes || command.usage().replace('[options] ', '')}`.trimEnd()
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${text.endsWith('?') ? '' : '.'}`
}
