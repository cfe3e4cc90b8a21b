import { isObject, own, ownString, type JsonObject } from '../../../graph/index.ts'
import { planned } from '../planned.ts'
import { isAbsent } from './answers.ts'
import { isSameName, roleGuid } from './names.ts'
import type { Answer } from './microsoft-rest.ts'
import type { ResourceManager } from './resource-manager.ts'

/** Who has which role where: Azure keeps at most one assignment of these three, whatever its name. */
export interface Triple {
  readonly scope: string
  readonly role: string
  readonly principal: string
}

export const tripleOf = (plan: JsonObject): Triple => ({
  scope: planned(plan, 'scope'),
  role: planned(plan, 'role'),
  principal: planned(plan, 'principal'),
})

const VERSION = '2022-04-01'
const ROOM = '/providers/Microsoft.Authorization/roleAssignments'

/** Role assignments (Microsoft.Authorization, "Role Assignments" REST API, 2022-04-01). */
export class RoleAssignments {
  readonly #arm: ResourceManager

  constructor(arm: ResourceManager) {
    this.#arm = arm
  }

  read(scope: string, name: string, signal: AbortSignal): Promise<Answer> {
    return this.#arm.send('GET', `${scope}${ROOM}/${name}`, VERSION, signal)
  }

  make({ scope, role, principal }: Triple, name: string, note: string, signal: AbortSignal): Promise<Answer> {
    const properties = {
      roleDefinitionId: role,
      principalId: principal,
      principalType: 'User',
      description: note,
    }
    return this.#arm.send('PUT', `${scope}${ROOM}/${name}`, VERSION, signal, { properties })
  }

  /** 200, and 204 where it was not there. */
  remove(scope: string, name: string, signal: AbortSignal): Promise<Answer> {
    return this.#arm.send('DELETE', `${scope}${ROOM}/${name}`, VERSION, signal)
  }

  /** Names of all assignments of the triple at exactly that scope; the answer instead that was an error. */
  async names(triple: Triple, signal: AbortSignal): Promise<readonly string[] | Answer> {
    // The filter says: at the scope, above and below it.
    const filter = `principalId eq '${triple.principal}'`
    const listed = await this.#arm.list(`${triple.scope}${ROOM}`, filter, VERSION, signal)
    if (!isList(listed)) return isAbsent(listed) ? [] : listed
    return listed.filter((each) => isOf(triple, each)).map((each) => ownString(each, 'name') ?? '')
  }
}

/** Whether a thing of Azure is about the triple, at its very scope. */
export function isOf({ scope, role, principal }: Triple, thing: JsonObject): boolean {
  const properties = propertiesOf(thing)
  const text = (name: string) => ownString(properties, name) ?? ''
  return (
    isSameName(text('scope').replace(/\/$/, ''), scope) &&
    isSameName(text('principalId'), principal) &&
    roleGuid(text('roleDefinitionId')) === roleGuid(role)
  )
}

export function propertiesOf(thing: JsonObject): JsonObject {
  const properties = own(thing, 'properties')
  return isObject(properties) ? properties : {}
}

export const isList = <T>(found: readonly T[] | Answer): found is readonly T[] => Array.isArray(found)
