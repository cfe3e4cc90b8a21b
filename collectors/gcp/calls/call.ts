import type { JsonObject } from '../../../graph/index.ts'
import type { PageCall } from '../../transport/page-call.ts'

/** Services that are asked over REST, by the name that Google gives each of them. */
export type RestService = 'iam' | 'cloudidentity' | 'privilegedaccessmanager'

/** How a call is made: by a method of the Cloud Asset client, or with GET at a path of a REST service. */
export type How =
  | { readonly asset: 'searchAllIamPolicies' | 'listAssets'; readonly fixed: JsonObject }
  | {
      readonly rest: RestService
      /** `{name}` is the parameter as one step of the path, `{+name}` as several. */
      readonly path: string
      readonly query: { readonly [name: string]: string }
      /** Parameters that go into the query, under these names. */
      readonly asked?: { readonly [name: string]: string }
    }

export interface GcpCall extends PageCall {
  readonly how: How
  readonly lane: LaneName
}

/**
 * Reads a minute that each quota allows, and calls at once. Deny policies and boundaries: 5 a minute a project
 * (https://docs.cloud.google.com/iam/quotas). Cloud Asset Inventory: 400 searches and 100 listings
 * (https://docs.cloud.google.com/asset-inventory/docs/quota). The others stay well below theirs.
 */
export const LANES = {
  'asset-search': { perMinute: 400, atOnce: 4 },
  'asset-list': { perMinute: 100, atOnce: 4 },
  'iam-roles': { perMinute: 600, atOnce: 2 },
  'deny-policies': { perMinute: 5, atOnce: 2 },
  boundaries: { perMinute: 5, atOnce: 2 },
  entitlements: { perMinute: 300, atOnce: 4 },
  groups: { perMinute: 600, atOnce: 4 },
} as const satisfies { readonly [name: string]: { readonly perMinute: number; readonly atOnce: number } }

export type LaneName = keyof typeof LANES

/** `organizations/1` in the full name of a container, `//cloudresourcemanager.googleapis.com/organizations/1`. */
export function containerIn(name: string): string | undefined {
  return /^\/\/cloudresourcemanager\.googleapis\.com\/((?:organizations|folders|projects)\/[^/]+)$/.exec(
    name,
  )?.[1]
}
