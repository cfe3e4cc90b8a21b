import { CommanderError } from 'commander'
import { GomeisaError } from '../../graph/index.ts'
import { yieldInBackground } from './background-threads.ts'
import { errorEnvelope } from './envelope.ts'
import { exitCodeOf, renderError } from './failure.ts'
import { jsonText } from './json-text.ts'
import { globalOptions, programFor } from './program.ts'
import { endQuietlyWhenNobodyReads } from './reader-gone.ts'
import { openTerminal } from './terminal.ts'
import type { ExitCode } from './verb.ts'
import { EXIT } from './verb.ts'

/** Runs one command line and returns the exit code; the launcher sets it. */
export async function main(args: readonly string[]): Promise<number> {
  yieldInBackground()
  endQuietlyWhenNobodyReads(process.stdout)
  endQuietlyWhenNobodyReads(process.stderr)
  let code: ExitCode = EXIT.ok
  const program = await programFor(args, async (work) => {
    const global = globalOptions(program)
    code = await work({ global, terminal: openTerminal({ quiet: global.quiet }), now: new Date() })
  })
  if (args.length === 0) {
    program.outputHelp({ error: true })
    return EXIT.usage
  }
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok
    const failure = error instanceof CommanderError ? usageError(error, program.args[0]) : error
    const { json } = globalOptions(program)
    const terminal = openTerminal({ quiet: true })
    terminal.progressDone()
    if (json) terminal.out(jsonText(errorEnvelope(failure)))
    process.stderr.write(`${renderError(failure)}\n`)
    if (!(failure instanceof GomeisaError) && process.env['GOMEISA_DEBUG'] !== undefined)
      console.error(failure)
    return exitCodeOf(failure)
  }
}

/** What commander says of a command line, as an error of ours: `error: unknown option '--x'\n(Did you mean --y?)`. */
function usageError(error: CommanderError, verb: string | undefined): GomeisaError {
  const [says = '', guess] = error.message.replace(/^error: /, '').split('\n')
  const meant =
    guess === undefined ? '' : `${guess.replace(/^\(did you mean (.*)\?\)$/i, 'did you mean `$1`?')} `
  const known = error.code !== 'commander.unknownCommand' && verb !== undefined
  return new GomeisaError('USAGE', says.replaceAll("'", '`'), {
    remedy: `${meant}\`gomeisa ${known ? `${verb} ` : ''}--help\` tells more`,
  })
}
