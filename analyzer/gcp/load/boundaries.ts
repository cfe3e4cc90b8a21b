import type { Row } from '../../../graph/index.ts'
import { isObject, own, ownList, ownObject, ownString } from '../../../graph/index.ts'
import type { Collected } from './collected.ts'
import { strings } from './fields.ts'

/** A principal access boundary policy (google.iam.v3.PrincipalAccessBoundaryPolicy). */
export function readBoundaryPolicyRow(row: Row, into: Collected): void {
  if (!isObject(row.value)) return
  const name = ownString(row.value, 'name')
  const details = ownObject(row.value, 'details')
  if (name === undefined || details === undefined) return
  const rules = ownList(details, 'rules').filter(isObject)
  into.boundaryPolicies.set(name, {
    resources: rules.flatMap((rule) =>
      ownString(rule, 'effect') === 'ALLOW' ? strings(own(rule, 'resources')) : [],
    ),
    version: ownString(details, 'enforcementVersion') ?? '',
  })
}

/** What binds one to a set of principals (google.iam.v3.PolicyBinding). */
export function readPolicyBindingRow(row: Row, into: Collected): void {
  if (!isObject(row.value)) return
  const policy = ownString(row.value, 'policy')
  const target = ownObject(row.value, 'target')
  const principalSet = target === undefined ? undefined : ownString(target, 'principalSet')
  const kind = ownString(row.value, 'policyKind') ?? 'PRINCIPAL_ACCESS_BOUNDARY'
  if (policy === undefined || principalSet === undefined || kind !== 'PRINCIPAL_ACCESS_BOUNDARY') return
  const condition = ownObject(row.value, 'condition')
  into.policyBindings.push({
    binding: ownString(row.value, 'name') ?? policy,
    policy,
    principalSet,
    condition: condition === undefined ? null : (ownString(condition, 'expression') ?? null),
    at: row.at,
  })
}
