import type { PermissionSet } from '../../graph/index.ts'
import {
  PermissionSet as Permissions,
  PermissionUniverse,
  isWild,
  literalPrefix,
  matches,
} from '../../graph/index.ts'
import type { AzureState, BlockState, RoleState } from './state.ts'

/** Which of the three languages of actions a name belongs to. */
export type Nature = 'control' | 'data' | 'directory'

/**
 * The action names of an estate: those that the imported role definitions spell out. Control and data actions are
 * different languages although their names look alike (Azure RBAC documentation, "Control and data actions"): which of
 * them a name is, is told by the lists it stands in. An unlisted name is a data action where a data action pattern of
 * a provider covers it and no control action pattern does; where both do it is not known; else it is a control action.
 */
export class Actions {
  readonly universe: PermissionUniverse
  readonly names: { readonly [N in Nature]: PermissionSet }
  private readonly families: { readonly [N in 'control' | 'data']: readonly string[] }

  constructor(roles: AzureState['roles']) {
    const listed: { readonly [N in Nature]: Set<string> } = {
      control: new Set(),
      data: new Set(),
      directory: new Set(),
    }
    const families: { readonly [N in 'control' | 'data']: Set<string> } = {
      control: new Set(),
      data: new Set(),
    }
    for (const role of roles) {
      for (const block of role.blocks ?? []) {
        for (const name of [...block.actions, ...block.notActions]) {
          if (role.directory) listed.directory.add(name)
          else note(name, listed.control, families.control)
        }
        for (const name of [...block.dataActions, ...block.notDataActions])
          note(name, listed.data, families.data)
      }
    }
    this.universe = new PermissionUniverse([...listed.control, ...listed.data, ...listed.directory])
    const setOf = (names: Set<string>): PermissionSet =>
      Permissions.of(
        this.universe.size,
        [...names].map((name) => this.universe.indexOf(name)).filter((i) => i !== undefined),
      )
    this.names = {
      control: setOf(listed.control),
      data: setOf(listed.data),
      directory: setOf(listed.directory),
    }
    this.families = { control: [...families.control], data: [...families.data] }
  }

  /** What an action may be; more than one only where that is not known. */
  naturesOf(action: string): readonly Nature[] {
    const folded = action.toLowerCase()
    if (folded.startsWith(DIRECTORY)) return ['directory']
    const index = this.universe.indexOf(folded)
    if (index !== undefined)
      return (['control', 'data'] as const).filter((nature) => this.names[nature].has(index))
    const covers = (nature: 'control' | 'data'): boolean =>
      this.families[nature].some((pattern) => matches(pattern, folded, false))
    if (!covers('data')) return ['control']
    return covers('control') ? ['control', 'data'] : ['data']
  }
}

const DIRECTORY = 'microsoft.directory/'

function note(name: string, listed: Set<string>, families: Set<string>): void {
  if (!isWild(name, false)) listed.add(name)
  else if (literalPrefix(name, false).includes('/')) families.add(name.toLowerCase())
}

/** A block's lists of one nature. */
export function listsOf(
  block: BlockState,
  nature: Nature,
): readonly [granted: readonly string[], except: readonly string[]] {
  return nature === 'data' ? [block.dataActions, block.notDataActions] : [block.actions, block.notActions]
}

/** Whether a block of a role gives an action as one of a nature. Not-actions only narrow the block they stand in. */
export function gives(role: RoleState, block: BlockState, nature: Nature, action: string): boolean {
  if (role.directory !== (nature === 'directory')) return false
  const folded = action.toLowerCase()
  const [granted, except] = listsOf(block, nature)
  const names = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) =>
      nature === 'directory'
        ? directoryMatches(pattern.toLowerCase(), folded)
        : matches(pattern.toLowerCase(), folded, false),
    )
  return names(granted) && !names(except)
}

/**
 * Directory permissions are `namespace/entity/propertySet/action`, the property set left out where there is none;
 * `allEntities`, `allProperties` and `allTasks` stand for each one (Entra documentation, "Custom role permissions").
 */
export function directoryMatches(pattern: string, action: string): boolean {
  if (pattern === action) return true
  const [namespace, entity, ...rest] = pattern.split('/')
  const [actionNamespace, actionEntity, ...actionRest] = action.split('/')
  if (namespace !== actionNamespace || (entity !== 'allentities' && entity !== actionEntity)) return false
  const set = rest.length > 1 ? rest.slice(0, -1).join('/') : undefined
  const actionSet = actionRest.length > 1 ? actionRest.slice(0, -1).join('/') : undefined
  const verb = rest.at(-1)
  return (set === 'allproperties' || set === actionSet) && (verb === 'alltasks' || verb === actionRest.at(-1))
}
