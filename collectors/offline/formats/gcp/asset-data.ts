import type { Shape } from '../../record-shape.ts'
import { anyObject, flag, listOf, mapOf, numeral, record, text } from '../../record-shape.ts'

const container = record(
  {},
  {
    projectId: text,
    projectNumber: numeral,
    name: text,
    displayName: text,
    labels: mapOf(text),
  },
)

const serviceAccount = record(
  {},
  { email: text, uniqueId: numeral, displayName: text, projectId: text, disabled: flag },
)

const key = record(
  {},
  {
    name: text,
    keyType: text,
    key_type: text,
    validAfterTime: text,
    valid_after_time: text,
    validBeforeTime: text,
    valid_before_time: text,
    disabled: flag,
  },
)

const role = record(
  {},
  { name: text, title: text, includedPermissions: listOf(text), stage: text, deleted: flag },
)

const provider = record(
  {},
  {
    oidc: record({}, { issuerUri: text, allowedAudiences: listOf(text) }),
    aws: record({}, { accountId: text }),
    attributeMapping: mapOf(text),
    attributeCondition: text,
    state: text,
    disabled: flag,
  },
)

/** A row whose resource, where it has one, has this representation. */
function holding(data: Shape): Shape {
  return record({}, { resource: record({}, { parent: text, location: text, data }) })
}

const OF_ANY_TYPE = holding(anyObject)
const BY_TYPE: ReadonlyMap<string, Shape> = new Map(
  (
    [
      ['cloudresourcemanager.googleapis.com/Project', container],
      ['cloudresourcemanager.googleapis.com/Folder', container],
      ['cloudresourcemanager.googleapis.com/Organization', container],
      ['iam.googleapis.com/ServiceAccount', serviceAccount],
      ['iam.googleapis.com/ServiceAccountKey', key],
      ['iam.googleapis.com/Role', role],
      ['iam.googleapis.com/WorkloadIdentityPoolProvider', provider],
    ] as const
  ).map(([type, data]) => [type, holding(data)]),
)

/**
 * A record of an asset type, with what analysis reads of the resource's own representation. Of types not named here it
 * reads labels and the service account they run as, wherever they are found.
 * https://docs.cloud.google.com/asset-inventory/docs/asset-types
 */
export function assetOf(type: string): Shape {
  return BY_TYPE.get(type) ?? OF_ANY_TYPE
}
