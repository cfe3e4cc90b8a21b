import { ownString, type JsonObject } from '../../../graph/index.ts'
import type { Outcome } from '../../grants/connector.ts'
import type { Wait } from '../wait.ts'
import { failed, isAbsent } from './answers.ts'
import { roleGuid } from './names.ts'
import type { Answer } from './microsoft-rest.ts'
import type { ResourceManager } from './resource-manager.ts'
import { isList, isOf, propertiesOf, RoleAssignments, type Triple } from './role-assignments.ts'

const VERSION = '2020-10-01'
const ROOM = '/providers/Microsoft.Authorization'
/** Words that the requests of brokers begin with. */
const MARK = 'Gomeisa: '
const FIRST_LOOK = 500
const LONGEST_LOOK = 4_000

/** Statuses of a request (Role Assignment Schedule Requests, "Status") after which nothing of it takes effect any more. */
const FAILED = new Set([
  'Denied',
  'Canceled',
  'Failed',
  'FailedAsResourceIsLocked',
  'AdminDenied',
  'TimedOut',
  'Invalid',
])
const DONE = new Set(['Provisioned', 'ScheduleCreated'])
/** Errors of status 400 that say: not now. */
const LATER = new Set(['PendingRoleAssignmentRequest', 'RoleAssignmentExists'])

/** What there is of a triple. `unclear`: Azure did not say, or its lists do not agree yet. */
export type Standing =
  | { readonly kind: 'none' }
  | { readonly kind: 'theirs' }
  /** `until`: when Azure ends it, milliseconds since 1970; NaN: somebody took its end away. */
  | { readonly kind: 'ours'; readonly until: number; readonly schedule: string; readonly narrowed: boolean }
  | { readonly kind: 'unclear'; readonly why: string }

/** What a request asks for. */
export interface Wish {
  readonly requestType: 'AdminAssign' | 'AdminUpdate' | 'AdminRemove'
  readonly justification: string
  readonly more?: JsonObject
}

/** Privileged Identity Management of Azure resources (Microsoft.Authorization, 2020-10-01): requests, and what becomes of them. */
export class ScheduleRequests {
  readonly #arm: ResourceManager
  readonly #assignments: RoleAssignments
  readonly #wait: Wait

  constructor(arm: ResourceManager, wait: Wait) {
    this.#arm = arm
    this.#assignments = new RoleAssignments(arm)
    this.#wait = wait
  }

  /** Active assignments of the triple: of brokers, or of somebody else. Rejects where no answer came. */
  async standing(triple: Triple, signal: AbortSignal): Promise<Standing> {
    // Those that were made outside of this service are among them.
    const instances = await this.#list('roleAssignmentScheduleInstances', triple, signal)
    if (!isList(instances)) return isAbsent(instances) ? { kind: 'none' } : unclear(instances.code)
    const direct = instances.filter((each) => isOf(triple, each) && !isInherited(each))
    if (direct.length === 0) {
      const names = await this.#assignments.names(triple, signal)
      if (!isList(names)) return unclear(names.code)
      return names.length === 0 ? { kind: 'none' } : unclear('an assignment is being made or removed')
    }
    const requests = await this.#list('roleAssignmentScheduleRequests', triple, signal)
    if (!isList(requests)) return unclear(requests.code)
    const ours = direct.find((each) => requests.some((one) => isOurs(one) && isAbout(one, each)))
    if (ours !== undefined) {
      const { endDateTime = '', condition } = textsOf(ours)
      const narrowed = condition !== undefined
      return { kind: 'ours', until: Date.parse(endDateTime), schedule: scheduleOf(ours), narrowed }
    }
    // Lists lag behind: only what surely is not of a broker is somebody else's.
    const known = (each: JsonObject) =>
      textsOf(each)['endDateTime'] === undefined || requests.some((one) => isAbout(one, each))
    return direct.every(known) ? { kind: 'theirs' } : unclear('whose the assignment is cannot be seen')
  }

  /** Asks by a name of the caller, once: a request of that name that is there already is looked at instead. Rejects without an answer. */
  async ask(triple: Triple, name: string, wish: Wish, signal: AbortSignal): Promise<Outcome> {
    const found = await this.read(triple, name, signal)
    if (found.status === 200) return this.#followed(triple, name, wish, found, signal)
    if (found.status !== 404) return failed('the request could not be read', found)
    const { requestType, justification, more = {} } = wish
    const { role, principal } = triple
    const about = { roleDefinitionId: role, principalId: principal, requestType }
    const properties = { ...about, justification: `${MARK}${justification}`, ...more }
    const path = this.#path(triple, name)
    const made = await this.#arm.send('PUT', path, VERSION, signal, { properties })
    if (made.status === 200 || made.status === 201) return this.#followed(triple, name, wish, made, signal)
    if (LATER.has(made.code)) return { kind: 'uncertain', why: `not yet: ${made.code}` }
    const gone = requestType === 'AdminRemove' && made.code === 'RoleAssignmentDoesNotExist'
    return gone ? { kind: 'done' } : failed('Azure does not take the request', made)
  }

  /** A request by its name, 404 where there is none. */
  read(triple: Triple, name: string, signal: AbortSignal): Promise<Answer> {
    return this.#arm.send('GET', this.#path(triple, name), VERSION, signal)
  }

  #path = ({ scope }: Triple, name: string): string =>
    `${scope}${ROOM}/roleAssignmentScheduleRequests/${name}`

  #list(kind: string, { scope, principal }: Triple, signal: AbortSignal) {
    return this.#arm.list(`${scope}${ROOM}/${kind}`, `principalId eq '${principal}'`, VERSION, signal)
  }

  /** Looks at a request until it has ended; rejects when the signal is aborted before. */
  async #followed(
    triple: Triple,
    name: string,
    { requestType }: Wish,
    first: Answer,
    signal: AbortSignal,
  ): Promise<Outcome> {
    let answer = first
    for (let wait = FIRST_LOOK; ; wait = Math.min(wait * 2, LONGEST_LOOK)) {
      const status = statusOf(answer)
      const revoked = status === 'Revoked'
      if (DONE.has(status) || (revoked && requestType === 'AdminRemove')) return { kind: 'done' }
      if (FAILED.has(status) || revoked) return { kind: 'refused', why: `the request ended as ${status}` }
      await this.#wait(wait, signal)
      answer = await this.read(triple, name, signal)
      // It was taken: whatever becomes of the looking, it can take effect.
      if (answer.status !== 200)
        return { kind: 'uncertain', why: `the request cannot be seen: ${answer.code}` }
    }
  }
}

const unclear = (why: string): Standing => ({ kind: 'unclear', why })

const statusOf = ({ body }: Answer): string => ownString(propertiesOf(body), 'status') ?? ''

/** Whether a request that Azure gave has ended, one way or the other. */
export function isOver(answer: Answer): boolean {
  const status = statusOf(answer)
  return FAILED.has(status) || DONE.has(status) || status === 'Revoked'
}

function textsOf(thing: JsonObject): Readonly<Record<string, string | undefined>> {
  const properties = propertiesOf(thing)
  const names = ['endDateTime', 'condition', 'memberType', 'roleAssignmentScheduleId']
  return Object.fromEntries(names.map((name) => [name, ownString(properties, name)]))
}

const isInherited = (instance: JsonObject): boolean =>
  (textsOf(instance)['memberType'] ?? 'Direct') !== 'Direct'
const scheduleOf = (instance: JsonObject): string =>
  lastPart(textsOf(instance)['roleAssignmentScheduleId'] ?? ownString(instance, 'name') ?? '')
const lastPart = roleGuid

const isAbout = (request: JsonObject, instance: JsonObject): boolean =>
  lastPart(ownString(propertiesOf(request), 'targetRoleAssignmentScheduleId') ?? '') === scheduleOf(instance)

/** An administrator's request with a broker's words: people who activate a role for themselves choose words, and no such request. */
function isOurs(request: JsonObject): boolean {
  const properties = propertiesOf(request)
  const type = ownString(properties, 'requestType')
  const words = ownString(properties, 'justification') ?? ''
  return (type === 'AdminAssign' || type === 'AdminUpdate') && words.startsWith(MARK)
}
