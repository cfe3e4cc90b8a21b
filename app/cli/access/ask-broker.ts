import { askAgent } from '../../../broker/index.ts'
import { GomeisaError, isObject, ownString, type JsonObject } from '../../../graph/index.ts'
import { agentHome } from '../../broker/agent-home.ts'

/** The agent's folder, which every verb here can be told. */
export const HOME = ['--home <dir>', "the agent's folder (default: $XDG_STATE_HOME/gomeisa/agent)"] as const
export interface HomeOption {
  readonly home?: string
}

/**
 * Asks the broker's HTTP API through the running agent and gives its answer. Throws `REFUSED` with the broker's own words,
 * `NOT_FOUND` for what it does not know, `BROKER_UNREACHABLE` while the link is down.
 */
export async function askBroker(
  { home }: HomeOption,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<JsonObject> {
  const found = agentHome(home)
  // Not enrolled is another thing than not running.
  found.read()
  const answer = await askAgent(found, method, path, body)
  const read = isObject(answer.body) ? answer.body : {}
  if (answer.status === 200) return read
  const [reason, detail] = [ownString(read, 'reason'), ownString(read, 'detail')]
  if (reason === undefined || detail === undefined) {
    if (answer.status === 404) {
      throw new GomeisaError('REFUSED', 'the broker takes no requests', {
        remedy: 'its operator starts it with --catalogue',
      })
    }
    throw new GomeisaError('BROKER_UNREACHABLE', 'the broker cannot be reached', {
      remedy: '`gomeisa agent status` says why',
    })
  }
  const code = reason.endsWith('-unknown') && answer.status === 404 ? 'NOT_FOUND' : 'REFUSED'
  const remedy = ownString(read, 'remedy') ?? REMEDIES.get(reason)
  throw new GomeisaError(code, detail, remedy === undefined ? {} : { remedy })
}

const REMEDIES = new Map([
  ['request-unknown', '`gomeisa request` lists yours, `gomeisa approve` those that you could approve'],
  ['grant-unknown', '`gomeisa grants` lists yours'],
  ['entitlement-unknown', 'ask the operator for the ids of entitlements'],
  ['own-request', 'somebody else has to approve it'],
])
