import type { Gap, JsonObject } from '../../../../graph/index.ts'
import { own, ownList, ownString } from '../../../../graph/index.ts'
import { counted, listing } from '../../listing.ts'
import { filledText, listOf, record, text } from '../../record-shape.ts'
import { condition } from './allow-policy.ts'

const denyRule = record(
  {},
  {
    deniedPrincipals: listOf(text),
    exceptionPrincipals: listOf(text),
    deniedPermissions: listOf(text),
    exceptionPermissions: listOf(text),
    denialCondition: condition,
  },
)

/**
 * Deny policies (google.iam.v2.Policy of kind `denypolicies`): one, several, or the listing, which gives no rules
 * ("policy rules are omitted"). https://docs.cloud.google.com/iam/docs/reference/rest/v2/policies
 */
export const denyPolicies = listing({
  kind: 'gcp.deny-policies',
  cloud: 'gcp',
  noun: ['deny policy', 'deny policies'],
  what: 'deny-policies',
  lists: ['policies'],
  calls: [
    /gcloud iam policies (list|get)|\bpolicies\.(get|listPolicies)\b|google\.iam\.v2.*(ListPolicies|GetPolicy)/i,
  ],
  looksLike: (row) => /\/denypolicies\/[^/]+$/i.test(ownString(row, 'name') ?? ''),
  row: record(
    { name: filledText },
    { displayName: text, rules: listOf(record({}, { denyRule, description: text })) },
  ),
  id: (row) => (hasRules(row) ? ownString(row, 'name') : undefined),
  scope: attachmentPoint,
  holds: (rows, count) => {
    let rules = 0
    for (const row of rows) rules += ownList(row, 'rules').length
    return `${counted(count, ['deny policy', 'deny policies'])}, ${counted(rules, ['rule', 'rules'])}`
  },
  gaps: (rows) => {
    const without = new Map<string, number>()
    for (const row of rows) {
      if (hasRules(row)) continue
      const point = attachmentPoint(row) ?? '*'
      without.set(point, (without.get(point) ?? 0) + 1)
    }
    return [...without].map(([point, count]) => rulesOmitted(point, count))
  },
})

function hasRules(row: JsonObject): boolean {
  return own(row, 'rules') !== undefined
}

/** `policies/cloudresourcemanager.googleapis.com%2Fprojects%2F1/denypolicies/x` → `cloudresourcemanager.googleapis.com/projects/1`. */
function attachmentPoint(row: JsonObject): string | undefined {
  return /^policies\/([^/]+)\//.exec(ownString(row, 'name') ?? '')?.[1]?.replaceAll(/%2f/gi, '/')
}

function rulesOmitted(scope: string, count: number): Gap {
  return {
    kind: 'truncated',
    cloud: 'gcp',
    scope,
    what: 'deny-policies',
    consequence: `what ${counted(count, ['deny policy denies', 'deny policies deny'])} at ${scope} is not known: a listing omits the rules`,
    remedy:
      'run `gcloud iam policies get POLICY --kind=denypolicies --attachment-point=… --format=json` for each',
  }
}
