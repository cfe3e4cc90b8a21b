import type { Residual } from '../../../graph/index.ts'
import type { BlockState, RoleState } from '../state.ts'
import type { CollectedAuthorization } from './collected.ts'

const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'
const USER_ACCESS_ADMINISTRATOR = '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9'
const ASSIGN = 'Microsoft.Authorization/roleAssignments/write'

/** Roles with one of these actions are not supported, letter by letter: `*` with exceptions is (Contributor). */
const UNSUPPORTED: ReadonlySet<string> = new Set([
  'microsoft.authorization/*',
  'microsoft.authorization/*/write',
  'microsoft.authorization/*/delete',
  ...['roleassignments', 'roledefinitions', 'classicadministrators', 'locks', 'denyassignments'].flatMap(
    (type) => [`microsoft.authorization/${type}/write`, `microsoft.authorization/${type}/delete`],
  ),
])

/**
 * Roles as Azure Lighthouse gives them: without data actions; User Access Administrator only to assign the listed roles to
 * managed identities. What it does not support it refuses when a registration is made; what an older one still gives is not told.
 * https://learn.microsoft.com/azure/lighthouse/concepts/tenants-users-roles#role-support-for-azure-lighthouse
 */
export class Delegated {
  private readonly roles: RoleState[]
  private readonly numbers = new Map<string, number>()

  constructor(roles: RoleState[]) {
    this.roles = roles
  }

  /** The role that an authorization gives, and what limits it. `coming`: the state of a registration that is being made. */
  role(
    number: number,
    authorization: CollectedAuthorization,
    coming: string | undefined,
  ): { readonly role: number; readonly limit: Residual | null } {
    const role = this.roles[number]
    if (role === undefined) return { role: number, limit: null }
    const isAdministrator = role.id === USER_ACCESS_ADMINISTRATOR
    const { assignable, activation } = authorization
    const refused = isAdministrator ? activation !== null : isRefused(role)
    const doubt = refused
      ? `Azure Lighthouse does not support ${role.name} here: what an authorization for it gives is not told`
      : coming === undefined
        ? undefined
        : `the Lighthouse registration is not in force for certain: ${coming}`
    const blocks = isAdministrator ? assigning(assignable) : withoutData(role.blocks)
    if (doubt === undefined && blocks === role.blocks) return { role: number, limit: null }
    // A known id would stand for what the role gives elsewhere.
    const id = isAdministrator || doubt !== undefined ? `lighthouse:${role.id}` : role.id
    const { name, directory } = role
    const limit = isAdministrator ? this.limit(assignable) : null
    const made = { id, name, directory, blocks, ...(doubt === undefined ? {} : { doubt }) }
    return { role: this.numberOf(`${number} ${assignable.length > 0} ${doubt ?? ''}`, made), limit }
  }

  private limit(assignable: readonly string[]): Residual {
    const names = assignable.map((id) => this.roles.find((role) => role.id === id)?.name ?? id)
    const says = `the role that is assigned is ${names.join(' or ')}, and whom it is assigned to is a managed identity of this tenant`
    return { says, raw: 'Lighthouse: delegatedRoleDefinitionIds' }
  }

  private numberOf(key: string, role: RoleState): number {
    const known = this.numbers.get(key)
    if (known !== undefined) return known
    const number = this.roles.push(role) - 1
    this.numbers.set(key, number)
    return number
  }
}

/** Owner, a custom role, or one with an action that is not supported. */
function isRefused({ id, assignable, blocks }: RoleState): boolean {
  if (id === OWNER || (assignable ?? null) !== null) return true
  return (blocks ?? []).some(({ actions }) => actions.some((action) => UNSUPPORTED.has(action.toLowerCase())))
}

/** "No other permissions typically granted by this role apply." */
function assigning(assignable: readonly string[]): readonly BlockState[] {
  const none = { notActions: [], dataActions: [], notDataActions: [], condition: null }
  return assignable.length === 0 ? [] : [{ actions: [ASSIGN], ...none }]
}

/** The same blocks where none has data actions. */
function withoutData(blocks: readonly BlockState[] | null): readonly BlockState[] | null {
  if (blocks === null || blocks.every(({ dataActions }) => dataActions.length === 0)) return blocks
  return blocks.map((block) => ({ ...block, dataActions: [], notDataActions: [] }))
}
