import { executableDocument, executableError, grantAccess, OWN_LOGIN } from '../../../broker/index.ts'
import { GomeisaError } from '../../../graph/index.ts'
import { agentHome } from '../../broker/agent-home.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

/** Milliseconds: some libraries give a command no more than five seconds, and starting takes some of them. */
const PATIENCE = 4_000

/** What Google's libraries call by themselves. */
export const gcp: Verb = {
  configure(command, run) {
    command.usage('credentials GRANT [options]').addHelpText(
      'after',
      `
Prints what Google's libraries expect of an executable (executable-sourced
credentials), and nothing else, on stderr neither. It never waits for a
person. What is wrong is said in the document, and the exit code is 0,
because the libraries read it only then.

Examples:
  gomeisa gcp credentials 7f3a…
  gomeisa setup gcp 7f3a… --profile prod-logs   writes files that call it`,
    )
    command
      .command('credentials')
      .argument('<grant>', 'id of an active grant')
      .description("Print the token of a grant, as Google's libraries take it.")
      .option('--home <dir>', "the agent's folder (default: $XDG_STATE_HOME/gomeisa/agent)")
      .action((grant: string, options: { readonly home?: string }) =>
        run(async ({ terminal }) => {
          terminal.out(await documentOf(grant, options.home))
          return EXIT.ok
        }),
      )
  },
}

async function documentOf(grant: string, home: string | undefined): Promise<string> {
  try {
    const live = await grantAccess(agentHome(home), grant, PATIENCE)
    if (live === undefined) return executableError('OWN_LOGIN', OWN_LOGIN)
    return executableDocument(live, process.env)
  } catch (error) {
    if (!(error instanceof GomeisaError)) throw error
    const remedy = error.remedy === undefined ? '' : ` (${error.remedy})`
    return executableError(error.code, `${error.message}${remedy}`)
  }
}
