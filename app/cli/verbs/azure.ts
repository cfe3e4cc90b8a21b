import { liveCredentials, managedIdentityDocument, resourcesOf } from '../../../broker/index.ts'
import { GomeisaError } from '../../../graph/index.ts'
import { agentHome } from '../../broker/agent-home.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options {
  readonly resource?: string
  readonly home?: string
}

/** Access tokens of Azure, for what takes them as a text. */
export const azure: Verb = {
  configure(command, run) {
    command.usage('token GRANT [options]').addHelpText(
      'after',
      `
Prints an access token of a grant as a managed identity's endpoint answers it,
and nothing else. It never waits for a person: without an active grant it says
so and fails. Tools of Azure have no file that names a command: run them by
"gomeisa exec", which opens such an endpoint for them.

Examples:
  gomeisa azure token 7f3a… --resource https://vault.azure.net
  gomeisa exec 7f3a… -- az group list`,
    )
    command
      .command('token')
      .argument('<grant>', 'id of an active grant')
      .description('Print an access token of a grant, as a managed identity gives it.')
      .option('--resource <url>', 'for whom it is (default: the first of the grant)')
      .option('--home <dir>', "the agent's folder (default: $XDG_STATE_HOME/gomeisa/agent)")
      .action((grant: string, options: Options) =>
        run(async ({ terminal }) => {
          const live = await liveCredentials(agentHome(options.home), grant)
          const resources = resourcesOf(live)
          const resource = options.resource ?? resources[0] ?? ''
          const query = new URLSearchParams({ 'api-version': '2019-08-01', resource })
          try {
            terminal.out(managedIdentityDocument(live, query))
          } catch (error) {
            if (!(error instanceof GomeisaError) || error.code !== 'REFUSED') throw error
            throw new GomeisaError('USAGE', error.message, { candidates: resources })
          }
          return EXIT.ok
        }),
      )
  },
}
