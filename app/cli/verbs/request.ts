import { GomeisaError } from '../../../graph/index.ts'
import { askBroker, HOME, type HomeOption } from '../access/ask-broker.ts'
import { objectsIn, renderPreview, renderStanding } from '../access/render.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import { instantOf } from '../options.ts'
import { secondsOf } from '../policy/asked.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options extends HomeOption {
  readonly for: string
  readonly reason?: string
  readonly ticket?: string
  readonly at?: string
  readonly breakGlass?: boolean
  readonly preview?: boolean
  readonly resume?: string
}

export const request: Verb = {
  configure(command, run) {
    command
      .usage('[ENTITLEMENT] [options]')
      .argument('[entitlement]', "its id in the operator's catalogue; without it your requests are listed")
      .option('--for <time>', 'how long, from activation on: 45m, 8h', '1h')
      .option('--reason <text>', 'what it is for')
      .option('--ticket <id>', 'ticket that it belongs to')
      .option('--at <time>', 'not before then')
      .option('--break-glass', 'the emergency way, in so many words')
      .option('--preview', 'say what it would take, and ask for nothing')
      .option('--resume <request>', 'look again at a request that waits')
      .option(...HOME)
      .addHelpText(
        'after',
        `
Examples:
  gomeisa request prod-reader --for 2h --reason 'incident 7'
  gomeisa request prod-admin --preview
  gomeisa request --resume 4f1c09ab77e2`,
      )
      .action((entitlement: string | undefined, options: Options) =>
        run(async ({ terminal, global }) => {
          const show = (render: () => void, result: object) => {
            if (global.json) terminal.out(jsonText(envelope('request', null, result)))
            else render()
            return EXIT.ok
          }
          if (options.resume !== undefined) {
            if (entitlement !== undefined) {
              throw new GomeisaError('USAGE', 'name an entitlement or a request to resume, not both')
            }
            const path = `/v1/requests/${encodeURIComponent(options.resume)}/activate`
            const standing = await askBroker(options, 'POST', path, {})
            return show(() => renderStanding(terminal, standing), standing)
          }
          if (entitlement === undefined) {
            const list = await askBroker(options, 'GET', '/v1/requests')
            return show(() => {
              const mine = objectsIn(list, 'mine')
              for (const each of mine) renderStanding(terminal, each)
              if (mine.length === 0) terminal.note('you have asked for nothing')
            }, list)
          }
          const wish = wishOf(entitlement, options)
          if (options.preview === true) {
            const preview = await askBroker(options, 'POST', '/v1/requests/preview', wish)
            return show(() => renderPreview(terminal, preview), preview)
          }
          const standing = await askBroker(options, 'POST', '/v1/requests', wish)
          return show(() => renderStanding(terminal, standing), standing)
        }),
      )
  },
}

function wishOf(entitlement: string, options: Options): object {
  const { reason, ticket, at, breakGlass } = options
  return {
    entitlement,
    durationSeconds: secondsOf(options.for),
    ...(reason !== undefined && { reason }),
    ...(ticket !== undefined && { ticket }),
    ...(at !== undefined && { startsAt: instantOf(at) }),
    ...(breakGlass === true && { breakGlass }),
  }
}
