import { own, ownList, ownString, type JsonObject } from '../../../graph/index.ts'
import { MicrosoftRest, type Answer, type Reach } from './microsoft-rest.ts'
import { isSameName } from './names.ts'
import { isList } from './role-assignments.ts'

const GRAPH = 'https://graph.microsoft.com'
const SCOPE = 'https://graph.microsoft.com/.default'
const ASKED = 'id,groupTypes,mailEnabled,membershipRule,onPremisesSyncEnabled'

/** Direct members of groups of Entra (Microsoft Graph v1.0, "Add members", "Remove member", "List group members"). */
export class GroupMembers {
  readonly #rest: MicrosoftRest

  constructor({ endpoint = GRAPH }: Reach) {
    this.#rest = new MicrosoftRest(endpoint, SCOPE)
  }

  group(group: string, signal: AbortSignal): Promise<Answer> {
    return this.#rest.send('GET', `/v1.0/groups/${group}`, { $select: ASKED }, signal)
  }

  /** 204; 400 where the user is a member already, and for much else. */
  add(group: string, principal: string, signal: AbortSignal): Promise<Answer> {
    // What the body names is an object of Graph, whatever the way there.
    const body = { '@odata.id': `${GRAPH}/v1.0/directoryObjects/${principal}` }
    return this.#rest.send('POST', `${roomOf(group)}/$ref`, {}, signal, body)
  }

  /** 204, and 404 where the user was no member. Without `$ref` Graph would delete the user. */
  remove(group: string, principal: string, signal: AbortSignal): Promise<Answer> {
    return this.#rest.send('DELETE', `${roomOf(group)}/${principal}/$ref`, {}, signal)
  }

  /**
   * Whether a user is a direct member; the answer instead that was an error. The whole list is read: asked for one member, Graph says
   * the same of one that is not there and of a group of another tenant.
   */
  async has(group: string, principal: string, signal: AbortSignal): Promise<boolean | Answer> {
    const all = await this.#rest.list(roomOf(group), { $select: 'id', $top: '999' }, signal)
    if (!isList(all)) return all
    return all.some((each) => isSameName(ownString(each, 'id') ?? '', principal))
  }
}

const roomOf = (group: string): string => `/v1.0/groups/${group}/members`

/** Why nobody can be added to a group by hand or by Graph; undefined where it takes members. */
export function closedTo(group: JsonObject): string | undefined {
  const types = ownList(group, 'groupTypes')
  if (types.includes('DynamicMembership') || isRule(group)) return 'a rule decides who is in the group'
  if (own(group, 'onPremisesSyncEnabled') === true) return 'the group is synchronised from elsewhere'
  const byMail = own(group, 'mailEnabled') === true && !types.includes('Unified')
  return byMail ? 'the group is one of Exchange' : undefined
}

const isRule = (group: JsonObject): boolean => (ownString(group, 'membershipRule') ?? '') !== ''
