import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gcpAnalyzer } from '../../analyzer/gcp/analyzer.ts'
import type { Json } from '../../graph/index.ts'
import { nodeId } from '../../graph/index.ts'
import { GcpReference } from '../reference/gcp.ts'
import { expectSound, verdictOf } from './agreement.ts'
import type { Exported } from './memory-reader.ts'
import { memoryReader } from './memory-reader.ts'

const CRM = '//cloudresourcemanager.googleapis.com/'
const POOL = '//iam.googleapis.com/projects/22/locations/global/workloadIdentityPools/ci'
const PERMISSIONS = [
  'storage.objects.get',
  'storage.buckets.setIamPolicy',
  'resourcemanager.projects.setIamPolicy',
  'iam.serviceAccounts.getAccessToken',
]
const DENIED = [
  'storage.googleapis.com/objects.get',
  'cloudresourcemanager.googleapis.com/*',
  'iam.googleapis.com/serviceAccounts.*',
  'storage.googleapis.com/*.setIamPolicy',
]
const ROLES = ['roles/owner', 'roles/editor', 'roles/viewer', 'projects/p1/roles/custom', 'roles/undefined']
const USERS = ['user:ana@example.com', 'user:bo@other.org', 'serviceAccount:ci@p1.iam.gserviceaccount.com']
const GROUPS = ['group:a@example.com', 'group:b@example.com', 'group:c@example.com']
const FEDERATED = [
  `principal:${POOL}/subject/x`,
  `principalSet:${POOL}/*`,
  `principalSet:${POOL}/attribute.repo/acme`,
]
const MEMBERS = [
  ...USERS,
  ...GROUPS,
  ...FEDERATED,
  'domain:example.com',
  'allUsers',
  'allAuthenticatedUsers',
  'projectOwner:p1',
  'projectEditor:p2',
  'deleted:user:ana@example.com?uid=1',
]
const PLACES = [
  { resource: `${CRM}organizations/1` },
  { resource: `${CRM}folders/2`, folders: ['folders/2'], organization: 'organizations/1' },
  { resource: `${CRM}projects/p1` },
  { resource: `${CRM}projects/p2` },
  { resource: `${CRM}projects/33` },
  { resource: '//storage.googleapis.com/logs', project: 'projects/11' },
  { resource: '//pubsub.googleapis.com/projects/p2/topics/t', project: 'projects/22' },
  { resource: '//storage.googleapis.com/lost' },
]
const RESOURCES = [
  ...PLACES.map(({ resource }) => resource),
  '//storage.googleapis.com/logs/objects/o',
  '//pubsub.googleapis.com/projects/22/topics/t/child/c',
  '//compute.googleapis.com/projects/p3/zones/z/instances/i',
  '//storage.googleapis.com/nowhere',
]

const binding = fc.record({
  role: fc.constantFrom(...ROLES),
  members: fc.uniqueArray(fc.constantFrom(...MEMBERS), { minLength: 1, maxLength: 3 }),
  condition: fc.option(
    fc
      .constantFrom(
        'request.time < timestamp("2020-01-01T00:00:00Z")',
        'request.time > timestamp("2020-01-01T00:00:00Z")',
        'request.time < timestamp("2030-01-01T00:00:00Z")',
        'resource.name.startsWith("projects/_/buckets/logs/objects/app")',
        "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/viewer'])",
      )
      .map((expression) => ({ title: 't', expression })),
    { nil: undefined, freq: 3 },
  ),
})
const policy = fc.record({ place: fc.constantFrom(...PLACES), bindings: fc.array(binding, { maxLength: 3 }) })
const role = (name: string): fc.Arbitrary<Json> =>
  fc.subarray(PERMISSIONS).map((includedPermissions) => ({ name, includedPermissions }))
const members = fc.uniqueArray(fc.constantFrom(...USERS, ...GROUPS), { minLength: 1, maxLength: 3 })
const groups = fc.dictionary(fc.constantFrom('a@example.com', 'b@example.com', 'c@example.com'), members, {
  noNullPrototype: true,
})
const DENIED_PRINCIPALS = [
  'principalSet://goog/public:all',
  'principal://goog/subject/ana@example.com',
  'principalSet://goog/group/a@example.com',
  'principalSet://goog/group/b@example.com',
  'principal://iam.googleapis.com/projects/-/serviceAccounts/ci@p1.iam.gserviceaccount.com',
  `principalSet:${POOL}/*`,
]
const deny = fc.record({
  on: fc.constantFrom('organizations/1', 'folders/2', 'projects/p1'),
  deniedPrincipals: fc.subarray(DENIED_PRINCIPALS, { minLength: 1 }),
  exceptionPrincipals: fc.subarray(DENIED_PRINCIPALS.slice(1), { maxLength: 2 }),
  denialCondition: fc.option(fc.constant({ title: '', expression: "resource.matchTag('1/env', 'prod')" }), {
    nil: undefined,
    freq: 2,
  }),
  deniedPermissions: fc.subarray(DENIED, { minLength: 1 }),
  exceptionPermissions: fc.subarray(DENIED, { maxLength: 1 }),
})
const projects = fc.constantFrom<Json[]>(
  [
    { projectId: 'p1', projectNumber: '11', parent: { type: 'folder', id: '2' } },
    { projectId: 'p2', projectNumber: '22', parent: { type: 'organization', id: '1' } },
    { projectId: 'p3', projectNumber: '33' },
  ],
  [{ projectId: 'p1', projectNumber: '11', parent: { type: 'folder', id: '9' } }],
)

export const estate: fc.Arbitrary<Exported[]> = fc
  .tuple(
    fc.array(policy, { maxLength: 6 }),
    fc.tuple(...ROLES.slice(0, 4).map(role)),
    groups,
    fc.array(deny, { maxLength: 2 }),
    projects,
  )
  .map(([policies, roles, memberships, denies, listed]): Exported[] => [
    {
      kind: 'gcp.iam-policies',
      rows: policies.map(({ place, bindings }) => json({ ...place, policy: { bindings } })),
    },
    { kind: 'gcp.roles', rows: roles },
    { kind: 'gcp.projects', rows: listed },
    { kind: 'gcp.folders', rows: [{ name: 'folders/2', parent: 'organizations/1' }] },
    ...Object.entries(memberships).map(([group, list]): Exported => ({
      kind: 'gcp.group-memberships',
      parameters: { group },
      rows: list.map((m) => ({
        type: m.startsWith('group:') ? 'GROUP' : m.startsWith('user:') ? 'USER' : 'SERVICE_ACCOUNT',
        preferredMemberKey: { id: m.slice(m.indexOf(':') + 1) },
      })),
    })),
    {
      kind: 'gcp.deny-policies',
      rows: denies.map(({ on, ...denyRule }) =>
        json({
          name: `policies/${encodeURIComponent(`cloudresourcemanager.googleapis.com/${on}`)}/denypolicies/d`,
          rules: [{ denyRule }],
        }),
      ),
    },
  ])

function json(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}

async function engineOf(exports: readonly Exported[]): Promise<ReturnType<typeof gcpAnalyzer.engine>> {
  const loaded = await gcpAnalyzer.load(memoryReader(exports))
  return gcpAnalyzer.engine(
    structuredClone(loaded.state),
    new Map(loaded.nodes.map((node) => [node.id, node])),
  )
}

describe('GCP decisions on random estates', () => {
  it('agree with the reference, in can, who-can and what-can', async () => {
    await fc.assert(
      fc.asyncProperty(estate, async (exports) => {
        const engine = await engineOf(exports)
        const reference = new GcpReference(exports)
        for (const principal of engine.principals) {
          expectSound(engine, principal)
          for (const action of PERMISSIONS) {
            for (const resource of RESOURCES) {
              const expected = reference.can(principal.slice('gcp:'.length), action, resource)
              expect(
                verdictOf(engine, principal, action, resource),
                `${principal} ${action} ${resource}`,
              ).toEqual(expected)
            }
          }
        }
      }),
      { numRuns: 60 },
    )
  }, 120_000)

  it('never lose access by one more binding without condition', async () => {
    const rank = { denied: 0, unknown: 1, 'allowed-if': 1, allowed: 2 }
    await fc.assert(
      fc.asyncProperty(estate, policy, async (exports, extra) => {
        const free = {
          ...extra,
          bindings: extra.bindings.map(({ role: r, members: m }) => ({ role: r, members: m })),
        }
        const row = json({ ...free.place, policy: { bindings: free.bindings } })
        const before = await engineOf(exports)
        const after = await engineOf([...exports, { kind: 'gcp.iam-policies', rows: [row] }])
        for (const principal of before.principals) {
          for (const resource of RESOURCES) {
            const was = before.can(principal, 'storage.objects.get', resource).decision
            const is = after.can(principal, 'storage.objects.get', resource).decision
            // The first policy of an estate settles what its absence had left unknown.
            if (was !== 'unknown')
              expect(rank[is], `${principal} ${resource}`).toBeGreaterThanOrEqual(rank[was])
          }
        }
      }),
      { numRuns: 60 },
    )
  }, 120_000)

  it('give a principal that no export names no answer', async () => {
    const engine = await engineOf([])
    expect(() => engine.can(nodeId('gcp', 'user:x@y.z'), 'a.b.c', 'projects/p')).toThrow(
      /no principal `user:x@y.z`/,
    )
  })
})
