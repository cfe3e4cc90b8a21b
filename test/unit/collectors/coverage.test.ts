import { expect, it } from 'vitest'
import type { Cloud } from '../../../graph/index.ts'
import { file, importing } from './importing.ts'

const A = '111122223333'
const B = '444455556666'
const trust = { Statement: [] }
const details = (account: string, roles: readonly string[] = []) =>
  file(`${account}.json`, {
    UserDetailList: [{ UserName: 'dana', Arn: `arn:aws:iam::${account}:user/dana` }],
    RoleDetailList: roles.map((path) => ({
      RoleName: 'x',
      Arn: `arn:aws:iam::${account}:role/${path}`,
      AssumeRolePolicyDocument: trust,
    })),
  })
const calls = (...lines: readonly (readonly [string, object, object])[]) =>
  file(
    'calls.jsonl',
    lines.map(([call, parameters, response]) => JSON.stringify({ call, parameters, response })).join('\n'),
  )
const policy = (type: string) =>
  file(`${type}.json`, {
    Policy: {
      PolicySummary: { Id: `p-${type}`, Type: type, AwsManaged: false },
      Content: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }),
    },
  })

async function missing(files: Parameters<typeof importing>[0], cloud: Cloud = 'aws'): Promise<string[]> {
  const { gaps } = await importing(files)
  return gaps.filter((gap) => gap.cloud === cloud).map(({ kind, scope, what }) => `${kind} ${scope} ${what}`)
}

it('one account alone misses what stands around it', async () => {
  expect(await missing([details(A)])).toEqual([
    `not-collected ${A} service-control-policies`,
    `not-collected ${A} resource-control-policies`,
    `not-collected ${A} resource-policies`,
    `not-collected ${A} credential-report`,
  ])
})

it('control policies are known when accounts are placed, policies described, and targets listed', async () => {
  const placed = [
    'organizations:ListAccountsForParent',
    { ParentId: 'r-1' },
    { Accounts: [{ Id: A }] },
  ] as const
  const targets = [
    'organizations:ListTargetsForPolicy',
    { PolicyId: 'p-1' },
    { Targets: [{ TargetId: 'r-1', Type: 'ROOT' }] },
  ] as const
  const known = [details(A), calls(placed, targets), policy('SERVICE_CONTROL_POLICY')]
  expect(await missing(known)).not.toContain(`not-collected ${A} service-control-policies`)
  expect(await missing(known)).toContain(`not-collected ${A} resource-control-policies`)
  expect(await missing([...known, policy('RESOURCE_CONTROL_POLICY')])).not.toContain(
    `not-collected ${A} resource-control-policies`,
  )
  const disabled = file('roots.json', { Roots: [{ Id: 'r-1', PolicyTypes: [] }] })
  expect(await missing([...known, disabled])).not.toContain(`not-collected ${A} resource-control-policies`)
  expect(await missing([details(A), calls(placed, targets)])).toContain(
    `not-collected ${A} service-control-policies`,
  )
  expect(await missing([details(A), calls(placed), policy('SERVICE_CONTROL_POLICY')])).toContain(
    `not-collected ${A} service-control-policies`,
  )
})

it('an account of the organization whose details are missing, unless it is being closed', async () => {
  const accounts = file('accounts.json', {
    Accounts: [
      { Id: A, Email: 'a@example.com', Status: 'ACTIVE' },
      { Id: B, Email: 'b@example.com', Status: 'ACTIVE' },
      { Id: '777788889999', Email: 'c@example.com', Status: 'SUSPENDED' },
    ],
  })
  const found = await missing([details(A), accounts])
  expect(found.filter((gap) => gap.endsWith('account-authorization-details'))).toEqual([
    `not-collected ${B} account-authorization-details`,
  ])
})

it('resource policies of one account say nothing of another', async () => {
  const queue = file('queue.jsonl', {
    arn: `arn:aws:sqs:eu-west-1:${A}:jobs`,
    type: 'sqs:queue',
    policy: { Statement: [] },
  })
  const found = await missing([details(A), details(B), queue])
  expect(found).not.toContain(`not-collected ${A} resource-policies`)
  expect(found).toContain(`not-collected ${B} resource-policies`)
})

it('roles of Identity Center ask for assignments and people', async () => {
  const entered = details(A, ['aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef'])
  expect(await missing([entered])).toEqual(
    expect.arrayContaining([
      `not-collected ${A} identity-center-assignments`,
      `not-collected ${A} identity-center-members`,
    ]),
  )
  const assignments = file('assignments.json', {
    AccountAssignments: [
      {
        AccountId: A,
        PermissionSetArn: 'arn:aws:sso:::permissionSet/1/2',
        PrincipalType: 'USER',
        PrincipalId: '1',
      },
    ],
  })
  expect(await missing([entered, assignments])).not.toContain(
    `not-collected ${A} identity-center-assignments`,
  )
})

it('a listing that goes on is a gap', async () => {
  const page = file('page.json', {
    UserDetailList: [{ UserName: 'a', Arn: `arn:aws:iam::${A}:user/a` }],
    IsTruncated: true,
    Marker: 'x',
  })
  expect(await missing([page])).toContain(`truncated ${A} account-authorization-details`)
  const accounts = file('accounts.json', { Accounts: [{ Id: A, Email: 'a@example.com' }], NextToken: 'x' })
  expect(await missing([accounts])).toContain('truncated * service-control-policies')
})

it('a cloud of which nothing was given misses nothing', async () => {
  expect(await missing([details(A)], 'gcp')).toEqual([])
  expect(await missing([details(A)], 'azure')).toEqual([])
})

it('GCP and Azure miss what their answers need', async () => {
  const gcp = file('policies.json', [
    {
      resource: '//cloudresourcemanager.googleapis.com/projects/p',
      policy: { bindings: [] },
      assetType: 'cloudresourcemanager.googleapis.com/Project',
    },
  ])
  expect(await missing([gcp], 'gcp')).toEqual([
    'not-collected * role-definitions',
    'not-collected * group-memberships',
    'not-collected * hierarchy',
    'not-collected * deny-policies',
  ])
  const azure = file('subscriptions.json', [
    {
      id: '11111111-2222-3333-4444-555555555555',
      name: 'prod',
      tenantId: '11111111-2222-3333-4444-555555555556',
      state: 'Enabled',
      cloudName: 'AzureCloud',
      isDefault: true,
    },
  ])
  expect(await missing([azure], 'azure')).toEqual(['not-collected * role-assignments'])
})

it('role assignments on a subscription itself and nowhere else may be a listing without --all', async () => {
  const sub = '11111111-2222-3333-4444-555555555555'
  const other = '21111111-2222-3333-4444-555555555555'
  const on = (scope: string, subscription = sub) => ({
    id: `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/roleAssignments/${scope.length}-${subscription}`,
    type: 'Microsoft.Authorization/roleAssignments',
    scope,
    principalId: '00000101-0000-4000-8000-000000000000',
    roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/x`,
  })
  const itself = on(`/subscriptions/${sub}`)
  const gap = `not-collected ${sub} role-assignments`
  const found = async (...files: readonly (readonly object[])[]) =>
    (
      await missing(
        files.map((rows, i) => file(`${i}.json`, rows)),
        'azure',
      )
    ).filter((row) => row.endsWith(' role-assignments'))
  expect(await found([itself])).toEqual([gap])
  expect(await found([itself, on(`/subscriptions/${other}`, other)])).toEqual([
    gap,
    `not-collected ${other} role-assignments`,
  ])
  for (const beyond of [
    '/',
    '/providers/Microsoft.Management/managementGroups/acme',
    `/subscriptions/${sub}/resourceGroups/rg`,
  ]) {
    expect(await found([itself, on(beyond)])).toEqual([])
    expect(await found([itself], [on(beyond)])).toEqual([])
  }
  expect(await found([itself], [on('/', other)])).toEqual([gap])
  // The REST interface has no such narrow listing.
  const { id, type, ...properties } = itself
  expect(await found([{ id, type, properties }])).toEqual([])
})

it('application permissions that nobody listed are missing, an empty listing of them is none', async () => {
  const assignments = file('assignments.json', [
    {
      id: '/providers/Microsoft.Authorization/roleAssignments/x',
      type: 'Microsoft.Authorization/roleAssignments',
      scope: '/',
      principalId: '00000101-0000-4000-8000-000000000000',
      roleDefinitionId: '/providers/Microsoft.Authorization/roleDefinitions/x',
    },
  ])
  const url =
    "https://graph.microsoft.com/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')/appRoleAssignedTo"
  const asked = (answer: object) =>
    file('asked.jsonl', JSON.stringify({ call: `GET ${url}`, parameters: {}, ...answer }))
  const about = async (...files: Parameters<typeof importing>[0]) =>
    (await missing(files, 'azure')).filter((row) => row.endsWith(' app-role-assignments'))
  const applications = file('applications.json', [
    {
      id: '00000201-0000-4000-8000-000000000000',
      appId: '00000202-0000-4000-8000-000000000000',
      signInAudience: 'AzureADMyOrg',
    },
  ])
  expect(await about(assignments)).toEqual(['not-collected * app-role-assignments'])
  expect(await about(applications)).toEqual(['not-collected * app-role-assignments'])
  expect(await about(assignments, asked({ response: { value: [] } }))).toEqual([])
  const error = 'ERROR: Insufficient privileges to complete the operation.'
  expect(await about(assignments, asked({ error }))).toEqual(['refused * app-role-assignments'])
})

it('Lighthouse registrations that a subscription or an assignment tells of and nothing brings are a gap', async () => {
  const id = '11111111-2222-3333-4444-555555555555'
  const at = `/subscriptions/${id}/providers/Microsoft.ManagedServices`
  const subscription = { id: `/subscriptions/${id}`, subscriptionId: id, displayName: 'x', state: 'Enabled' }
  const managed = file('s.json', [{ ...subscription, managedByTenants: [{ tenantId: 'other' }] }])
  const needed = `${at}/registrationDefinitions/d`
  const assignment = file('a.json', [
    { id: `${at}/registrationAssignments/a`, properties: { registrationDefinitionId: needed } },
  ])
  const definition = file('d.json', [
    { id: needed.toUpperCase(), properties: { managedByTenantId: 'other', authorizations: [] } },
  ])
  const gaps = async (files: Parameters<typeof importing>[0]): Promise<string[]> =>
    (await importing(files)).gaps.filter(({ what }) => what === 'delegations').map(({ scope }) => scope)
  expect(await gaps([managed])).toEqual([id])
  expect(await gaps([managed, assignment])).toEqual([needed.toLowerCase()])
  expect(await gaps([managed, assignment, definition])).toEqual([])
})
