import { isObject, type Json, ownString } from '../../../graph/index.ts'
import { type After, at, type Call, each } from './call.ts'
import { IAM } from './services.ts'

const DETAILS = 'iam:GetAccountAuthorizationDetails'
const REPORT = 'iam:GetCredentialReport'
const GONE = ['NoSuchEntity', 'NoSuchEntityException']
const account = { service: IAM, place: 'account', yields: 'aws.answers' } as const

/**
 * Boundaries that the details leave out: they list managed policies that are attached, not those that only bound.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
const boundaries: After = {
  call: DETAILS,
  each: 'each boundary whose document is not there',
  targets(pages) {
    const known = new Set(pages.flatMap((page) => [...at(page, 'Policies[].Arn')]))
    const missing = new Set<Json>()
    for (const list of ['UserDetailList', 'RoleDetailList']) {
      for (const page of pages) {
        for (const arn of at(page, `${list}[].PermissionsBoundary.PermissionsBoundaryArn`)) {
          if (!known.has(arn)) missing.add(arn)
        }
      }
    }
    return [...missing].map((arn) => ({ parameters: { PolicyArn: arn } }))
  },
}

const isOwn = (item: Json) =>
  !(isObject(item) ? (ownString(item, 'Path') ?? '') : '').startsWith('/aws-service-role/')

const users = each(DETAILS, 'UserDetailList', { UserName: 'UserName' })
/** Asked when the credential report, which says the same in one call, is refused. */
const credentials = { ...account, gap: 'credential-report', insteadOf: REPORT, absent: GONE } as const

export const IAM_CALLS: readonly Call[] = [
  {
    ...account,
    operation: 'GetAccountAuthorizationDetails',
    actions: ['iam:GetAccountAuthorizationDetails'],
    parameters: { MaxItems: 1000 },
    pages: 'Marker',
    yields: 'aws.account-authorization-details',
    gap: 'account-authorization-details',
  },
  {
    ...account,
    operation: 'GetPolicy',
    actions: ['iam:GetPolicy'],
    after: [boundaries],
    gap: 'account-authorization-details',
    absent: GONE,
  },
  {
    ...account,
    operation: 'GetPolicyVersion',
    actions: ['iam:GetPolicyVersion'],
    after: [each('iam:GetPolicy', 'Policy', { PolicyArn: 'Arn', VersionId: 'DefaultVersionId' })],
    gap: 'account-authorization-details',
    absent: GONE,
  },
  {
    ...account,
    operation: 'GetCredentialReport',
    actions: ['iam:GenerateCredentialReport', 'iam:GetCredentialReport'],
    job: { start: 'GenerateCredentialReport', done: ['State', 'COMPLETE'] },
    yields: 'aws.credential-report',
    gap: 'credential-report',
    bare: true,
  },
  {
    ...credentials,
    operation: 'ListAccessKeys',
    actions: ['iam:ListAccessKeys'],
    after: [users],
    pages: 'Marker',
  },
  {
    ...credentials,
    operation: 'GetAccessKeyLastUsed',
    actions: ['iam:GetAccessKeyLastUsed'],
    after: [each('iam:ListAccessKeys', 'AccessKeyMetadata', { AccessKeyId: 'AccessKeyId' })],
  },
  { ...credentials, operation: 'GetLoginProfile', actions: ['iam:GetLoginProfile'], after: [users] },
  {
    ...credentials,
    operation: 'ListMFADevices',
    actions: ['iam:ListMFADevices'],
    after: [users],
    pages: 'Marker',
  },
  {
    ...account,
    operation: 'ListInstanceProfiles',
    actions: ['iam:ListInstanceProfiles'],
    pages: 'Marker',
    gap: 'workloads',
  },
  {
    ...account,
    operation: 'ListOpenIDConnectProviders',
    actions: ['iam:ListOpenIDConnectProviders'],
    gap: 'identity-providers',
  },
  {
    ...account,
    operation: 'GetOpenIDConnectProvider',
    actions: ['iam:GetOpenIDConnectProvider'],
    after: [
      each('iam:ListOpenIDConnectProviders', 'OpenIDConnectProviderList', {
        OpenIDConnectProviderArn: 'Arn',
      }),
    ],
    gap: 'identity-providers',
    absent: GONE,
  },
  {
    ...account,
    operation: 'ListSAMLProviders',
    actions: ['iam:ListSAMLProviders'],
    gap: 'identity-providers',
  },
  {
    ...account,
    operation: 'GetServiceLastAccessedDetails',
    actions: ['iam:GenerateServiceLastAccessedDetails', 'iam:GetServiceLastAccessedDetails'],
    parameters: { Granularity: 'ACTION_LEVEL' },
    after: [
      each(DETAILS, 'UserDetailList', { Arn: 'Arn' }),
      each(DETAILS, 'RoleDetailList', { Arn: 'Arn' }, { only: isOwn }),
    ],
    job: { start: 'GenerateServiceLastAccessedDetails', id: 'JobId', done: ['JobStatus', 'COMPLETED'] },
    pages: 'Marker',
    yields: 'aws.usage',
    gap: 'usage',
    absent: GONE,
    // They differ from one run to the next.
    drop: ['JobCreationDate', 'JobCompletionDate'],
  },
]
