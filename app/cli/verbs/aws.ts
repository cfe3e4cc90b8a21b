import { liveCredentials, processDocument } from '../../../broker/index.ts'
import { agentHome } from '../../broker/agent-home.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

/** What the tools of AWS call by themselves. */
export const aws: Verb = {
  configure(command, run) {
    command.usage('credentials GRANT [options]').addHelpText(
      'after',
      `
Prints what AWS tools expect of a credential_process, and nothing else. It
never waits for a person: without an active grant it says so and fails.

Examples:
  gomeisa aws credentials 7f3a…
  gomeisa setup aws 7f3a… --profile prod-logs   writes a profile that calls it`,
    )
    command
      .command('credentials')
      .argument('<grant>', 'id of an active grant')
      .description('Print the credentials of a grant, as a credential_process does.')
      .option('--home <dir>', "the agent's folder (default: $XDG_STATE_HOME/gomeisa/agent)")
      .action((grant: string, options: { readonly home?: string }) =>
        run(async ({ terminal }) => {
          terminal.out(processDocument(await liveCredentials(agentHome(options.home), grant)))
          return EXIT.ok
        }),
      )
  },
}
