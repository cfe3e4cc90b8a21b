import type { JsonObject, Row } from '../../../graph/index.ts'
import { isObject, own, ownList, ownObject, ownString } from '../../../graph/index.ts'
import type { Collected } from './collected.ts'
import { strings } from './fields.ts'

/**
 * An entitlement of Privileged Access Manager: roles that its eligible users can have for a while, after they ask and, where
 * it says so, others approve. What is active stands in the allow policy itself, where the manager puts it.
 */
export function readEntitlementRow(row: Row, into: Collected): void {
  if (!isObject(row.value)) return
  const name = ownString(row.value, 'name')
  const access = ownObject(ownObject(row.value, 'privilegedAccess') ?? {}, 'gcpIamAccess')
  const resource = access === undefined ? undefined : ownString(access, 'resource')
  const state = ownString(row.value, 'state') ?? 'AVAILABLE'
  if (name === undefined || access === undefined || resource === undefined || state !== 'AVAILABLE') return
  const members = principalsIn(ownList(row.value, 'eligibleUsers'))
  for (const [i, binding] of ownList(access, 'roleBindings').entries()) {
    const role = isObject(binding) ? ownString(binding, 'role') : undefined
    if (role === undefined || !isObject(binding)) continue
    const expression = ownString(binding, 'conditionExpression')
    into.bindings.push({
      resource,
      role,
      members,
      condition: expression === undefined || expression === '' ? null : { title: '', expression },
      after: steps(name, row.value),
      at: { ...row.at, pointer: `${row.at.pointer}/privilegedAccess/gcpIamAccess/roleBindings/${i}` },
    })
  }
}

/** What must be done before the roles are had. */
function steps(name: string, entitlement: JsonObject): string {
  const id = name.slice(name.lastIndexOf('/') + 1)
  const manual = ownObject(ownObject(entitlement, 'approvalWorkflow') ?? {}, 'manualApprovals')
  const approvers = (manual === undefined ? [] : ownList(manual, 'steps'))
    .filter(isObject)
    .flatMap((step) => principalsIn(ownList(step, 'approvers')))
  const approval =
    manual === undefined ? 'without approval' : `approved by ${approvers.join(' or ') || 'somebody'}`
  return `the entitlement ${id} is activated, ${approval}`
}

function principalsIn(list: readonly unknown[]): string[] {
  return list.filter(isObject).flatMap((entry) => strings(own(entry, 'principals')))
}
