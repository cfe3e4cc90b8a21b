import type { ApiEvidence } from '../../../app/server/api.ts'

const NOTHING: ApiEvidence = {
  says: '',
  rule: null,
  origin: null,
  command: null,
  line: null,
  pointer: null,
  excerpt: null,
  from: [],
}

/** A statement as it stands in an export. */
export function observed(
  says: string,
  at: { readonly origin: string; readonly line: number; readonly pointer: string; readonly command?: string },
  record: unknown,
  marked?: { readonly from: number; readonly to: number },
): ApiEvidence {
  const excerpt = JSON.stringify(record, null, 2)
  const place = { origin: at.origin, line: at.line, pointer: at.pointer, command: at.command ?? null }
  return { ...NOTHING, says, ...place, excerpt, ...(marked ? { marked } : {}) }
}

export function derived(rule: string, says: string, from: readonly ApiEvidence[]): ApiEvidence {
  return { ...NOTHING, says, rule, from }
}

const GAAD = 'aws iam get-account-authorization-details'

export const proofs = {
  trustGithub: observed(
    'The trust policy of ci-deploy admits every branch and tag of lumen/deploy',
    {
      origin: 'exports/platform-prod/gaad.json',
      line: 4182,
      pointer: '/RoleDetailList/17/AssumeRolePolicyDocument/Statement/0',
      command: GAAD,
    },
    {
      RoleName: 'ci-deploy',
      Arn: 'arn:aws:iam::310987654322:role/ci-deploy',
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: {
              Federated: 'arn:aws:iam::310987654322:oidc-provider/token.actions.githubusercontent.com',
            },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:lumen/deploy:*' } },
          },
        ],
      },
    },
    { from: 7, to: 18 },
  ),
  passRole: observed(
    'ci-deploy may pass any role to any service',
    {
      origin: 'exports/platform-prod/gaad.json',
      line: 4231,
      pointer: '/RoleDetailList/17/RolePolicyList/0/PolicyDocument/Statement/1',
      command: GAAD,
    },
    {
      PolicyName: 'deploy',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Artifacts',
            Effect: 'Allow',
            Action: ['s3:PutObject'],
            Resource: 'arn:aws:s3:::lumen-build-logs/*',
          },
          {
            Sid: 'Release',
            Effect: 'Allow',
            Action: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
            Resource: '*',
          },
        ],
      },
    },
    { from: 13, to: 22 },
  ),
  trustLambda: observed(
    'lambda-release-runner trusts the Lambda service',
    {
      origin: 'exports/platform-prod/gaad.json',
      line: 5120,
      pointer: '/RoleDetailList/31/AssumeRolePolicyDocument/Statement/0',
      command: GAAD,
    },
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ),
  assumeOrgAdmin: observed(
    'OrgAdmin trusts the whole platform account',
    {
      origin: 'exports/management/gaad.json',
      line: 911,
      pointer: '/RoleDetailList/4/AssumeRolePolicyDocument/Statement/0',
      command: GAAD,
    },
    { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::310987654322:root' }, Action: 'sts:AssumeRole' },
  ),
  memberAccess: observed(
    'Every account made by the organization has a role that its management account may assume',
    {
      origin: 'exports/people-systems/gaad.json',
      line: 77,
      pointer: '/RoleDetailList/0/AssumeRolePolicyDocument/Statement/0',
      command: GAAD,
    },
    { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::100000000001:root' }, Action: 'sts:AssumeRole' },
  ),
  administrator: observed(
    'AdministratorAccess allows every action on every resource',
    {
      origin: 'exports/people-systems/gaad.json',
      line: 96,
      pointer: '/Policies/2/PolicyVersionList/0/Document/Statement/0',
      command: GAAD,
    },
    { Effect: 'Allow', Action: '*', Resource: '*' },
  ),
  vendorTrust: observed(
    'vendor-monitoring trusts account 998877665544 without an external id',
    {
      origin: 'exports/payments-prod/gaad.json',
      line: 2210,
      pointer: '/RoleDetailList/9/AssumeRolePolicyDocument/Statement/0',
      command: GAAD,
    },
    {
      RoleName: 'vendor-monitoring',
      AssumeRolePolicyDocument: {
        Statement: [
          { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::998877665544:root' }, Action: 'sts:AssumeRole' },
        ],
      },
    },
    { from: 5, to: 11 },
  ),
  appOwner: observed(
    'Priya Raman owns the application reporting-sync',
    {
      origin: 'exports/entra/app-owners.json',
      line: 61,
      pointer: '/value/3',
      command: 'az ad app owner list --id 77c0',
    },
    { id: '77c0', displayName: 'reporting-sync', owners: ['4d2c'] },
  ),
  key: observed(
    'The key AKIA…7QXM of m.ferrante has been active for 411 days and was last used 203 days ago',
    {
      origin: 'exports/payments-prod/credential-report.csv',
      line: 48,
      pointer: '/47',
      command: 'aws iam get-credential-report',
    },
    {
      user: 'm.ferrante',
      access_key_1_active: 'true',
      access_key_1_last_rotated: '2025-10-07T09:14:00+00:00',
      mfa_active: 'false',
    },
    { from: 3, to: 4 },
  ),
}
