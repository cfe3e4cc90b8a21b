import { describe, expect, it } from 'vitest'
import { gcpAnalyzer } from '../../../analyzer/gcp/analyzer.ts'
import type { Derived } from '../../../analyzer/cloud-analyzer.ts'
import type { Json } from '../../../graph/index.ts'
import { nativeId } from '../../../graph/index.ts'
import type { Exported } from '../../analyzer/memory-reader.ts'
import { memoryReader } from '../../analyzer/memory-reader.ts'

const CRM = '//cloudresourcemanager.googleapis.com/'
const PROJECT = `${CRM}projects/shop`
const ACT = ['iam.serviceAccounts.actAs']
const RUN = ['run.services.create']

interface Estate {
  /** Role name → permissions. */
  readonly roles: Readonly<Record<string, readonly string[]>>
  /** Resource, role, member. */
  readonly bindings: readonly (readonly [resource: string, role: string, member: string])[]
  readonly groups?: Readonly<Record<string, readonly string[]>>
  readonly accounts: readonly string[]
  readonly more?: readonly Exported[]
}

const emailOf = (name: string) => `${name}@shop.iam.gserviceaccount.com`
const resourceOf = (name: string) => `//iam.googleapis.com/projects/shop/serviceAccounts/${emailOf(name)}`
const account = (name: string): Json => ({
  name: resourceOf(name),
  assetType: 'iam.googleapis.com/ServiceAccount',
  ancestors: ['projects/11', 'organizations/1'],
  resource: { parent: `${CRM}projects/11`, data: { email: emailOf(name) } },
})

async function derived({ roles, bindings, groups = {}, accounts, more = [] }: Estate): Promise<Derived> {
  const exports: Exported[] = [
    {
      kind: 'gcp.iam-policies',
      rows: bindings.map(([resource, role, member]) => ({
        resource,
        policy: { bindings: [{ role, members: [member] }] },
      })),
    },
    {
      kind: 'gcp.roles',
      rows: Object.entries(roles).map(([name, list]) => ({ name, includedPermissions: [...list] })),
    },
    {
      kind: 'gcp.projects',
      rows: [{ projectId: 'shop', projectNumber: '11', parent: { type: 'organization', id: '1' } }],
    },
    { kind: 'gcp.organizations', rows: [{ name: 'organizations/1', displayName: 'example.com' }] },
    ...Object.entries(groups).map(([group, list]): Exported => ({
      kind: 'gcp.group-memberships',
      parameters: { group },
      rows: list.map((id) => ({ type: 'USER', preferredMemberKey: { id } })),
    })),
    { kind: 'gcp.assets', rows: accounts.map(account) },
    ...more,
  ]
  const loaded = await gcpAnalyzer.load(memoryReader(exports))
  const nodes = new Map(loaded.nodes.map((node) => [node.id, node]))
  return gcpAnalyzer.derive(gcpAnalyzer.engine(loaded.state, nodes), loaded, [])
}

const told = ({ edges }: Derived) =>
  edges
    .map(({ from, to, rule, certainty }) => `${nativeId(from)} → ${nativeId(to)} ${rule} ${certainty}`)
    .sort()

describe('escalation edges of Google Cloud', () => {
  it('join what somebody has by two groups that are not in one another', async () => {
    const found = await derived({
      roles: { 'roles/act': ACT, 'roles/run': RUN },
      bindings: [
        [PROJECT, 'roles/act', 'group:act@example.com'],
        [PROJECT, 'roles/run', 'group:run@example.com'],
      ],
      groups: {
        'act@example.com': ['ana@example.com', 'bo@example.com'],
        'run@example.com': ['bo@example.com', 'cy@example.com'],
      },
      accounts: ['deploy'],
    })
    const both = 'all-of/group:act@example.com,group:run@example.com'
    expect(told(found)).toEqual([
      `${both} → serviceAccount:${emailOf('deploy')} attach-to-service certain`,
      `user:bo@example.com → ${both} in-several-groups certain`,
    ])
    expect(found.nodes?.map(({ id }) => nativeId(id))).toEqual([both])
  })

  it('do not join groups that share nobody', async () => {
    const found = await derived({
      roles: { 'roles/act': ACT, 'roles/run': RUN },
      bindings: [
        [PROJECT, 'roles/act', 'group:act@example.com'],
        [PROJECT, 'roles/run', 'group:run@example.com'],
      ],
      groups: { 'act@example.com': ['ana@example.com'], 'run@example.com': ['cy@example.com'] },
      accounts: ['deploy'],
    })
    expect(told(found)).toEqual([])
  })

  it('start from the member where the other permission is a group of its', async () => {
    const found = await derived({
      roles: { 'roles/act': ACT, 'roles/run': RUN },
      bindings: [
        [resourceOf('deploy'), 'roles/act', 'user:ana@example.com'],
        [PROJECT, 'roles/run', 'group:run@example.com'],
      ],
      groups: { 'run@example.com': ['ana@example.com', 'cy@example.com'] },
      accounts: ['deploy', 'other'],
    })
    expect(told(found)).toEqual([
      `user:ana@example.com → serviceAccount:${emailOf('deploy')} attach-to-service certain`,
    ])
  })

  it('lead through one node to accounts that are alike: holders + accounts, not holders × accounts', async () => {
    const accounts = Array.from({ length: 40 }, (_, i) => `a${i}`)
    const users = Array.from({ length: 30 }, (_, i) => `user:u${i}@example.com`)
    const found = await derived({
      roles: { 'roles/mint': ['iam.serviceAccounts.getAccessToken'] },
      bindings: users.map((user) => [PROJECT, 'roles/mint', user]),
      accounts,
    })
    expect(found.edges).toHaveLength(70)
    expect(found.edges.filter(({ rule }) => rule === 'one-of-many')).toHaveLength(40)
  })

  it('are unknown where nothing of the kind was imported that runs as an account', async () => {
    const found = await derived({
      roles: { 'roles/over': ['run.jobs.run', 'run.jobs.runWithOverrides'] },
      bindings: [[PROJECT, 'roles/over', 'user:ana@example.com']],
      accounts: ['deploy'],
    })
    expect(told(found)).toEqual([
      `user:ana@example.com → serviceAccount:${emailOf('deploy')} override-job unknown`,
    ])
    expect(found.edges[0]?.conditions).toEqual(['no run.googleapis.com/Job was imported'])
  })

  it('follow delegation over several accounts, and leave it out for who mints the first one itself', async () => {
    const chain = {
      roles: {
        'roles/delegate': ['iam.serviceAccounts.implicitDelegation'],
        'roles/mint': ['iam.serviceAccounts.getAccessToken'],
      },
      accounts: ['first', 'second', 'third'],
    }
    const links = [
      [resourceOf('second'), 'roles/delegate', `serviceAccount:${emailOf('first')}`],
      [resourceOf('third'), 'roles/mint', `serviceAccount:${emailOf('second')}`],
    ] as const
    const start = [resourceOf('first'), 'roles/delegate', 'user:ana@example.com'] as const
    const own = `serviceAccount:${emailOf('second')} → serviceAccount:${emailOf('third')} mint-token certain`
    const onward = `serviceAccount:${emailOf('first')} → serviceAccount:${emailOf('third')} delegate certain`
    expect(told(await derived({ ...chain, bindings: [start, ...links] }))).toEqual([
      onward,
      own,
      `user:ana@example.com → serviceAccount:${emailOf('third')} delegate certain`,
    ])
    const mints = [resourceOf('first'), 'roles/mint', 'user:ana@example.com'] as const
    expect(told(await derived({ ...chain, bindings: [start, mints, ...links] }))).toEqual([
      onward,
      own,
      `user:ana@example.com → serviceAccount:${emailOf('first')} mint-token certain`,
    ])
  })

  it('are left out for who administers the project around', async () => {
    const found = await derived({
      roles: { 'roles/all': ['resourcemanager.projects.setIamPolicy', 'iam.serviceAccounts.getAccessToken'] },
      bindings: [[PROJECT, 'roles/all', 'user:ana@example.com']],
      accounts: ['deploy'],
    })
    expect(told(found)).toEqual([`user:ana@example.com → ${PROJECT} set-project-policy certain`])
  })

  it('are unknown where the rules of a deny policy were not imported', async () => {
    const found = await derived({
      roles: { 'roles/mint': ['iam.serviceAccounts.getAccessToken'] },
      bindings: [[PROJECT, 'roles/mint', 'user:ana@example.com']],
      accounts: ['deploy'],
      more: [
        {
          kind: 'gcp.deny-policies',
          rows: [
            {
              name: `policies/${encodeURIComponent('cloudresourcemanager.googleapis.com/projects/shop')}/denypolicies/listed`,
            },
          ],
        },
      ],
    })
    expect(told(found)).toEqual([
      `user:ana@example.com → serviceAccount:${emailOf('deploy')} mint-token unknown`,
    ])
  })
})
