import { isObject, own, ownList, ownString } from '../../../../graph/index.ts'
import type { Instant, Json, JsonObject } from '../../../../graph/index.ts'
import { counted, listing, some } from '../../listing.ts'
import type { Shape } from '../../record-shape.ts'
import { allOf, dependingOn, filledText, listOf, record, text } from '../../record-shape.ts'
import { allowPolicy } from './allow-policy.ts'
import { assetOf } from './asset-data.ts'

const exported: Shape = record(
  { name: filledText, asset_type: filledText },
  { ancestors: listOf(text), iam_policy: allowPolicy },
)
const listed: Shape = record(
  { name: filledText, assetType: filledText },
  { ancestors: listOf(text), iamPolicy: allowPolicy },
)

/**
 * Assets of Cloud Asset Inventory (google.cloud.asset.v1.Asset): JSON Lines in snake case as an export writes them to
 * Cloud Storage, or camel case as `gcloud asset list` and the REST interface print them. An export says one asset
 * in as many records as it has contents, so a name is no id.
 * https://docs.cloud.google.com/asset-inventory/docs/exporting-to-cloud-storage
 */
export const assets = listing({
  kind: 'gcp.assets',
  cloud: 'gcp',
  noun: ['asset record', 'asset records'],
  what: 'assets',
  lists: ['assets'],
  calls: [/asset (export|list)|exportAssets|ListAssets/i],
  looksLike: (row) =>
    own(row, 'name') !== undefined &&
    (own(row, 'asset_type') !== undefined || own(row, 'assetType') !== undefined),
  row: allOf(
    dependingOn((row) => (own(row, 'asset_type') === undefined ? listed : exported)),
    dependingOn((row) => assetOf(ownString(row, 'asset_type') ?? ownString(row, 'assetType') ?? '')),
  ),
  mentions: (rows) => (some(rows, (row) => ownList(row, 'ancestors').length > 1) ? ['hierarchy'] : []),
  takenAt: readTime,
  holds: (rows, count) => {
    const contents = new Map<string, number>()
    for (const row of rows) {
      const content = contentOf(row)
      contents.set(content, (contents.get(content) ?? 0) + 1)
    }
    const parts = CONTENTS.filter(([, key]) => contents.has(key)).map(([noun, key]) =>
      counted(contents.get(key) ?? 0, noun),
    )
    return `${counted(count, ['asset record', 'asset records'])}: ${parts.join(', ')}`
  },
})

/** When the inventory was read, when the answer says so in a form that is a time. */
function readTime(body: Json): Instant | undefined {
  const text = isObject(body) ? ownString(body, 'readTime') : undefined
  const parts = text === undefined ? null : /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(text)
  const instant = `${parts?.[1] ?? ''}Z`
  return Number.isNaN(Date.parse(instant)) ? undefined : (instant as Instant)
}

const CONTENTS = [
  [['resource', 'resources'], 'resource'],
  [['allow policy', 'allow policies'], 'policy'],
  [['of other content', 'of other content'], 'other'],
] as const

function contentOf(row: JsonObject): 'resource' | 'policy' | 'other' {
  if ((own(row, 'iam_policy') ?? own(row, 'iamPolicy')) !== undefined) return 'policy'
  return own(row, 'resource') === undefined ? 'other' : 'resource'
}
