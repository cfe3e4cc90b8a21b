import { expect, it } from 'vitest'
import { azureAnalyzer } from '../../analyzer/azure/analyzer.ts'
import type { CloudAnalyzer } from '../../analyzer/cloud-analyzer.ts'
import type { Fact } from '../../analyzer/findings/fact.ts'
import { gcpAnalyzer } from '../../analyzer/gcp/analyzer.ts'
import type { Exported } from './memory-reader.ts'
import { memoryReader } from './memory-reader.ts'

async function remedies(
  analyzer: CloudAnalyzer,
  exports: readonly Exported[],
  fact: Fact['fact'],
): Promise<string[]> {
  const loaded = await analyzer.load(memoryReader(exports))
  const { facts } = analyzer.derive(analyzer.engine(loaded.state, new Map()), loaded, [])
  return facts.filter((one) => one.fact === fact).map(({ remedy }) => remedy.text)
}

const CRM = '//cloudresourcemanager.googleapis.com/'

it('takes a member out of a binding with the command for its resource, quoting what an export names', async () => {
  const policy = (resource: string, role: string, member: string): Exported => ({
    kind: 'gcp.iam-policies',
    rows: [{ resource, policy: { bindings: [{ role, members: [member] }] } }],
  })
  const owner = async (resource: string, member: string): Promise<string[]> =>
    remedies(gcpAnalyzer, [policy(resource, 'roles/owner', member)], 'administrator')
  expect(await owner(`${CRM}organizations/1`, 'user:a@b.c')).toEqual([
    'gcloud organizations remove-iam-policy-binding 1 --member=user:a@b.c --role=roles/owner --condition=None',
  ])
  expect(await owner(`${CRM}folders/2`, "user:a'; reboot@b.c")).toEqual([
    `gcloud resource-manager folders remove-iam-policy-binding 2 --member='user:a'\\''; reboot@b.c' --role=roles/owner --condition=None`,
  ])
  const bucket = policy('//storage.googleapis.com/open', 'roles/storage.objectViewer', 'allUsers')
  expect(await remedies(gcpAnalyzer, [bucket], 'public-access')).toEqual([
    'gcloud storage buckets remove-iam-policy-binding gs://open --member=allUsers --role=roles/storage.objectViewer --condition=None',
  ])
})

it('takes a person out of the group that makes them one', async () => {
  const exports: readonly Exported[] = [
    {
      kind: 'gcp.iam-policies',
      rows: [
        {
          resource: `${CRM}projects/p`,
          policy: { bindings: [{ role: 'roles/owner', members: ['group:outer@b.c'] }] },
        },
      ],
    },
    {
      kind: 'gcp.group-memberships',
      parameters: { group: 'outer@b.c' },
      rows: [{ type: 'GROUP', preferredMemberKey: { id: 'inner@b.c' } }],
    },
    {
      kind: 'gcp.group-memberships',
      parameters: { group: 'inner@b.c' },
      rows: [{ type: 'USER', preferredMemberKey: { id: 'a@b.c' } }],
    },
  ]
  expect(await remedies(gcpAnalyzer, exports, 'administrator')).toEqual([
    'gcloud identity groups memberships delete --group-email=inner@b.c --member-email=a@b.c',
  ])
})

it('deletes assignments of Azure and of the directory by their id', async () => {
  const [user, owner] = ['00000000-0000-0000-0000-000000000001', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635']
  const id = '/subscriptions/s1/providers/Microsoft.Authorization/roleAssignments/x'
  const assignment = {
    principalId: user,
    principalType: 'User',
    roleDefinitionId: `/x/${owner}`,
    scope: '/subscriptions/s1',
  }
  const exports = (row: object): Exported[] => [
    { kind: 'azure.role-assignments', rows: [{ ...assignment, ...row }] },
  ]
  expect(await remedies(azureAnalyzer, exports({ id }), 'administrator')).toEqual([
    `az role assignment delete --ids ${id.toLowerCase()}`,
  ])
  expect(await remedies(azureAnalyzer, exports({}), 'administrator')).toEqual([
    `az role assignment delete --assignee ${user} --role ${owner} --scope /subscriptions/s1`,
  ])
  const directory: Exported = {
    kind: 'azure.directory-role-assignments',
    rows: [
      {
        id: 'r',
        principalId: user,
        roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10',
        directoryScopeId: '/',
      },
    ],
  }
  expect(await remedies(azureAnalyzer, [directory], 'administrator')).toEqual([
    'az rest --method DELETE --url https://graph.microsoft.com/v1.0/roleManagement/directory/roleAssignments/r',
  ])
})
