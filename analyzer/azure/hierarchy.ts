import type { Missing } from '../../graph/index.ts'
import { missingGrants } from '../grants/gaps.ts'
import type { Chain } from '../grants/model.ts'
import {
  canonicalScope,
  containerOf,
  isManagementGroup,
  isObjectId,
  isSubscription,
  objectId,
  pathUp,
  tenantScope,
} from './scope.ts'
import type { AzureState } from './state.ts'

/** Walks scopes upward: resource → resource group → subscription → management groups → `/`. */
export class Hierarchy {
  private readonly state: AzureState
  private readonly cache = new Map<string, Chain>()
  private readonly assigned: ReadonlySet<string>
  /** Subscriptions and management groups with an assignment on them or in them. */
  private readonly covered: ReadonlySet<string>
  private readonly wideGroups: readonly string[]
  private readonly units: readonly string[]
  private readonly hasDirectory: boolean

  constructor(state: AzureState) {
    this.state = state
    const standing = state.assignments.filter(
      ({ eligible, delegation }) => !eligible && delegation === undefined,
    )
    this.assigned = new Set(standing.map(({ scope }) => scope))
    const scopes = [...this.assigned]
    this.covered = new Set(scopes.map(containerOf).filter((container) => container !== undefined))
    const denied = state.denies.map(({ scope }) => scope)
    const given = state.assignments.map(({ scope }) => scope)
    this.wideGroups = [...new Set([...given, ...denied])].filter(isManagementGroup)
    this.hasDirectory = scopes.some((scope) => scope.startsWith('directory:'))
    this.units = [...new Set(given)].filter((scope) => scope.startsWith(UNIT))
  }

  chain(resource: string): Chain {
    const name = canonicalScope(resource)
    let chain = this.cache.get(name)
    if (chain === undefined) {
      chain = isDirectory(name) ? this.inDirectory(name) : this.inArm(name)
      this.cache.set(name, chain)
    }
    return chain
  }

  /** A container, or what it lies in, up to the root; each once. */
  upward(name: string): readonly string[] {
    const found = new Set(pathUp(name))
    const start = containerOf(name)
    if (start !== undefined) found.add(start)
    for (let at = start; at !== undefined; at = this.state.parents.get(at)) {
      if (found.has(at) && at !== start) break
      found.add(at)
    }
    return [...found, '/']
  }

  private inArm(name: string): Chain {
    const sure = this.upward(name)
    const start = containerOf(name)
    const top = sure.findLast((scope) => isSubscription(scope) || isManagementGroup(scope))
    const isWhole = start === undefined || (top !== undefined && this.state.roots.has(top))
    const says = `what is above ${top ?? name} was not imported; this management group might be`
    const doubt: Missing = { what: 'management-groups', says }
    const maybe = isWhole ? [] : this.wideGroups.filter((group) => !sure.includes(group))
    const doubts: Missing[] = []
    const covers =
      start === undefined ||
      this.covered.has(start) ||
      sure.some((scope) => (isManagementGroup(scope) || scope === '/') && this.assigned.has(scope))
    if (!covers || this.assigned.size === 0) {
      doubts.push({ what: 'role-assignments', says: `no role assignment of ${start ?? name} was imported` })
    }
    doubts.push(...missingGrants(this.state.gaps, 'role-assignments', sure))
    for (const what of ['role-eligibilities', 'delegations']) {
      doubts.push(...missingGrants(asked(this.state), what, sure))
    }
    return {
      scopes: [...sure.map((scope) => ({ scope, doubt: null })), ...maybe.map((scope) => ({ scope, doubt }))],
      doubts,
    }
  }

  /** The directory itself, or an object in it: roles are assigned on the directory, an object, or an administrative unit. */
  private inDirectory(name: string): Chain {
    const scopes: { scope: string; doubt: Missing | null }[] = []
    if (name === tenantScope(this.state.tenant)) {
      scopes.push({ scope: 'directory:/', doubt: null })
    } else {
      const object = objectId(name.slice(1))
      scopes.push({ scope: 'directory:/', doubt: this.restricted(object) })
      scopes.push({ scope: `directory:/${object}`, doubt: null })
      scopes.push(...this.unitsOver(object))
    }
    const says = 'no directory role assignment was imported'
    const { tenant } = this.state
    const doubts = this.hasDirectory
      ? missingGrants(asked(this.state), 'directory-roles', [tenant])
      : [{ what: 'directory-role-assignments', says }]
    return {
      scopes,
      doubts: [...doubts, ...missingGrants(asked(this.state), 'directory-role-eligibilities', [tenant])],
    }
  }

  /**
   * Units on which roles are assigned and that hold the object itself. A unit that holds a group does not reach its members.
   * https://learn.microsoft.com/entra/identity/role-based-access-control/administrative-units
   */
  private unitsOver(object: string): Chain['scopes'] {
    const says = 'the members of the administrative unit were not imported'
    return this.units.flatMap((scope): Chain['scopes'] => {
      const members = this.state.units.get(scope.slice(UNIT.length))?.members ?? null
      if (members === null) return [{ scope, doubt: { what: 'administrative-units', says } }]
      return members.has(object) ? [{ scope, doubt: null }] : []
    })
  }

  /**
   * What is in a restricted unit is changed by roles on the unit only; what else roles on the directory still allow is not told.
   * https://learn.microsoft.com/entra/identity/role-based-access-control/admin-units-restricted-management
   */
  private restricted(object: string): Missing | null {
    for (const { name, members, restricted } of this.state.units.values()) {
      if (restricted !== true || members?.has(object) === false) continue
      const is = members === null ? 'may be' : 'is'
      const says = `it ${is} in the restricted administrative unit ${name}, which roles on the directory do not change`
      return { what: 'administrative-units', says }
    }
    return null
  }
}

/** Gaps of what was asked for. That nobody asked is told by the estate's gaps and not by each answer. */
function asked({ gaps }: AzureState): AzureState['gaps'] {
  return gaps.filter(({ kind }) => kind !== 'not-collected')
}

const UNIT = 'directory:/administrativeunits/'

function isDirectory(name: string): boolean {
  return name.startsWith('/tenants/') || isObjectId(name.slice(1))
}
