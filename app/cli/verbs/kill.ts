import { setTimeout as pause } from 'node:timers/promises'
import { killView, type KillAim } from '../../../broker/index.ts'
import { GomeisaError, own, type JsonObject } from '../../../graph/index.ts'
import { withKills } from '../../broker/kill-room.ts'
import { operator } from '../../broker/operator.ts'
import { askBroker } from '../access/ask-broker.ts'
import { countdownOf, isProven, remainingIn, renderKill } from '../access/render-kill.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import { secondsOf } from '../policy/asked.ts'
import type { Terminal } from '../terminal.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options {
  readonly reason: string
  readonly wait: string
  readonly home?: string
}

/** How an order is given and looked at: over the ledgers, or through the agent. */
interface Switch {
  readonly order: (aim: KillAim, reason: string) => Promise<JsonObject>
  readonly report: (id: number) => Promise<JsonObject>
}

const KINDS = ['person', 'device', 'grant'] as const
/** Milliseconds between looks. */
const LOOK_EVERY = 500

export const kill: Verb = {
  configure(command, run) {
    command
      .usage('person|device|grant NAME --reason TEXT [options]')
      .argument('<kind>', 'person, device or grant')
      .argument('<name>', 'whom: as in `gomeisa broker devices`, or the id of a grant')
      .requiredOption('--reason <text>', 'why; they are told, and it is in the log')
      .option('--wait <time>', 'how long to watch until it is proven gone: 30s, 10m', '5m')
      .option('--home <dir>', "ask through the agent of this folder (default: on the broker's machine)")
      .addHelpText(
        'after',
        `
Locks the person or device first, which closes connections and refuses
tokens; then every grant is denied at its provider, removed, and looked for.
Exit code 4 when something is not proven gone by then: the broker goes on.

Examples:
  gomeisa kill person ana@example.com --reason 'laptop stolen'
  gomeisa kill device laptop --reason 'left in a taxi' --home ~/.gomeisa-agent
  gomeisa kill grant 90bb1e7d3c15 --reason 'wrong account' --wait 30s`,
      )
      .action((kind: string, name: string, options: Options) =>
        run(async ({ terminal, global }) => {
          const aim = { kind: kindOf(kind), id: name }
          const wait = secondsOf(options.wait) * 1000
          const use = async (by: Switch) => {
            const ordered = await by.order(aim, options.reason)
            const report = await watched(terminal, by, ordered, wait)
            if (global.json) terminal.out(jsonText(envelope('kill', null, report)))
            else renderKill(terminal, report)
            if (remainingIn(report) > 0)
              terminal.note('a running broker goes on for as long as it takes: gomeisa broker run')
            return isProven(report) ? EXIT.ok : EXIT.partial
          }
          const { home } = options
          if (home === undefined) {
            return withKills(global.data, (kills) =>
              use({
                order: async (each, reason) => killView(await kills.order(each, reason, operator())),
                report: async (id) => killView(await kills.report(id)),
              }),
            )
          }
          return use({
            order: ({ kind: of, id }, reason) =>
              askBroker({ home }, 'POST', '/v1/kills', { kind: of, target: id, reason }),
            report: (id) => askBroker({ home }, 'GET', `/v1/kills/${id}`),
          })
        }),
      )
  },
}

/** The countdown: looks until nothing remains, or the time is over. What is locked out meanwhile keeps its last report. */
async function watched(
  terminal: Terminal,
  by: Switch,
  ordered: JsonObject,
  wait: number,
): Promise<JsonObject> {
  const until = Date.now() + wait
  const id = own(ordered, 'id')
  let report = ordered
  while (typeof id === 'number' && remainingIn(report) > 0 && Date.now() < until) {
    terminal.progress(countdownOf(report))
    await pause(LOOK_EVERY)
    report = await by.report(id)
  }
  terminal.progressDone()
  return report
}

function kindOf(text: string): KillAim['kind'] {
  const kind = KINDS.find((each) => each === text)
  if (kind !== undefined) return kind
  throw new GomeisaError('USAGE', `\`${text}\` cannot be killed`, {
    remedy: `name one of ${KINDS.join(', ')}`,
  })
}
