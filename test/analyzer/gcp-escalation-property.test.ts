import fc from 'fast-check'
import { expect, it } from 'vitest'
import { gcpAnalyzer } from '../../analyzer/gcp/analyzer.ts'
import type { Edge, NodeId } from '../../graph/index.ts'
import { nodeId } from '../../graph/index.ts'
import type { Exported } from './memory-reader.ts'
import { memoryReader } from './memory-reader.ts'

const CRM = '//cloudresourcemanager.googleapis.com/'
const PROJECT = `${CRM}projects/shop`
const ACCOUNTS = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}@shop.iam.gserviceaccount.com`)
const resourceOf = (email: string) => `//iam.googleapis.com/projects/shop/serviceAccounts/${email}`
const USERS = ['ana', 'bo', 'cy'].map((name) => `${name}@example.com`)
const GROUPS = ['g1', 'g2', 'g3'].map((name) => `${name}@example.com`)
const MEMBERS = [
  ...USERS.map((user) => `user:${user}`),
  ...GROUPS.map((group) => `group:${group}`),
  'domain:example.com',
]

/** Written down from the documentation of Cloud Run, Cloud Functions and IAM, apart from the registry. */
const WAYS = [
  [['iam.serviceAccounts.getAccessToken', 'account']],
  [
    ['run.services.create', 'project'],
    ['iam.serviceAccounts.actAs', 'account'],
  ],
  [
    ['cloudfunctions.functions.create', 'project'],
    ['cloudfunctions.functions.sourceCodeSet', 'project'],
    ['iam.serviceAccounts.actAs', 'account'],
  ],
] as const
const PERMISSIONS = [...new Set(WAYS.flatMap((way) => way.map(([permission]) => permission)))]
const role = (permission: string) => `roles/${permission}`

const estate = fc
  .record({
    bindings: fc.array(
      fc.record({
        // Few tokens: what is left to join is the point.
        permission: fc.oneof(
          { weight: 1, arbitrary: fc.constantFrom(...PERMISSIONS) },
          { weight: 3, arbitrary: fc.constantFrom(...PERMISSIONS.slice(1)) },
        ),
        place: fc.constantFrom(
          PROJECT,
          PROJECT,
          `${CRM}organizations/1`,
          ...ACCOUNTS.slice(0, 3).map(resourceOf),
        ),
        member: fc.constantFrom(...MEMBERS),
      }),
      { minLength: 2, maxLength: 7 },
    ),
    groups: fc.tuple(
      ...GROUPS.map(() => fc.uniqueArray(fc.constantFrom(...USERS, ...GROUPS), { maxLength: 3 })),
    ),
  })
  .map(({ bindings, groups }): Exported[] => [
    {
      kind: 'gcp.iam-policies',
      rows: bindings.map(({ permission, place, member }) => ({
        resource: place,
        policy: { bindings: [{ role: role(permission), members: [member] }] },
      })),
    },
    {
      kind: 'gcp.roles',
      rows: PERMISSIONS.map((permission) => ({ name: role(permission), includedPermissions: [permission] })),
    },
    {
      kind: 'gcp.projects',
      rows: [{ projectId: 'shop', projectNumber: '11', parent: { type: 'organization', id: '1' } }],
    },
    { kind: 'gcp.organizations', rows: [{ name: 'organizations/1', displayName: 'example.com' }] },
    ...GROUPS.map((group, i): Exported => ({
      kind: 'gcp.group-memberships',
      parameters: { group },
      rows: (groups[i] ?? []).map((id) => ({
        type: GROUPS.includes(id) ? 'GROUP' : 'USER',
        preferredMemberKey: { id },
      })),
    })),
    {
      kind: 'gcp.assets',
      rows: ACCOUNTS.map((email) => ({
        name: resourceOf(email),
        assetType: 'iam.googleapis.com/ServiceAccount',
        ancestors: ['projects/11', 'organizations/1'],
        resource: { parent: `${CRM}projects/11`, data: { email } },
      })),
    },
  ])

/** Where certain edges lead. */
function reached(edges: readonly Edge[], from: NodeId): ReadonlySet<NodeId> {
  const seen = new Set([from])
  for (const at of seen) {
    for (const edge of edges) if (edge.from === at && edge.certainty === 'certain') seen.add(edge.to)
  }
  return seen
}

it('a person surely reaches exactly the accounts that the decisions on each permission let it become', async () => {
  let joined = 0
  await fc.assert(
    fc.asyncProperty(estate, async (exports) => {
      const loaded = await gcpAnalyzer.load(memoryReader(exports))
      const nodes = new Map(loaded.nodes.map((node) => [node.id, node]))
      const engine = gcpAnalyzer.engine(loaded.state, nodes)
      const derived = gcpAnalyzer.derive(engine, loaded, [])
      const edges = [...loaded.edges, ...derived.edges]
      joined += derived.edges.filter(({ rule }) => rule === 'in-several-groups').length
      for (const user of USERS) {
        const from = nodeId('gcp', `user:${user}`)
        if (!nodes.has(from)) continue
        const found = new Set([
          ...reached(edges, from),
          ...reached(edges, nodeId('gcp', 'domain:example.com')),
        ])
        for (const email of ACCOUNTS) {
          const able = WAYS.some((way) =>
            way.every(([permission, on]) => {
              const resource = on === 'project' ? PROJECT : resourceOf(email)
              return engine.can(from, permission, resource).decision === 'allowed'
            }),
          )
          expect(found.has(nodeId('gcp', `serviceAccount:${email}`)), `${user} ${email}`).toBe(able)
        }
      }
    }),
    { numRuns: 300, seed: 20_261_122 },
  )
  expect(joined).toBeGreaterThan(20)
}, 60_000)
