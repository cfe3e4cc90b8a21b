import type { Missing, PermissionSet, PermissionUniverse } from '../../graph/index.ts'
import { isWild } from '../../graph/index.ts'
import type { Rights, Way } from '../grants/model.ts'
import { PermissionSet as Permissions } from '../../graph/index.ts'
import { oneLine } from '../one-line.ts'
import { Actions, directoryMatches, gives, listsOf } from './actions.ts'
import type { Nature } from './actions.ts'
import type { Left, Owned } from './conditions.ts'
import { EstateConditions } from './conditions.ts'
import type { AzureState, BlockState, RoleState } from './state.ts'

/** A role under the condition of the assignments that give it. */
export interface ConditionedRole {
  readonly role: RoleState | undefined
  readonly condition: string | null
}

/** What each role allows under each condition, compiled once: a set for each permission block and residual. */
export class RoleRights {
  readonly actions: Actions
  readonly conditions: EstateConditions
  private readonly roles: readonly ConditionedRole[]
  private readonly compiled = new Map<number, readonly Rights[]>()
  private readonly naturesByAction = new Map<string, readonly Nature[]>()

  constructor(state: AzureState, roles: readonly ConditionedRole[]) {
    this.roles = roles
    this.actions = new Actions(state.roles)
    this.conditions = new EstateConditions(this.actions.universe)
  }

  get universe(): PermissionUniverse {
    return this.actions.universe
  }

  rights(number: number): readonly Rights[] {
    const known = this.compiled.get(number)
    if (known !== undefined) return known
    const { role, condition } = this.roles[number] ?? NONE
    const doubt = doubtOf(role)
    const made: readonly Rights[] =
      role === undefined || doubt !== null
        ? [{ actions: this.languageOf(role), unlisted: ['*'], conditions: [], doubt }]
        : (role.blocks ?? []).flatMap((block) => this.blockRights(role, block, condition))
    const doubted = made.map((each) => doubtful(role, each))
    this.compiled.set(number, doubted)
    return doubted
  }

  ways(number: number, action: string): readonly Way[] {
    const { role, condition } = this.roles[number] ?? NONE
    if (role === undefined) return []
    const natures = this.naturesOf(action)
    const doubt = doubtOf(role)
    if (doubt !== null)
      return natures.some((n) => (n === 'directory') === role.directory) ? [{ conditions: [], doubt }] : []
    const index = this.universe.indexOf(action)
    if (index !== undefined) return this.rights(number).filter(({ actions }) => actions.has(index))
    return (role.blocks ?? []).flatMap((block): Way[] => {
      const given = natures.filter((nature) => gives(role, block, nature, action))
      if (given.length === 0) return []
      const left = this.left(role, block, condition, action)
      if (left === null) return []
      const nature = given.length === natures.length ? null : unclear(action)
      return [doubtful(role, { conditions: left.conditions, doubt: nature ?? left.doubt })]
    })
  }

  private blockRights(role: RoleState, block: BlockState, condition: string | null): Rights[] {
    const set = this.setOf(role, block)
    const unlisted = this.unlisted(role, block)
    const { conditions, other } = conditionsOf(role, block, condition)
    if (conditions.length === 0) return [{ actions: set, unlisted, conditions: other, doubt: null }]
    const pieces = this.conditions.split(set, conditions).map(({ actions, left }): Rights => ({
      actions,
      unlisted: [],
      conditions: [...left.conditions, ...other],
      doubt: left.doubt,
    }))
    if (unlisted.length === 0) return pieces
    // What a guard says of names that no definition spells out is told when one is asked for.
    const whole = conditions.map(({ text, of }) => ({
      says: `condition of ${of}: ${oneLine(text)}`,
      raw: text,
    }))
    return [...pieces, { actions: this.universe.none, unlisted, conditions: whole, doubt: null }]
  }

  private left(role: RoleState, block: BlockState, condition: string | null, action: string): Left | null {
    const { conditions, other } = conditionsOf(role, block, condition)
    const left = this.conditions.left(conditions, action)
    return left === null ? null : { ...left, conditions: [...left.conditions, ...other] }
  }

  naturesOf(action: string): readonly Nature[] {
    let natures = this.naturesByAction.get(action)
    if (natures === undefined) {
      natures = this.actions.naturesOf(action)
      this.naturesByAction.set(action, natures)
    }
    return natures
  }

  /** Every action of the language that a role speaks. */
  private languageOf(role: RoleState | undefined): PermissionSet {
    const { control, data, directory } = this.actions.names
    return role?.directory === true ? directory : control.union(data)
  }

  setOf(role: RoleState, block: BlockState): PermissionSet {
    if (role.directory) {
      const names = [...this.actions.names.directory.indexes()].filter((i) =>
        gives(role, block, 'directory', this.universe.names[i] ?? ''),
      )
      return Permissions.of(this.universe.size, names)
    }
    return this.part(block, 'control').union(this.part(block, 'data'))
  }

  /** The listed actions of one nature that a block names, its condition left out of account. */
  part(block: BlockState, nature: 'control' | 'data'): PermissionSet {
    const [granted, except] = listsOf(block, nature)
    const all = (patterns: readonly string[]): PermissionSet =>
      patterns.reduce((set, pattern) => set.union(this.universe.expand(pattern)), this.universe.none)
    return all(granted).minus(all(except)).intersect(this.actions.names[nature])
  }

  /** Patterns that cover no listed name. */
  private unlisted(role: RoleState, block: BlockState): readonly string[] {
    const patterns = role.directory ? block.actions : [...block.actions, ...block.dataActions]
    return patterns
      .map((pattern) => pattern.toLowerCase())
      .filter((pattern) =>
        role.directory
          ? !this.universe.names.some((name) => directoryMatches(pattern, name.toLowerCase()))
          : isWild(pattern, false) && this.universe.expand(pattern).isEmpty,
      )
  }
}

function doubtOf(role: RoleState | undefined): Missing | null {
  if (role === undefined || role.blocks !== null) return null
  return { what: 'role-definitions', says: `the definition of the role ${role.name} was not imported` }
}

/** What a role gives, if it is not certain that the role gives anything. */
function doubtful<T extends Way>(role: RoleState | undefined, way: T): T {
  if (role?.doubt === undefined || way.doubt !== null) return way
  return { ...way, doubt: { what: 'delegations', says: role.doubt } }
}

const NONE: ConditionedRole = { role: undefined, condition: null }

/** Conditions in the language of Azure; those of directory roles are in another one and stay as they are. */
function conditionsOf(
  role: RoleState,
  block: BlockState,
  ofAssignment: string | null,
): { conditions: Owned[]; other: Way['conditions'] } {
  const all: Owned[] = []
  if (ofAssignment !== null) all.push({ text: ofAssignment, of: 'the assignment' })
  if (block.condition !== null) all.push({ text: block.condition, of: `the role ${role.name}` })
  if (!role.directory) return { conditions: all, other: [] }
  const other = all.map(({ text, of }) => ({ says: `condition of ${of}: ${oneLine(text)}`, raw: text }))
  return { conditions: [], other }
}

function unclear(action: string): Missing {
  return {
    what: 'action-nature',
    says: `whether ${action} is a data action is not told by the imported role definitions`,
  }
}
