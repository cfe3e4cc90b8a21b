import { Command, CommanderError } from 'commander'
import { GomeisaError } from '../../graph/index.ts'
import { packageVersion } from '../package-root.ts'
import { errorEnvelope } from './envelope.ts'
import { exitCodeOf, renderError } from './failure.ts'
import { openTerminal } from './terminal.ts'
import type { ExitCode, GlobalOptions, VerbContext } from './verb.ts'
import { EXIT } from './verb.ts'
import { VERBS } from './verbs/index.ts'

const HELP = `
Exit codes: 0 ok, 1 error, 2 usage or bad input, 3 findings at or above --fail-on,
4 partial data (something the answer needs was refused, cut off or is unknown).

Examples:
  gomeisa demo
  gomeisa import exports/ && gomeisa analyze
  gomeisa can ana@example.com s3:GetObject arn:aws:s3:::payroll/2026.csv
  gomeisa findings --fail-on high

Every verb has its own help: gomeisa import --help`

/** Runs one command line and returns the exit code; the launcher sets it. */
export async function main(args: readonly string[]): Promise<number> {
  let code: ExitCode = EXIT.ok
  const program = new Command('gomeisa')
    .description('Who can really do what in AWS, GCP and Azure, and how an attacker would use it.')
    .version(packageVersion())
    .option('--data <dir>', 'data directory', '.gomeisa')
    .option('--json', 'answer in JSON (docs/json.md)', false)
    .option('--quiet', 'no progress and no remarks on stderr', false)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .addHelpText('after', HELP)
  const context = (): VerbContext => {
    const global = program.opts<GlobalOptions>()
    return { global, terminal: openTerminal({ quiet: global.quiet }), now: new Date() }
  }
  const asked = args.find((argument) => VERBS.some((row) => row.name === argument))
  for (const row of VERBS) {
    const command = program.command(row.name).summary(row.summary).description(row.summary).exitOverride()
    command.option('--data <dir>', 'data directory (default: ".gomeisa")').option('--json', 'answer in JSON')
    command.option('--quiet', 'no progress and no remarks on stderr')
    command.hook('preAction', (_, action) => {
      for (const name of ['data', 'json', 'quiet'] as const) {
        const value = action.getOptionValue(name) as string | boolean | undefined
        if (value !== undefined) program.setOptionValue(name, value)
      }
    })
    if (row.name !== asked) continue
    const verb = await row.load()
    verb.configure(command, async (work) => {
      code = await work(context())
    })
  }
  try {
    if (args.length === 0) {
      program.outputHelp()
      return EXIT.usage
    }
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    const { global, terminal } = context()
    terminal.progressDone()
    if (global.json) terminal.out(JSON.stringify(errorEnvelope(error), null, 2))
    process.stderr.write(`${renderError(error)}\n`)
    if (!(error instanceof GomeisaError) && process.env['GOMEISA_DEBUG'] !== undefined) console.error(error)
    return exitCodeOf(error)
  }
}
