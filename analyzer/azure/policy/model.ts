/**
 * Azure's own documents in one form, whichever shape they came in. Ids, scopes and action patterns are folded to lower
 * case, GUIDs have their dashes; `at` is the place in the document they came from (JSON pointer).
 */
export interface RoleDefinition {
  readonly id: string
  readonly name: string
  readonly blocks: readonly PermissionBlock[]
  readonly at: string
}

/** One block of permissions. Blocks are never merged: each has its own exceptions and its own condition. */
export interface PermissionBlock {
  readonly actions: readonly string[]
  readonly notActions: readonly string[]
  readonly dataActions: readonly string[]
  readonly notDataActions: readonly string[]
  readonly condition: ConditionText | null
}

export interface ConditionText {
  readonly text: string
  /** `2.0` is the only version that is documented; `null`: not told, which means 2.0. */
  readonly version: string | null
}

export interface RoleAssignment {
  /** The last step of its id, or its place in the list. */
  readonly name: string
  readonly role: string
  readonly principal: PrincipalRef
  readonly scope: string
  readonly condition: ConditionText | null
  readonly at: string
}

export interface DenyAssignment {
  readonly name: string
  readonly scope: string
  readonly onlyHere: boolean
  /** `audit` logs and blocks nothing. */
  readonly enforced: boolean
  readonly principals: readonly PrincipalRef[]
  readonly excluded: readonly PrincipalRef[]
  readonly blocks: readonly PermissionBlock[]
  readonly condition: ConditionText | null
  readonly at: string
}

export interface PrincipalRef {
  readonly id: string
  /** All principals of the directory: type `SystemDefined` or `Everyone`, or the GUID of zeros. */
  readonly everyone: boolean
  /** Whether it is a group; `undefined`: not told. */
  readonly group: boolean | undefined
}

export interface Policies {
  readonly roles: ReadonlyMap<string, RoleDefinition>
  readonly assignments: readonly RoleAssignment[]
  readonly denies: readonly DenyAssignment[]
}
