import type { Missing } from '../../../../graph/index.ts'
import type { AzureModel } from '../../model.ts'
import type { AzureState } from '../../state.ts'

/** What shields somebody from most who reset passwords. */
export interface Protection {
  readonly roles: ReadonlySet<string>
  readonly inRoleGroup: boolean
  readonly doubts: readonly Missing[]
}

/** Which principals of a directory can do something, and which of them only few may reset. */
export class DirectoryPower {
  private readonly state: AzureState
  private readonly model: AzureModel
  private readonly direct: ReadonlySet<number>
  private readonly roles = new Map<number, Set<string>>()
  private readonly roleGroups: ReadonlySet<number>
  private readonly openGroups: ReadonlySet<number>
  private readonly ownersOfRoleGroups: ReadonlySet<string>

  constructor(state: AzureState, model: AzureModel) {
    this.state = state
    this.model = model
    const owners = new Set([...state.owners.values()].flatMap((list) => list.map(({ owner }) => owner)))
    this.direct = new Set([
      ...state.assignments.map(({ principal }) => principal),
      ...state.appRoles.map(({ principal }) => principal),
      ...state.delegated.map(({ client }) => client),
      ...state.principals.flatMap(({ id }, i) => (owners.has(id) ? [i] : [])),
      ...[...state.eligibleMembers, ...state.eligibleOwners].map(({ principal }) => principal),
    ])
    for (const { principal, role } of state.assignments) {
      const found = state.roles[role]
      if (found?.directory !== true) continue
      for (const member of model.membership.closure(principal))
        this.roles.set(member, (this.roles.get(member) ?? new Set()).add(found.id))
    }
    const groups = (is: boolean | null): Set<number> =>
      new Set(
        state.principals.flatMap(({ id, kind }, i) =>
          kind === 'group' && (state.groupKinds.get(id)?.roleAssignable ?? null) === is ? [i] : [],
        ),
      )
    this.roleGroups = groups(true)
    this.openGroups = groups(null)
    this.ownersOfRoleGroups = new Set(
      [...this.roleGroups].flatMap((group) =>
        (state.owners.get(state.principals[group]?.id ?? '') ?? []).map(({ owner }) => owner),
      ),
    )
  }

  /**
   * By an assignment, an application permission, a delegated one or an ownership, its own or of a group that it is in; also
   * by what it may activate.
   */
  has(number: number): boolean {
    if (this.direct.has(number)) return true
    return [...this.model.membership.groupsOf(number).keys()].some((group) => this.direct.has(group))
  }

  protection(number: number): Protection {
    const groups = [...this.model.membership.groupsOf(number).keys()]
    const open = groups.filter((group) => this.openGroups.has(group))
    const inRoleGroup =
      groups.some((group) => this.roleGroups.has(group)) ||
      this.ownersOfRoleGroups.has(this.state.principals[number]?.id ?? '')
    const doubts = inRoleGroup
      ? []
      : open.map((group) => ({
          what: 'groups',
          says: `whether the group ${this.state.principals[group]?.name ?? ''} takes directory roles`,
        }))
    return { roles: this.roles.get(number) ?? NONE, inRoleGroup, doubts }
  }
}

const NONE: ReadonlySet<string> = new Set()
