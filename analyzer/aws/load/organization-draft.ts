import type { Json, SourceRef } from '../../../graph/index.ts'

export type ControlType = 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY'

export interface UnitDraft {
  readonly id: string
  name?: string
  parent?: string
  seen: SourceRef | null
}

export interface ControlPolicyDraft {
  name: string
  /** Use of the document; absent: only its id is known. */
  use?: number
}

/** What was read of an organization, whatever the mix of files. */
export class OrganizationDraft {
  id: string | null = null
  managementAccount: string | null = null
  seen: SourceRef | null = null
  readonly units = new Map<string, UnitDraft>()
  /** Parent (root or unit) by account. */
  readonly parents = new Map<string, string>()
  /** Accounts that the organization is known to hold. */
  readonly members = new Set<string>()
  /** Accounts known to be in no organization. */
  readonly outside = new Set<string>()
  readonly policies = new Map<string, ControlPolicyDraft>()
  /** Policy ids by type and target: complete for that target. */
  readonly attached: Readonly<Record<ControlType, Map<string, readonly string[]>>> = {
    SERVICE_CONTROL_POLICY: new Map(),
    RESOURCE_CONTROL_POLICY: new Map(),
  }
  /** Targets by policy id, from `list-targets-for-policy`. */
  readonly targets = new Map<string, Set<string>>()
  /** Policy ids by type, from `list-policies`: complete for the type. */
  readonly listed: Readonly<Record<ControlType, Set<string>>> = {
    SERVICE_CONTROL_POLICY: new Set(),
    RESOURCE_CONTROL_POLICY: new Set(),
  }
  /** A question about control policies was refused or its answer cut off. */
  refused = false
  /** Which policy types the root has enabled, as far as `list-roots` told. */
  readonly enabled = new Map<ControlType, boolean>()

  unit(id: string): UnitDraft {
    const known = this.units.get(id)
    if (known !== undefined) return known
    const made: UnitDraft = { id, seen: null }
    this.units.set(id, made)
    return made
  }

  policy(id: string): ControlPolicyDraft {
    const known = this.policies.get(id)
    if (known !== undefined) return known
    const made: ControlPolicyDraft = { name: id }
    this.policies.set(id, made)
    return made
  }
}

export function isControlType(value: Json | undefined): value is ControlType {
  return value === 'SERVICE_CONTROL_POLICY' || value === 'RESOURCE_CONTROL_POLICY'
}
