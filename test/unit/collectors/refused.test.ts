import { describe, expect, it } from 'vitest'
import type { Gap } from '../../../graph/index.ts'
import { file, importing, refusal } from './importing.ts'

const good = file('roots.json', { Roots: [{ Id: 'r-1', PolicyTypes: [] }] })

const CASES: readonly (readonly [is: string, said: unknown, gap: Partial<Gap>, says: RegExp])[] = [
  [
    'AWS, from the command line',
    '\nAn error occurred (AccessDenied) when calling the GetAccountAuthorizationDetails operation: User: arn:aws:sts::111122223333:assumed-role/export/me is not authorized to perform: iam:GetAccountAuthorizationDetails on resource: * because no identity-based policy allows it\n',
    { kind: 'refused', cloud: 'aws', scope: '111122223333', what: 'account-authorization-details' },
    /allow the exporter iam:GetAccountAuthorizationDetails/,
  ],
  [
    'AWS, an account that is not told',
    "aws: [ERROR]: An error occurred (AccessDeniedException) when calling the ListTargetsForPolicy operation: You don't have permissions to access this resource.",
    { kind: 'refused', cloud: 'aws', scope: '*', what: 'service-control-policies' },
    /aws organizations/,
  ],
  [
    'AWS, something else went wrong',
    'An error occurred (ReportNotPresent) when calling the GetCredentialReport operation: No report exists.',
    { kind: 'not-collected', cloud: 'aws', scope: '*', what: 'credential-report' },
    /generate-credential-report/,
  ],
  [
    'gcloud',
    "ERROR: (gcloud.asset.search-all-iam-policies) PERMISSION_DENIED: Permission 'cloudasset.assets.searchAllIamPolicies' denied on resource '//cloudresourcemanager.googleapis.com/organizations/123' (or it may not exist).",
    { kind: 'refused', cloud: 'gcp', scope: 'organizations/123', what: 'allow-policies' },
    /grant the exporter cloudasset\.assets\.searchAllIamPolicies/,
  ],
  [
    'gcloud, of a project',
    'ERROR: (gcloud.projects.get-iam-policy) User [dana@example.com] does not have permission to access projects instance [ledger-prod:getIamPolicy] (or it may not exist): The caller does not have permission',
    { kind: 'refused', cloud: 'gcp', scope: 'ledger-prod', what: 'allow-policies' },
    /gcloud projects get-iam-policy/,
  ],
  [
    "Google's JSON",
    { error: { code: 403, message: 'Permission denied on groups/abc', status: 'PERMISSION_DENIED' } },
    { kind: 'refused', cloud: 'gcp' },
    /./,
  ],
  [
    'az',
    "ERROR: (AuthorizationFailed) The client 'dana@example.com' with object id '1' does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/read' over scope '/subscriptions/0000-11' or the scope is invalid.\nCode: AuthorizationFailed",
    { kind: 'refused', cloud: 'azure', scope: '/subscriptions/0000-11', what: 'role-assignments' },
    /Microsoft\.Authorization\/roleAssignments\/read/,
  ],
  [
    'az, of the directory',
    'ERROR: Insufficient privileges to complete the operation.',
    { kind: 'refused', cloud: 'azure', scope: '*' },
    /Directory Readers/,
  ],
  [
    "Microsoft Graph's JSON",
    {
      error: {
        code: 'Authorization_RequestDenied',
        message: 'Insufficient privileges to complete the operation.',
      },
    },
    { kind: 'refused', cloud: 'azure', scope: '*' },
    /Directory Readers/,
  ],
]

describe('a call that was refused is a gap', () => {
  for (const [is, said, gap, remedy] of CASES) {
    it(is, async () => {
      const { gaps, taken, ignored } = await importing([good, file('answer.json', said)])
      expect(gaps).toContainEqual(expect.objectContaining(gap))
      expect(gaps[0]?.remedy).toMatch(remedy)
      expect(taken).toHaveLength(1)
      expect(ignored[0]?.why).toMatch(/^not an answer but an error, kept as a gap/)
    })
  }

  it('also inside a wrapper, beside answers', async () => {
    const { gaps, taken } = await importing([
      file(
        'calls.jsonl',
        [
          {
            call: 'organizations:ListAccountsForParent',
            parameters: { ParentId: 'r-1' },
            response: { Accounts: [] },
          },
          {
            call: 'organizations:ListAccountsForParent',
            parameters: { ParentId: 'ou-1' },
            error: 'AccessDeniedException',
          },
        ]
          .map((line) => JSON.stringify(line))
          .join('\n'),
      ),
    ])
    expect(taken).toEqual([expect.objectContaining({ kind: 'aws.accounts-for-parent' })])
    expect(gaps).toContainEqual(
      expect.objectContaining({ kind: 'refused', what: 'service-control-policies' }),
    )
  })

  it('an account without organization is an answer, not a gap', async () => {
    const { snapshot, gaps } = await importing([
      file('gaad.json', {
        UserDetailList: [{ UserName: 'dana', Arn: 'arn:aws:iam::111122223333:user/dana' }],
        RoleDetailList: [],
      }),
      file(
        'org.json',
        'An error occurred (AWSOrganizationsNotInUseException) when calling the DescribeOrganization operation: Your account is not a member of an organization.',
      ),
    ])
    expect(snapshot.sources[1]).toMatchObject({
      kind: 'aws.organization',
      rowsAt: '/Organization',
      rows: 1,
      scope: '111122223333',
    })
    expect(gaps.map(({ what }) => what)).toEqual(['resource-policies', 'credential-report'])
  })

  it('an answer that has an error beside it is an answer', async () => {
    const line = {
      call: 'az ad user list',
      parameters: {},
      response: [{ id: 'u1', userPrincipalName: 'dana@example.com' }],
      error: { code: 'AuthorizationFailed', message: 'of an earlier try' },
    }
    const { taken } = await importing([file('users.jsonl', line)])
    expect(taken.map(({ kind }) => kind)).toEqual(['azure.users'])
  })

  it('an import of refusals alone says so', async () => {
    const error = await refusal([file('a.txt', 'ERROR: Insufficient privileges to complete the operation.')])
    expect(error).toMatchObject({ code: 'INPUT_UNRECOGNISED' })
    expect(error.message).toContain('not an answer but an error')
  })
})
