import { describe, expect, it } from 'vitest'
import { azureAnalyzer } from '../../analyzer/azure/analyzer.ts'
import { gcpAnalyzer } from '../../analyzer/gcp/analyzer.ts'
import type { Gap } from '../../graph/index.ts'
import { nodeId } from '../../graph/index.ts'
import { verdictOf } from './agreement.ts'
import type { Exported } from './memory-reader.ts'
import { memoryReader } from './memory-reader.ts'

const GCP: readonly Exported[] = [
  { kind: 'gcp.projects', rows: [{ projectId: 'shop', projectNumber: '11' }] },
  { kind: 'gcp.roles', rows: [{ name: 'roles/viewer', includedPermissions: ['storage.objects.get'] }] },
  {
    kind: 'gcp.iam-policies',
    rows: [
      {
        resource: '//cloudresourcemanager.googleapis.com/projects/shop',
        policy: {
          bindings: [{ role: 'roles/viewer', members: ['user:ana@example.com', 'group:ops@example.com'] }],
        },
      },
      {
        resource: '//storage.googleapis.com/other',
        project: 'projects/11',
        policy: { bindings: [{ role: 'roles/none', members: ['user:bo@example.com'] }] },
      },
    ],
  },
  {
    kind: 'gcp.group-memberships',
    parameters: { group: 'ops@example.com' },
    rows: [{ type: 'USER', preferredMemberKey: { id: 'cy@example.com' } }],
  },
]
const USER = '00000000-0000-0000-0000-000000000001'
const ROLE = '00000000-0000-0000-0000-000000000071'
const AZURE: readonly Exported[] = [
  { kind: 'azure.users', rows: [{ id: USER }] },
  {
    kind: 'azure.role-definitions',
    rows: [{ name: ROLE, roleName: 'r', permissions: [{ actions: ['a.b/c/read'] }] }],
  },
  {
    kind: 'azure.role-assignments',
    rows: [{ principalId: USER, principalType: 'User', roleDefinitionId: ROLE, scope: '/subscriptions/s1' }],
  },
]

function gap(cloud: 'gcp' | 'azure', what: string, kind: Gap['kind'], scope = '*'): Gap {
  return { cloud, what, kind, scope, consequence: 'not known', remedy: '' }
}

async function gcp(user: string, gaps: readonly Gap[]): Promise<unknown> {
  const { state } = await gcpAnalyzer.load(memoryReader(GCP, gaps))
  const engine = gcpAnalyzer.engine(state, new Map())
  return verdictOf(engine, nodeId('gcp', `user:${user}@example.com`), 'storage.objects.get', 'projects/shop')
}

async function azure(action: string, gaps: readonly Gap[]): Promise<unknown> {
  const { state } = await azureAnalyzer.load(memoryReader(AZURE, gaps))
  const engine = azureAnalyzer.engine(state, new Map())
  return verdictOf(engine, nodeId('azure', USER), action, '/subscriptions/s1')
}

describe('a gap', () => {
  it('of grants leaves unknown what nothing allows', async () => {
    expect(await gcp('bo', [])).toEqual({ decision: 'denied' })
    expect(await gcp('bo', [gap('gcp', 'allow-policies', 'refused', 'projects/shop')])).toEqual({
      decision: 'unknown',
      otherwise: 'denied',
    })
    expect(await gcp('bo', [gap('gcp', 'allow-policies', 'refused', 'projects/workshop')])).toEqual({
      decision: 'denied',
    })
    expect(await gcp('ana', [gap('gcp', 'allow-policies', 'refused')])).toEqual({ decision: 'allowed' })
    expect(await azure('a.b/c/write', [gap('azure', 'role-assignments', 'truncated', 'S1')])).toEqual({
      decision: 'unknown',
      otherwise: 'denied',
    })
  })

  it('of denies that were refused leaves unknown what is allowed; that nobody asked is told elsewhere', async () => {
    expect(await gcp('ana', [gap('gcp', 'deny-policies', 'refused')])).toEqual({
      decision: 'unknown',
      otherwise: 'allowed',
    })
    expect(await gcp('bo', [gap('gcp', 'deny-policies', 'refused')])).toEqual({ decision: 'denied' })
    expect(await gcp('ana', [gap('gcp', 'deny-policies', 'not-collected')])).toEqual({ decision: 'allowed' })
    expect(await azure('a.b/c/read', [gap('azure', 'deny-assignments', 'refused', 's1')])).toEqual({
      decision: 'unknown',
      otherwise: 'allowed',
    })
  })

  it('of what may be activated leaves unknown what nothing allows; that nobody asked is told elsewhere', async () => {
    const denied = { decision: 'denied' }
    const unknown = { decision: 'unknown', otherwise: 'denied' }
    const eligible = (kind: Gap['kind'], scope = 'subscriptions/s1') => [
      gap('azure', 'role-eligibilities', kind, scope),
    ]
    expect(await azure('a.b/c/write', eligible('refused'))).toEqual(unknown)
    expect(await azure('a.b/c/write', eligible('truncated'))).toEqual(unknown)
    expect(await azure('a.b/c/write', eligible('refused', 'subscriptions/s2'))).toEqual(denied)
    expect(await azure('a.b/c/write', eligible('not-collected'))).toEqual(denied)
    expect(await azure('a.b/c/read', eligible('refused'))).toEqual({ decision: 'allowed' })
    expect(await azure('a.b/c/write', [gap('azure', 'delegations', 'refused')])).toEqual(unknown)
  })

  it('of who may become a member opens the group to everybody', async () => {
    const [group, other] = [USER.replace(/1$/, '2'), USER.replace(/1$/, '3')]
    const estate: readonly Exported[] = [
      { kind: 'azure.users', rows: [{ id: USER }, { id: other }] },
      { kind: 'azure.groups', rows: [{ id: group, displayName: 'ops' }] },
      { kind: 'azure.group-members', parameters: { group }, rows: [{ id: other }] },
      { kind: 'azure.role-definitions', rows: AZURE[1]?.rows ?? [] },
      {
        kind: 'azure.role-assignments',
        rows: [
          { principalId: group, principalType: 'Group', roleDefinitionId: ROLE, scope: '/subscriptions/s1' },
        ],
      },
    ]
    const ask = async (who: string, kind: Gap['kind'], scope: string) => {
      const { state } = await azureAnalyzer.load(
        memoryReader(estate, [gap('azure', 'group-eligibilities', kind, scope)]),
      )
      const engine = azureAnalyzer.engine(state, new Map())
      return verdictOf(engine, nodeId('azure', who), 'a.b/c/read', '/subscriptions/s1')
    }
    expect(await ask(other, 'refused', group)).toEqual({ decision: 'allowed' })
    expect(await ask(USER, 'refused', group)).toEqual({ decision: 'unknown', otherwise: 'denied' })
    expect(await ask(USER, 'refused', other)).toEqual({ decision: 'denied' })
    expect(await ask(USER, 'not-collected', group)).toEqual({ decision: 'denied' })
  })

  it('in a listing of members opens the group, also where some members are known', async () => {
    expect(await gcp('cy', [])).toEqual({ decision: 'allowed' })
    expect(await gcp('bo', [gap('gcp', 'group-memberships', 'truncated', 'ops@example.com')])).toEqual({
      decision: 'unknown',
      otherwise: 'denied',
    })
    expect(await gcp('bo', [gap('gcp', 'group-memberships', 'truncated', 'dev@example.com')])).toEqual({
      decision: 'denied',
    })
    expect(await gcp('bo', [gap('azure', 'group-memberships', 'truncated')])).toEqual({ decision: 'denied' })
  })
})
