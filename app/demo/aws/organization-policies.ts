import { ORGANIZATION_ID } from './accounts.ts'
import type { UnitName } from './accounts.ts'
import { allow, deny, document } from './policy-document.ts'
import type { PolicyDocument } from './policy-document.ts'

/** A policy of the organization and where it is attached. */
export type OrganizationPolicy = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY'
  readonly awsManaged: boolean
  readonly document: PolicyDocument
  /** `everything` attaches it to the root, every unit and every account, as AWS does with its own. */
  readonly targets:
    'everything' | { readonly units: readonly UnitName[]; readonly accounts: readonly string[] }
}

const GLOBAL_SERVICES = [
  'account:*',
  'budgets:*',
  'ce:*',
  'cloudfront:*',
  'iam:*',
  'organizations:*',
  'route53:*',
  'sts:*',
  'support:*',
  'waf:*',
]

const AUDIT_TRAIL = [
  'cloudtrail:DeleteTrail',
  'cloudtrail:StopLogging',
  'cloudtrail:UpdateTrail',
  'config:DeleteConfigurationRecorder',
  'config:StopConfigurationRecorder',
  'guardduty:DeleteDetector',
  'guardduty:DisassociateFromAdministratorAccount',
]

const fullAccess: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
}
const rcpFullAccess: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
}

export const ORGANIZATION_POLICIES: readonly OrganizationPolicy[] = [
  {
    id: 'p-FullAWSAccess',
    name: 'FullAWSAccess',
    description: 'Allows access to every operation',
    type: 'SERVICE_CONTROL_POLICY',
    awsManaged: true,
    document: fullAccess,
    targets: 'everything',
  },
  {
    id: 'p-d3nyl34v',
    name: 'deny-leave-organization',
    description: 'No account leaves the organization on its own',
    type: 'SERVICE_CONTROL_POLICY',
    awsManaged: false,
    document: document(deny('DenyLeave', ['organizations:LeaveOrganization', 'account:CloseAccount'])),
    targets: { units: ['root'], accounts: [] },
  },
  {
    id: 'p-4ud1ttr1',
    name: 'protect-audit-trail',
    description: 'Only the organization administrator touches trails and recorders',
    type: 'SERVICE_CONTROL_POLICY',
    awsManaged: false,
    document: document(
      deny('ProtectAuditTrail', AUDIT_TRAIL, '*', {
        ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/OrganizationAdministrator'] },
      }),
    ),
    targets: { units: ['root'], accounts: [] },
  },
  {
    id: 'p-r3g10nsx',
    name: 'region-restriction',
    description: 'Outside production everything regional stays in two regions',
    type: 'SERVICE_CONTROL_POLICY',
    awsManaged: false,
    document: document({
      Sid: 'DenyOtherRegions',
      Effect: 'Deny',
      NotAction: GLOBAL_SERVICES,
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } },
    }),
    targets: { units: ['staging', 'dev', 'sandbox'], accounts: [] },
  },
  {
    id: 'p-n0us3rs1',
    name: 'no-new-iam-users',
    description: 'People come through Identity Center; the IAM users that exist are legacy',
    type: 'SERVICE_CONTROL_POLICY',
    awsManaged: false,
    document: document(
      deny('NoNewUsers', ['iam:CreateUser', 'iam:CreateLoginProfile', 'iam:CreateAccessKey']),
      deny('NoRootUser', '*', '*', { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } }),
    ),
    targets: { units: ['prod', 'infrastructure', 'security'], accounts: [] },
  },
  {
    id: 'p-s4ndb0x1',
    name: 'sandbox-guardrails',
    description: 'Sandboxes share nothing with the rest',
    type: 'SERVICE_CONTROL_POLICY',
    awsManaged: false,
    document: document(
      deny('NoPeering', ['ec2:AcceptVpcPeeringConnection', 'ec2:CreateVpcPeeringConnection', 'ram:*']),
      deny('NoLargeInstances', 'ec2:RunInstances', 'arn:aws:ec2:*:*:instance/*', {
        'ForAnyValue:StringNotLike': { 'ec2:InstanceType': ['t3.*', 't4g.*'] },
      }),
    ),
    targets: { units: ['sandbox'], accounts: [] },
  },
  {
    id: 'p-RCPFullAWSAccess',
    name: 'RCPFullAWSAccess',
    description: 'Allows access to every resource',
    type: 'RESOURCE_CONTROL_POLICY',
    awsManaged: true,
    document: rcpFullAccess,
    targets: 'everything',
  },
  {
    id: 'p-0rg1d3nt',
    name: 'organization-identities-only',
    description: 'Ledgers and logs are for identities of the organization',
    type: 'RESOURCE_CONTROL_POLICY',
    awsManaged: false,
    document: document({
      Sid: 'OnlyOurIdentities',
      Effect: 'Deny',
      Principal: '*',
      Action: ['s3:*', 'sqs:*', 'kms:Decrypt'],
      Resource: '*',
      Condition: {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION_ID },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    }),
    targets: { units: [], accounts: ['ledger-prod', 'log-archive'] },
  },
]

/** The boundary that roles made by developers must carry. */
export const DEVELOPER_BOUNDARY: PolicyDocument = document(
  allow('Services', ['s3:*', 'dynamodb:*', 'sqs:*', 'sns:*', 'lambda:*', 'logs:*', 'cloudwatch:*', 'ecs:*']),
  deny('NoIdentityChanges', ['iam:*', 'organizations:*', 'account:*']),
)
