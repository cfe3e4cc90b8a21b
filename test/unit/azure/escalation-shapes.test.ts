import { describe, expect, it } from 'vitest'
import { azureAnalyzer } from '../../../analyzer/azure/analyzer.ts'
import type { Json } from '../../../graph/index.ts'
import { nativeId } from '../../../graph/index.ts'
import type { Exported } from '../../analyzer/memory-reader.ts'
import { memoryReader } from '../../analyzer/memory-reader.ts'

const GROUP = '/subscriptions/s/resourcegroups/g'
const identityOf = (name: string) =>
  `${GROUP}/providers/microsoft.managedidentity/userassignedidentities/${name}`
const ROLES: Readonly<Record<string, readonly string[]>> = {
  assign: ['Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'],
  flow: ['Microsoft.Logic/workflows/write'],
  trust: ['Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write'],
  run: ['Microsoft.Compute/virtualMachines/runCommand/action'],
}

interface Estate {
  readonly assignments?: readonly (readonly [role: string, principal: string, scope: string])[]
  readonly groups?: Readonly<Record<string, readonly string[]>>
  readonly identities?: readonly string[]
  readonly more?: readonly Exported[]
}

async function told({ assignments = [], groups = {}, identities = [], more = [] }: Estate) {
  const rows = identities.map((name): Json => ({
    id: identityOf(name),
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    name,
    properties: { principalId: `id-${name}` },
  }))
  const exports: Exported[] = [
    { kind: 'azure.subscriptions', rows: [{ id: 's', name: 's', tenantId: 't' }] },
    {
      kind: 'azure.management-groups',
      rows: [
        {
          name: 't',
          tenantId: 't',
          details: { parent: null },
          children: [{ name: 's', type: '/subscriptions' }],
        },
      ],
    },
    {
      kind: 'azure.role-definitions',
      rows: Object.entries(ROLES).map(([name, actions]) => ({
        name,
        roleName: name,
        permissions: [{ actions: [...actions] }],
      })),
    },
    {
      kind: 'azure.role-assignments',
      rows: assignments.map(([role, principalId, scope], i) => ({
        id: `a${i}`,
        scope,
        roleDefinitionId: role,
        principalId,
        principalType: principalId.startsWith('group') ? 'Group' : 'User',
      })),
    },
    ...Object.entries(groups).map(([group, members]): Exported => ({
      kind: 'azure.group-members',
      parameters: { group },
      rows: members.map((id) => ({ id, '@odata.type': '#microsoft.graph.user' })),
    })),
    { kind: 'azure.resources', rows },
    ...more,
  ]
  const loaded = await azureAnalyzer.load(memoryReader(exports))
  const nodes = new Map(loaded.nodes.map((node) => [node.id, node]))
  const { edges } = azureAnalyzer.derive(azureAnalyzer.engine(loaded.state, nodes), loaded, [])
  return edges
    .map(({ from, to, rule, certainty }) => `${nativeId(from)} → ${nativeId(to)} ${rule} ${certainty}`)
    .sort()
}

describe('escalation edges of Azure', () => {
  it.each([2, 60])('join what somebody has by two groups, of %i that may make a workflow', async (count) => {
    const names = Array.from({ length: count }, (_, i) => `group-${String(i).padStart(2, '0')}`)
    // What existing workflows would give is unknown here: no resource but the identity was imported.
    const all = await told({
      assignments: [
        ['assign', 'group-assign', identityOf('deploy')],
        ...names.map((name) => ['flow', name, GROUP] as const),
      ],
      groups: {
        'group-assign': ['ana', 'bo'],
        ...Object.fromEntries(names.map((name, i) => [name, i === 1 ? ['bo'] : [`u${i}`]])),
      },
      identities: ['deploy'],
    })
    const found = all.filter((line) => line.endsWith(' certain'))
    const both = ['group-01', 'group-assign']
    expect(found.filter((line) => line.startsWith('all-of'))).toHaveLength(1)
    expect(found.filter((line) => !line.startsWith('all-of'))).toEqual([
      `bo → all-of/${both.join(',')} in-several-groups certain`,
    ])
    expect(found.find((line) => line.startsWith('all-of'))).toContain(
      '→ id-deploy attach-to-workflow certain',
    )
  })

  it('need one scope on which a workload can be made', async () => {
    const elsewhere = '/subscriptions/s/resourcegroups/g/providers/microsoft.storage/storageaccounts/x'
    const assignments = (scope: string) =>
      [
        ['assign', 'ana', identityOf('deploy')],
        ['flow', 'ana', scope],
      ] as const
    const edge = 'ana → id-deploy attach-to-workflow certain'
    expect(await told({ assignments: assignments(elsewhere), identities: ['deploy'] })).toEqual([])
    expect(await told({ assignments: assignments('/subscriptions/s'), identities: ['deploy'] })).toEqual([
      edge,
    ])
    const flow = `${GROUP}/providers/microsoft.logic/workflows/w`
    expect(await told({ assignments: assignments(flow), identities: ['deploy'] })).toEqual([edge])
  })

  it('lead through one node to identities that are alike: holders + identities', async () => {
    const identities = Array.from({ length: 40 }, (_, i) => `i${i}`)
    const users = Array.from({ length: 30 }, (_, i) => `u${i}`)
    const found = await told({
      assignments: users.map((user) => ['trust', user, GROUP] as const),
      identities,
    })
    expect(found).toHaveLength(70)
    expect(found.filter((line) => line.includes('one-of-many'))).toHaveLength(40)
  })

  it('are unknown where no resource was imported that might run as an identity', async () => {
    expect(await told({ assignments: [['run', 'ana', GROUP]], identities: ['deploy'] })).toEqual([
      'ana → id-deploy run-command unknown',
    ])
  })

  it('start from owners of groups whose members are assigned here', async () => {
    const group = (more: Json): Exported => ({
      kind: 'azure.groups',
      rows: [{ id: 'group-a', displayName: 'a', ...(more as object) }],
    })
    const owners: Exported = {
      kind: 'azure.owners',
      parameters: { id: 'group-a' },
      rows: [{ id: 'ana', '@odata.type': '#microsoft.graph.user' }],
    }
    const edge = (certainty: string) => `ana → group-a group-owner ${certainty}`
    expect(await told({ more: [group({ groupTypes: [] }), owners] })).toEqual([edge('certain')])
    expect(await told({ more: [group({}), owners] })).toEqual([edge('unknown')])
    expect(await told({ more: [group({ groupTypes: ['DynamicMembership'] }), owners] })).toEqual([])
    expect(await told({ more: [group({ groupTypes: [], onPremisesSyncEnabled: true }), owners] })).toEqual([])
  })
})
