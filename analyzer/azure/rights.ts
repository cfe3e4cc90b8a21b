import type { Missing, PermissionSet, PermissionUniverse } from '../../graph/index.ts'
import { isWild } from '../../graph/index.ts'
import type { Rights, Way } from '../grants/model.ts'
import { PermissionSet as Permissions } from '../../graph/index.ts'
import { Actions, directoryMatches, gives, listsOf } from './actions.ts'
import type { Nature } from './actions.ts'
import type { AzureState, BlockState, RoleState } from './state.ts'

/** What each role allows, compiled once: a set for each permission block. */
export class RoleRights {
  readonly actions: Actions
  private readonly roles: readonly RoleState[]
  private readonly compiled = new Map<number, readonly Rights[]>()
  private readonly naturesByAction = new Map<string, readonly Nature[]>()

  constructor(state: AzureState) {
    this.roles = state.roles
    this.actions = new Actions(state.roles)
  }

  get universe(): PermissionUniverse {
    return this.actions.universe
  }

  rights(number: number): readonly Rights[] {
    const known = this.compiled.get(number)
    if (known !== undefined) return known
    const role = this.roles[number]
    const doubt = doubtOf(role)
    const made: readonly Rights[] =
      role === undefined || doubt !== null
        ? [{ actions: this.languageOf(role), unlisted: ['*'], conditions: [], doubt }]
        : (role.blocks ?? []).map((block) => ({
            actions: this.setOf(role, block),
            unlisted: this.unlisted(role, block),
            conditions: conditionsOf(role, block),
            doubt: null,
          }))
    this.compiled.set(number, made)
    return made
  }

  ways(number: number, action: string): readonly Way[] {
    const role = this.roles[number]
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
      return [
        {
          conditions: conditionsOf(role, block),
          doubt: given.length === natures.length ? null : unclear(action),
        },
      ]
    })
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

  private part(block: BlockState, nature: 'control' | 'data'): PermissionSet {
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

function conditionsOf(role: RoleState, block: BlockState): Way['conditions'] {
  if (block.condition === null) return []
  return [
    {
      says: `condition of the role ${role.name}: ${block.condition.replace(/\s+/g, ' ').trim()}`,
      raw: block.condition,
    },
  ]
}

function unclear(action: string): Missing {
  return {
    what: 'action-nature',
    says: `whether ${action} is a data action is not told by the imported role definitions`,
  }
}
