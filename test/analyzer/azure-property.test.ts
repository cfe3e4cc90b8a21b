import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { azureAnalyzer } from '../../analyzer/azure/analyzer.ts'
import type { DecisionEngine, Json } from '../../graph/index.ts'
import { AzureReference } from '../reference/azure.ts'
import { expectSound, verdictOf } from './agreement.ts'
import type { Exported } from './memory-reader.ts'
import { memoryReader } from './memory-reader.ts'

const TENANT = '99999999-0000-0000-0000-000000000000'
const id = (n: number): string => `00000000-0000-0000-0000-0000000000${String(n).padStart(2, '0')}`
const USERS = [id(1), id(2)]
const GROUPS = [id(11), id(12), id(13)]
const ROLES = [id(71), id(72), id(73), id(74)]
const BLOB = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'
const CONTROL = [
  'Microsoft.Storage/storageAccounts/listKeys/action',
  'Microsoft.Authorization/roleAssignments/write',
  'Microsoft.Compute/virtualMachines/read',
]
const ACTIONS = [...CONTROL, BLOB, BLOB.toUpperCase(), 'Microsoft.Network/virtualNetworks/read']
const PATTERNS = [...CONTROL, '*', '*/read', 'Microsoft.Storage/*', 'microsoft.authorization/*/Write']
const DATA_PATTERNS = [BLOB, '*', 'Microsoft.Storage/storageAccounts/*/read']
const ACCOUNT = '/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/x'
const SCOPES = [
  '/',
  '/providers/Microsoft.Management/managementGroups/top',
  '/providers/Microsoft.Management/managementGroups/low',
  '/subscriptions/s1',
  '/subscriptions/s2',
  '/subscriptions/S1/resourcegroups/RG',
  ACCOUNT,
]
const RESOURCES = [
  ...SCOPES,
  `${ACCOUNT}/blobServices/default/containers/c`,
  '/subscriptions/s1/resourceGroups/rg2',
  '/subscriptions/s3',
]

const some = (from: readonly string[], maxLength: number): fc.Arbitrary<string[]> =>
  fc.subarray([...from], { maxLength })
const NAME = "@Resource[Microsoft.Storage/storageAccounts:name] StringEquals 'x'"
const condition = fc.option(
  fc.constantFrom(
    NAME,
    `(!(ActionMatches{'${CONTROL[1] ?? ''}'})) OR (${NAME})`,
    `(!(ActionMatches{'Microsoft.Storage/*'} AND NOT SubOperationMatches{'Blob.List'})) OR (${NAME})`,
    `ActionMatches{'*/read'} AND NOT Exists @Request[x]`,
    `!(ActionMatches{'*'})`,
    `(${NAME}`,
  ),
  { nil: null, freq: 2 },
)
const block = fc.record({
  actions: some(PATTERNS, 2),
  notActions: some(PATTERNS, 1),
  dataActions: some(DATA_PATTERNS, 1),
  notDataActions: some(DATA_PATTERNS, 1),
  condition,
})
const definition = (name: string): fc.Arbitrary<Json> =>
  fc
    .tuple(fc.array(block, { minLength: 1, maxLength: 2 }), fc.boolean())
    .map(([permissions, rest]): Json =>
      rest
        ? json({ name, properties: { roleName: name, permissions } })
        : json({ name, roleName: name, permissions }),
    )
const assignment = fc
  .record({
    principalId: fc.constantFrom(...USERS, ...GROUPS),
    roleDefinitionId: fc.constantFrom(...ROLES),
    scope: fc.constantFrom(...SCOPES),
    condition,
    rest: fc.boolean(),
  })
  .map(({ rest, roleDefinitionId, ...a }): Json => {
    const full = {
      ...a,
      principalType: GROUPS.includes(a.principalId) ? 'Group' : 'User',
      roleDefinitionId: `/subscriptions/s1/providers/Microsoft.Authorization/roleDefinitions/${roleDefinitionId}`,
    }
    return json(rest ? { properties: full } : full)
  })
const deny = fc.record({
  scope: fc.constantFrom(...SCOPES),
  doNotApplyToChildScopes: fc.boolean(),
  permissions: fc.array(block, { minLength: 1, maxLength: 1 }),
  principals: fc.constantFrom(
    [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
    [{ id: USERS[0], type: 'User' }],
    [{ id: GROUPS[0], type: 'Group' }],
  ),
  excludePrincipals: fc.constantFrom(
    [],
    [{ id: USERS[1], type: 'User' }],
    [{ id: GROUPS[1], type: 'Group' }],
  ),
  condition: fc.option(condition, { nil: null, freq: 3 }),
  denyAssignmentEffect: fc.constantFrom('enforced', 'enforced', 'enforced', 'audit'),
})
/** Somebody who may become a member or owner of a group. */
const candidate = fc
  .record({
    groupId: fc.constantFrom(...GROUPS),
    principalId: fc.constantFrom(...USERS, ...GROUPS),
    accessId: fc.constantFrom('member', 'member', 'member', 'owner'),
  })
  .map(json)
const listing = fc.uniqueArray(fc.constantFrom(...USERS, ...GROUPS), { minLength: 1, maxLength: 3 })
const memberships = fc.dictionary(fc.constantFrom(...GROUPS), listing, { noNullPrototype: true })
const OUTSIDERS = [id(31), id(32)]
const UAA = '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9'
const authorization = fc.record({
  principalId: fc.constantFrom(...OUTSIDERS),
  roleDefinitionId: fc.constantFrom(...ROLES, UAA),
  delegatedRoleDefinitionIds: fc.constantFrom([], [id(71)]),
})
/** A Lighthouse registration assignment, its definition in it or beside it. */
const registration = fc
  .record({
    scope: fc.constantFrom('/subscriptions/s1', '/subscriptions/S1/resourcegroups/RG', '/subscriptions/s2'),
    n: fc.nat(99),
    state: fc.constantFrom('Succeeded', 'Succeeded', 'Succeeded', 'Failed', 'Updating'),
    isBeside: fc.boolean(),
    authorizations: fc.array(authorization, { maxLength: 2 }),
    eligibleAuthorizations: fc.array(authorization, { maxLength: 1 }),
  })
  .map(({ scope, n, state, isBeside, ...given }): Json[] => {
    const at = `${scope}/providers/Microsoft.ManagedServices/`
    const definition = {
      id: `${at}registrationDefinitions/${n}`,
      properties: { ...given, managedByTenantId: id(98) },
    }
    const properties = { registrationDefinitionId: definition.id.toUpperCase(), provisioningState: state }
    const inside = isBeside ? {} : { registrationDefinition: definition }
    const where = { id: `${at}registrationAssignments/${n}`, properties: { ...properties, ...inside } }
    return [...(isBeside ? [json(definition)] : []), json(where)]
  })
const TREE: Json = {
  name: 'top',
  tenantId: TENANT,
  details: { parent: null },
  children: [
    {
      name: 'low',
      type: 'Microsoft.Management/managementGroups',
      children: [{ name: 's1', type: '/subscriptions' }],
    },
    { name: 's2', type: '/subscriptions' },
  ],
}

const estate: fc.Arbitrary<Exported[]> = fc
  .tuple(
    fc.array(assignment, { maxLength: 6 }),
    fc.tuple(...ROLES.slice(0, 3).map(definition)),
    memberships,
    fc.array(deny, { maxLength: 2 }),
    fc.boolean(),
    fc.array(assignment, { maxLength: 2 }),
    fc.array(candidate, { maxLength: 2 }),
    fc.uniqueArray(registration, { maxLength: 2, selector: (rows) => JSON.stringify(rows.at(-1), ['id']) }),
  )
  .map(
    ([
      assignments,
      definitions,
      groups,
      denies,
      hasTree,
      eligible,
      candidates,
      registrations,
    ]): Exported[] => [
      // The tenant of what is imported, whether or not there is a tree.
      { kind: 'azure.subscriptions', rows: [{ id: 's1', name: 's1', tenantId: TENANT }] },
      { kind: 'azure.lighthouse', rows: registrations.flat() },
      { kind: 'azure.users', rows: USERS.map((user) => ({ id: user })) },
      { kind: 'azure.groups', rows: GROUPS.map((group) => ({ id: group.toUpperCase() })) },
      { kind: 'azure.role-assignments', rows: distinct(assignments) },
      { kind: 'azure.role-eligibilities', rows: distinct(eligible) },
      { kind: 'azure.group-eligibilities', rows: candidates },
      { kind: 'azure.role-definitions', rows: definitions },
      { kind: 'azure.management-groups', rows: hasTree ? [TREE] : [] },
      { kind: 'azure.deny-assignments', rows: denies.map((d) => json({ properties: d })) },
      ...Object.entries(groups).map(([group, list]): Exported => ({
        kind: 'azure.group-members',
        parameters: { group },
        rows: list.map((member) => ({
          id: member,
          '@odata.type': `#microsoft.graph.${GROUPS.includes(member) ? 'group' : 'user'}`,
        })),
      })),
    ],
  )

/** An assignment is unique in principal, role and scope; Azure refuses another. */
function distinct(assignments: readonly Json[]): Json[] {
  const found = new Map<string, Json>()
  for (const row of assignments) {
    const { properties } = row as { properties?: Record<string, string> }
    const a = properties ?? (row as Record<string, string>)
    found.set(`${a['principalId']} ${a['roleDefinitionId']} ${a['scope']?.toLowerCase()}`, row)
  }
  return [...found.values()]
}

function json(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}

async function engineOf(exports: readonly Exported[]): Promise<DecisionEngine> {
  const loaded = await azureAnalyzer.load(memoryReader(exports))
  return azureAnalyzer.engine(
    structuredClone(loaded.state),
    new Map(loaded.nodes.map((node) => [node.id, node])),
  )
}

describe('Azure decisions on random estates', () => {
  it('agree with the reference, in can, who-can and what-can', async () => {
    await fc.assert(
      fc.asyncProperty(estate, async (exports) => {
        const engine = await engineOf(exports)
        const reference = new AzureReference(exports)
        for (const principal of engine.principals) {
          expectSound(engine, principal)
          for (const action of ACTIONS) {
            for (const resource of RESOURCES) {
              // Whether a name that no definition spells out is a data action has golden cases of its own.
              if (engine.universe.indexOf(action) === undefined && /blobs/i.test(action)) continue
              const expected = reference.can(principal.slice('azure:'.length), action, resource)
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

  it('never gain access by one more deny assignment', async () => {
    const rank = { denied: 0, unknown: 1, 'allowed-if': 1, allowed: 2 }
    await fc.assert(
      fc.asyncProperty(estate, deny, async (exports, extra) => {
        const before = await engineOf(exports)
        const rows = [json({ properties: extra })]
        const after = await engineOf([...exports, { kind: 'azure.deny-assignments', rows }])
        for (const principal of before.principals) {
          for (const resource of RESOURCES) {
            const was = before.can(principal, CONTROL[0] ?? '', resource).decision
            const is = after.can(principal, CONTROL[0] ?? '', resource).decision
            expect(rank[is], `${principal} ${resource}`).toBeLessThanOrEqual(rank[was])
          }
        }
      }),
      { numRuns: 60 },
    )
  }, 120_000)

  it('never lose access by one more assignment', async () => {
    const rank = { denied: 0, unknown: 1, 'allowed-if': 1, allowed: 2 }
    await fc.assert(
      fc.asyncProperty(estate, assignment, async (exports, extra) => {
        const before = await engineOf(exports)
        const after = await engineOf([{ kind: 'azure.role-assignments', rows: [extra] }, ...exports])
        for (const principal of before.principals) {
          for (const resource of RESOURCES) {
            const was = before.can(principal, CONTROL[0] ?? '', resource).decision
            const is = after.can(principal, CONTROL[0] ?? '', resource).decision
            if (was !== 'unknown')
              expect(rank[is], `${principal} ${resource}`).toBeGreaterThanOrEqual(rank[was])
          }
        }
      }),
      { numRuns: 60 },
    )
  }, 120_000)
})
