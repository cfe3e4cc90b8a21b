import type { JsonObject } from '../../../graph/index.ts'
import { byId, must } from '../entitlement-list.ts'

/** A role that people take for a time, as the operator describes it. */
export interface RoleEntitlement {
  readonly id: string
  /** `arn:aws:iam::ACCOUNT:role/…` */
  readonly role: string
  /** What the role's trust policy asks of the broker (`sts:ExternalId`). */
  readonly externalId?: string
  /** Statements that narrow the role; without them and without `policies` a session may do what the role may. */
  readonly narrowedTo?: readonly JsonObject[]
  /** ARNs of managed policies in the role's account that narrow it, ten at most. */
  readonly policies?: readonly string[]
  /** Length of a session, 900 to 3600 seconds: a broker that is a role itself gets no longer ones. 1200 unless told. */
  readonly sessionSeconds?: number
  /** Sessions may take further roles. Those outlive the grant: nothing that is done to this role reaches them. */
  readonly mayChain?: boolean
  /** The role by which the broker changes policies of `role`, where its own credentials cannot: in other accounts. */
  readonly manager?: string
}

/** A permission set in an account, assigned to people for a time. */
export interface AssignmentEntitlement {
  readonly id: string
  /** `arn:aws:sso:::instance/…` */
  readonly instance: string
  readonly permissionSet: string
  /** Twelve digits. */
  readonly account: string
  /** The id in the identity store of each person that may get it: there is no guessing by name. */
  readonly users: ReadonlyMap<string, string>
}

const ROLE = /^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/
const POLICY = /^arn:aws[\w-]*:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]+$/
const INSTANCE = /^arn:aws[\w-]*:sso:::instance\/(?:sso)?ins-[\w-]+$/
const PERMISSION_SET = /^arn:aws[\w-]*:sso:::permissionSet\/(?:sso)?ins-[\w-]+\/ps-[\w-]+$/

export const DEFAULT_SESSION = 1200

/** By id. Throws `INPUT_SHAPE` for what AWS could not take, `INPUT_DUPLICATE` for an id that stands twice. */
export function rolesById(all: readonly RoleEntitlement[]): ReadonlyMap<string, RoleEntitlement> {
  for (const each of all) {
    const { id, role, policies = [], manager, sessionSeconds = DEFAULT_SESSION } = each
    must(ROLE.test(role), id, '`role` should be the ARN of a role')
    must(manager === undefined || ROLE.test(manager), id, '`manager` should be the ARN of a role')
    must(policies.every((arn) => POLICY.test(arn)) && policies.length <= 10, id, 'ten policy ARNs at most')
    const fits = Number.isInteger(sessionSeconds) && sessionSeconds >= 900 && sessionSeconds <= 3600
    must(fits, id, '`sessionSeconds` should be a whole number from 900 to 3600')
  }
  return byId(all)
}

/** The same of assignments. */
export function assignmentsById(
  all: readonly AssignmentEntitlement[],
): ReadonlyMap<string, AssignmentEntitlement> {
  for (const { id, instance, permissionSet, account } of all) {
    must(INSTANCE.test(instance), id, '`instance` should be the ARN of an instance of Identity Center')
    must(PERMISSION_SET.test(permissionSet), id, '`permissionSet` should be the ARN of a permission set')
    must(/^\d{12}$/.test(account), id, '`account` should be twelve digits')
  }
  return byId(all)
}
