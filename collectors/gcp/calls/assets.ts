import {
  isObject,
  type Json,
  type JsonObject,
  own,
  ownList,
  ownObject,
  ownString,
} from '../../../graph/index.ts'
import { idBy } from '../../transport/crawled.ts'
import { containerIn, type GcpCall } from './call.ts'

/** What is asked for of each kind together: one that Google does not know would refuse all that are asked with it. */
const TYPES: readonly (readonly [service: string, ...types: string[]])[] = [
  ['cloudresourcemanager', 'Organization', 'Folder', 'Project'],
  ['iam', 'ServiceAccount', 'ServiceAccountKey', 'Role'],
  ['iam', 'WorkloadIdentityPool', 'WorkloadIdentityPoolProvider'],
  ['compute', 'Instance', 'InstanceTemplate'],
  ['run', 'Service', 'Job'],
  ['cloudfunctions', 'CloudFunction', 'Function'],
  ['container', 'Cluster', 'NodePool'],
  ['appengine', 'Application', 'Version'],
  ['cloudbuild', 'BuildTrigger'],
  ['cloudscheduler', 'Job'],
  ['cloudtasks', 'Queue'],
  ['composer', 'Environment'],
  ['dataproc', 'Cluster'],
  ['deploymentmanager', 'Deployment'],
  ['workflows', 'Workflow'],
  ['bigquery', 'Dataset'],
  ['cloudkms', 'CryptoKey'],
  ['pubsub', 'Topic'],
  ['secretmanager', 'Secret'],
  ['spanner', 'Database'],
  ['sqladmin', 'Instance'],
  ['storage', 'Bucket'],
]

const [CONTAINERS, ...OTHERS] = TYPES.map(([service, ...types]) =>
  types.map((type) => `${service}.googleapis.com/${type}`),
)

const listing = {
  permissions: ['cloudasset.assets.listResource', 'serviceusage.services.use'],
  lane: 'asset-list',
  yields: 'gcp.assets',
  rows: 'assets',
  id: idBy('name', 'assetType'),
  how: { asset: 'listAssets', fixed: { contentType: 'RESOURCE', pageSize: 1000 } },
  keep: (page) => ({ assets: rowsOf(page, 'assets').map(assetKept) }),
} as const satisfies Partial<GcpCall>

export const ASSET_CALLS: readonly GcpCall[] = [
  {
    name: 'asset:SearchAllIamPolicies',
    permissions: ['cloudasset.assets.searchAllIamPolicies', 'serviceusage.services.use'],
    lane: 'asset-search',
    place: 'once',
    starts: (scope) => [{ scope }],
    yields: 'gcp.iam-policies',
    rows: 'results',
    id: idBy('assetType', 'resource'),
    gap: 'allow-policies',
    lost: 'who was given which role is not known',
    about: (asked) => ownString(asked, 'scope') ?? '*',
    how: { asset: 'searchAllIamPolicies', fixed: { pageSize: 500 } },
    keep: (page) => ({
      results: rowsOf(page, 'results').map((row) =>
        some(row, ['resource', 'assetType', 'project', 'folders', 'organization', 'policy']),
      ),
    }),
  },
  {
    ...listing,
    name: 'asset:ListAssets of containers',
    place: 'once',
    starts: (scope) => [{ parent: scope, assetTypes: CONTAINERS ?? [] }],
    gap: 'hierarchy',
    lost: 'which folders and projects there are, and which is below which, is not known',
    about: (asked) => ownString(asked, 'parent') ?? '*',
  },
  {
    ...listing,
    name: 'asset:ListAssets',
    place: 'once for the kinds of each service',
    starts: (scope) => OTHERS.map((assetTypes) => ({ parent: scope, assetTypes })),
    gap: 'resources',
    lost: 'accounts, roles, pools, workloads or resources of these kinds are not known',
    about: (asked) =>
      `${ownList(asked, 'assetTypes')
        .filter((type) => typeof type === 'string')
        .join(', ')} of ${ownString(asked, 'parent') ?? '*'}`,
  },
]

/** The containers that a page of assets has, as targets of what is asked of each. */
export function containersIn(page: JsonObject): readonly string[] {
  return rowsOf(page, 'assets').flatMap((asset) => containerIn(ownString(asset, 'name') ?? '') ?? [])
}

export function rowsOf(page: JsonObject, name: string): readonly JsonObject[] {
  const rows = own(page, name)
  return Array.isArray(rows) ? (rows as readonly Json[]).filter(isObject) : []
}

function some(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = own(object, name)
      return value === undefined || value === null || value === '' ? [] : [[name, value]]
    }),
  )
}

function assetKept(asset: JsonObject): JsonObject {
  const resource = ownObject(asset, 'resource')
  const data = resource === undefined ? undefined : ownObject(resource, 'data')
  return {
    ...some(asset, ['name', 'assetType', 'ancestors', 'updateTime']),
    ...(resource === undefined
      ? {}
      : {
          resource: {
            ...some(resource, ['version', 'parent', 'location']),
            data: data === undefined ? {} : dataKept(ownString(asset, 'assetType') ?? '', data),
          },
        }),
  }
}

/** Kinds that hold no place for secrets are kept whole: containers, roles, accounts, keys (of which Google tells the public part), pools. */
const WHOLE = /^(?:cloudresourcemanager|iam)\.googleapis\.com\//
/** Never kept, because nothing reads it. */
const PUBLIC_PART = new Set(['publicKeyData', 'privateKeyData'])

/** Of what runs or holds something: its name, labels, and as whom it runs; never environment, commands, metadata or data. */
const NAMES = [
  'name',
  'displayName',
  'labels',
  'userLabels',
  'serviceAccounts',
  'state',
  'status',
  'createTime',
]
const RUNS_AS = new Set(['serviceAccount', 'serviceAccountEmail', 'serviceAccountName'])
const LEADS_THERE = new Set([
  'serviceConfig',
  'spec',
  'template',
  'config',
  'nodeConfig',
  'gceClusterConfig',
  'properties',
])

function dataKept(type: string, data: JsonObject): JsonObject {
  if (WHOLE.test(type)) {
    return Object.fromEntries(Object.entries(data).filter(([name]) => !PUBLIC_PART.has(name)))
  }
  return {
    ...some(
      data,
      NAMES.filter((name) => isPlainState(data, name)),
    ),
    ...runsAsIn(data),
  }
}

function isPlainState(data: JsonObject, name: string): boolean {
  return (name !== 'state' && name !== 'status') || typeof own(data, name) === 'string'
}

function runsAsIn(data: JsonObject): JsonObject {
  const kept = Object.entries(data).flatMap(([name, value]): [string, Json][] => {
    if (RUNS_AS.has(name) && typeof value === 'string') return [[name, value]]
    if (!LEADS_THERE.has(name) || !isObject(value ?? null)) return []
    const inner = { ...some(value as JsonObject, ['serviceAccounts']), ...runsAsIn(value as JsonObject) }
    return Object.keys(inner).length === 0 ? [] : [[name, inner]]
  })
  return Object.fromEntries(kept)
}
