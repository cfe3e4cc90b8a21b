import type { JsonObject } from '../../../../graph/index.ts'
import { isObject, own, ownList, ownObject, ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { dependingOn, filledText, listOf, record, text } from '../../record-shape.ts'
import { armHas, armMembers, armRecord, subscriptionOf } from './arm.ts'

const principal = { principalId: filledText }
const authorization = { ...principal, roleDefinitionId: filledText }
const policy = record(
  {},
  {
    multiFactorAuthProvider: text,
    maximumActivationDuration: text,
    managedByTenantApprovers: listOf(record(principal, { principalIdDisplayName: text })),
  },
)
const definition = {
  required: {
    managedByTenantId: filledText,
    authorizations: listOf(
      record(authorization, { principalIdDisplayName: text, delegatedRoleDefinitionIds: listOf(text) }),
    ),
  },
  optional: {
    eligibleAuthorizations: listOf(
      record(authorization, { principalIdDisplayName: text, justInTimeAccessPolicy: policy }),
    ),
    registrationDefinitionName: text,
    managedByTenantName: text,
    provisioningState: text,
  },
}
const asDefinition = armRecord(definition.required, definition.optional)
const asAssignment = armRecord(
  { registrationDefinitionId: filledText },
  {
    provisioningState: text,
    registrationDefinition: record(
      { properties: record(definition.required, definition.optional) },
      { id: text, name: text, type: text },
    ),
  },
)

/**
 * Azure Lighthouse: registration definitions (what another tenant is given) and registration assignments (where), as
 * `az managedservices definition list` and `az managedservices assignment list` print them, as REST does (`value`), or both
 * as Resource Graph holds them (`data`, table managedservicesresources).
 * https://learn.microsoft.com/rest/api/managedservices/registration-assignments/list
 */
export const lighthouse = listing({
  kind: 'azure.lighthouse',
  cloud: 'azure',
  noun: ['Lighthouse registration', 'Lighthouse registrations'],
  what: 'delegations',
  lists: ['value', 'data'],
  calls: [
    /az managedservices (definition|assignment) list|Microsoft\.ManagedServices\/registration(Definitions|Assignments)/i,
    'resourcegraph:managedServices',
  ],
  looksLike: (row) =>
    armHas(row, 'managedByTenantId', 'authorizations') || armHas(row, 'registrationDefinitionId'),
  row: dependingOn((row) => (armHas(row, 'registrationDefinitionId') ? asAssignment : asDefinition)),
  scope: subscriptionOf,
  mentions,
})

/** `defines:` the definitions that are there, `needs:` those that assignments name and do not bring along. */
function mentions(rows: Iterable<JsonObject>): readonly string[] {
  const found = new Set<string>()
  for (const row of rows) {
    const members = armMembers(row)
    const needed = ownString(members, 'registrationDefinitionId')?.toLowerCase()
    if (needed === undefined) found.add(`defines:${ownString(row, 'id')?.toLowerCase() ?? ''}`)
    else if (ownObject(members, 'registrationDefinition') === undefined) found.add(`needs:${needed}`)
    found.add('registrations')
  }
  return [...found]
}

/** Subscriptions that say another tenant manages them. */
export function managedSubscriptions(rows: Iterable<JsonObject>): readonly string[] {
  const found: string[] = []
  for (const row of rows) {
    const tenants = ownList(row, 'managedByTenants').filter(isObject)
    const id = ownString(row, 'subscriptionId') ?? ownString(row, 'id')
    if (id !== undefined && tenants.some((each) => own(each, 'tenantId') !== undefined))
      found.push(`managed:${id.slice(id.lastIndexOf('/') + 1).toLowerCase()}`)
  }
  return found
}
