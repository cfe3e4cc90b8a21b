import { GomeisaError } from '../../../graph/index.ts'
import { askBroker, HOME, type HomeOption } from '../access/ask-broker.ts'
import { renderGrant, renderRequest } from '../access/render.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options extends HomeOption {
  readonly reason?: string
}

export const release: Verb = {
  configure(command, run) {
    command
      .usage('GRANT|REQUEST [options]')
      .argument('<id>', 'a grant to give back, or a request to withdraw')
      .option('--reason <text>', 'why, for the record')
      .option(...HOME)
      .addHelpText(
        'after',
        `
Examples:
  gomeisa release 90bb1e7d3c15
  gomeisa release 90bb1e7d3c15 --reason 'fixed'`,
      )
      .action((id: string, options: Options) =>
        run(async ({ terminal, global }) => {
          const { reason } = options
          const at = encodeURIComponent(id)
          const body = reason === undefined ? {} : { reason }
          const grant = await askBroker(options, 'POST', `/v1/grants/${at}/release`, body).catch(
            unlessUnknown,
          )
          const request = grant
            ? undefined
            : await askBroker(options, 'POST', `/v1/requests/${at}/withdraw`, {})
          const result = { grant: grant ?? null, request: request ?? null }
          if (global.json) terminal.out(jsonText(envelope('release', null, result)))
          else if (grant) renderGrant(terminal, grant)
          else if (request) renderRequest(terminal, request)
          return EXIT.ok
        }),
      )
  },
}

function unlessUnknown(error: unknown): undefined {
  if (error instanceof GomeisaError && error.code === 'NOT_FOUND') return undefined
  throw error
}
