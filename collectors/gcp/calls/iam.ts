import { type JsonObject, own, ownString } from '../../../graph/index.ts'
import { idBy } from '../../transport/crawled.ts'
import type { Following } from '../../transport/page-call.ts'
import { containersIn, rowsOf } from './assets.ts'
import type { GcpCall } from './call.ts'

const POINT = 'cloudresourcemanager.googleapis.com/'
const name = (parameters: JsonObject) => ownString(parameters, 'name') ?? '*'

/** Each container that the listing of them gives. */
const eachContainer = (targets: (container: string) => JsonObject): Following => ({
  call: 'asset:ListAssets of containers',
  each: 'each organization, folder and project',
  targets: (page) => containersIn(page).map(targets),
})

const denials = {
  lane: 'deny-policies',
  yields: 'gcp.deny-policies',
  gap: 'deny-policies',
  lost: 'deny policies are not known: what seems allowed may be denied by one',
} as const satisfies Partial<GcpCall>

const boundaries = {
  lane: 'boundaries',
  gap: 'boundary-policies',
  lost: 'principal access boundaries are not known: what seems allowed may be outside of one',
} as const satisfies Partial<GcpCall>

export const IAM_CALLS: readonly GcpCall[] = [
  {
    name: 'iam:roles.list',
    permissions: ['iam.roles.list', 'iam.roles.get'],
    lane: 'iam-roles',
    place: 'once, for the predefined roles',
    starts: () => [{}],
    yields: 'gcp.roles',
    rows: 'roles',
    id: idBy('name'),
    gap: 'role-definitions',
    lost: 'what predefined roles allow is not known',
    about: () => '*',
    how: { rest: 'iam', path: 'v1/roles', query: { view: 'FULL', pageSize: '1000' } },
  },
  {
    ...denials,
    name: 'iam:policies.listPolicies',
    permissions: ['iam.denypolicies.list'],
    place: 'each organization, folder and project',
    after: [eachContainer((container) => ({ attachmentPoint: `${POINT}${container}` }))],
    rows: 'policies',
    about: (asked) => (ownString(asked, 'attachmentPoint') ?? '*').replace(POINT, ''),
    how: { rest: 'iam', path: 'v2/policies/{attachmentPoint}/denypolicies', query: { pageSize: '1000' } },
    // A listing of none says that there is none; one of some leaves out the rules, which come one by one.
    isSaid: (page) => rowsOf(page, 'policies').length === 0,
  },
  {
    ...denials,
    name: 'iam:policies.get',
    permissions: ['iam.denypolicies.get'],
    place: 'each deny policy',
    after: [
      {
        call: 'iam:policies.listPolicies',
        each: 'each policy',
        targets: (page) =>
          rowsOf(page, 'policies').flatMap((row) => {
            const policy = ownString(row, 'name')
            return policy === undefined ? [] : [{ name: policy }]
          }),
      },
    ],
    rows: 'policies',
    // It was deleted since the listing.
    absent: ['NOT_FOUND'],
    about: (asked) =>
      (/^policies\/([^/]+)\//.exec(name(asked))?.[1] ?? '*').replaceAll(/%2f/gi, '/').replace(POINT, ''),
    how: { rest: 'iam', path: 'v2/{+name}', query: {} },
  },
  {
    ...boundaries,
    name: 'iam:principalAccessBoundaryPolicies.list',
    permissions: ['iam.principalaccessboundarypolicies.list'],
    place: 'each organization',
    after: [
      {
        call: 'asset:ListAssets of containers',
        each: 'each organization',
        targets: (page) =>
          containersIn(page)
            .filter((container) => container.startsWith('organizations/'))
            .map((organization) => ({ organization })),
      },
    ],
    yields: 'gcp.boundary-policies',
    rows: 'principalAccessBoundaryPolicies',
    id: idBy('name'),
    about: (asked) => ownString(asked, 'organization') ?? '*',
    how: {
      rest: 'iam',
      path: 'v3/{+organization}/locations/global/principalAccessBoundaryPolicies',
      query: { pageSize: '1000' },
    },
  },
  {
    ...boundaries,
    // By policy rather than by container: it finds the bindings of all containers in a call for each policy.
    name: 'iam:SearchPrincipalAccessBoundaryPolicyBindings',
    permissions: ['iam.principalaccessboundarypolicies.searchPolicyBindings'],
    place: 'each principal access boundary policy',
    after: [
      {
        call: 'iam:principalAccessBoundaryPolicies.list',
        each: 'each policy',
        targets: (page) =>
          rowsOf(page, 'principalAccessBoundaryPolicies').flatMap((row) => {
            const policy = ownString(row, 'name')
            return policy === undefined ? [] : [{ name: policy }]
          }),
      },
    ],
    yields: 'gcp.policy-bindings',
    rows: 'policyBindings',
    id: idBy('name'),
    absent: ['NOT_FOUND'],
    about: name,
    how: { rest: 'iam', path: 'v3/{+name}:searchPolicyBindings', query: { pageSize: '1000' } },
  },
  {
    name: 'privilegedaccessmanager:entitlements.list',
    permissions: ['privilegedaccessmanager.entitlements.list'],
    lane: 'entitlements',
    place: 'each organization, folder and project',
    after: [eachContainer((container) => ({ container }))],
    yields: 'gcp.entitlements',
    rows: 'entitlements',
    id: idBy('name'),
    gap: 'entitlements',
    lost: 'who may have which role on request is not known',
    about: (asked) => ownString(asked, 'container') ?? '*',
    how: {
      rest: 'privilegedaccessmanager',
      path: 'v1/{+container}/locations/global/entitlements',
      query: { pageSize: '1000' },
    },
    // Messages to requesters are people's words.
    keep: (page) => ({ entitlements: rowsOf(page, 'entitlements').map(withoutWords) }),
  },
]

function withoutWords(entitlement: JsonObject): JsonObject {
  return Object.fromEntries(
    ['name', 'state', 'eligibleUsers', 'approvalWorkflow', 'privilegedAccess', 'maxRequestDuration'].flatMap(
      (member) => {
        const value = own(entitlement, member)
        return value === undefined ? [] : [[member, value]]
      },
    ),
  )
}
