import type { JsonObject, Row } from '../../../graph/index.ts'
import { isObject, own, ownList, ownObject, ownString } from '../../../graph/index.ts'
import { canonicalPermission } from '../permission-name.ts'
import type { DenyRule } from '../policy/deny.ts'
import type { Collected } from './collected.ts'
import { strings } from './fields.ts'

/** A deny policy (google.iam.v2.Policy): `policies/<attachment point, URL-encoded>/denypolicies/<id>`. */
export function readDenyRow(row: Row, into: Collected): void {
  if (!isObject(row.value)) return
  const name = ownString(row.value, 'name')
  const point = name === undefined ? undefined : /^policies\/([^/]+)\/denypolicies\//.exec(name)?.[1]
  if (name === undefined || point === undefined) return
  const rules = ownList(row.value, 'rules').map((rule) =>
    isObject(rule) ? ownObject(rule, 'denyRule') : undefined,
  )
  into.denies.push({
    attachedTo: `//${decoded(point)}`,
    name,
    // A listing leaves the rules out (IAM v2 API, ListPolicies); such a policy might deny anything to anyone.
    rules: rules.length === 0 ? null : rules.filter((rule) => rule !== undefined).map(readRule),
    at: row.at,
  })
}

function readRule(rule: JsonObject): DenyRule {
  const condition = ownObject(rule, 'denialCondition')
  return {
    principals: strings(own(rule, 'deniedPrincipals')),
    exceptPrincipals: strings(own(rule, 'exceptionPrincipals')),
    permissions: strings(own(rule, 'deniedPermissions')).map(canonicalPermission),
    exceptPermissions: strings(own(rule, 'exceptionPermissions')).map(canonicalPermission),
    condition: condition === undefined ? null : (ownString(condition, 'expression') ?? null),
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
