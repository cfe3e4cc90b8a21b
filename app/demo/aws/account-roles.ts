import { applicationsIn } from '../company/applications.ts'
import { COMPANY } from '../company/company.ts'
import { hex } from '../identifiers.ts'
import { githubProvider } from '../stories/payroll-path.ts'
import { ACCOUNTS, accountNamed } from './accounts.ts'
import type { AwsAccount } from './accounts.ts'
import { assignments } from './assignments.ts'
import { roleArn } from './details.ts'
import type { RoleWish } from './details.ts'
import { PERMISSION_SETS, RESERVED_PATH, reservedRoleName } from './permission-sets.ts'
import { allow, document, trustPrincipals, trustService } from './policy-document.ts'
import type { PolicyDocument } from './policy-document.ts'

function samlTrust(account: AwsAccount): PolicyDocument {
  const provider = `AWSSSO_${hex(`saml/${account.id}`, 16)}_DO_NOT_DELETE`
  return document({
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::${account.id}:saml-provider/${provider}` },
    Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
    Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
  })
}

/** The roles that Identity Center made for the permission sets assigned in the account. */
function reservedRoles(account: AwsAccount): RoleWish[] {
  const here = new Set(
    assignments().flatMap((each) => (each.account === account.name ? [each.permissionSet] : [])),
  )
  return PERMISSION_SETS.filter((set) => here.has(set.name)).map((set) => ({
    name: reservedRoleName(set.name, account),
    path: RESERVED_PATH,
    trust: samlTrust(account),
    managed: set.managed,
    ...(set.inline === undefined ? {} : { inline: { AwsSSOInlinePolicy: set.inline } }),
  }))
}

/** Roles that every account has. */
function baselineRoles(): RoleWish[] {
  const serviceRole = (service: string, name: string, managed: string): RoleWish => ({
    name,
    path: `/aws-service-role/${service}/`,
    trust: trustService(service),
    managed: [managed],
  })
  return [
    serviceRole(
      'organizations.amazonaws.com',
      'AWSServiceRoleForOrganizations',
      'AWSOrganizationsServiceTrustPolicy',
    ),
    serviceRole('sso.amazonaws.com', 'AWSServiceRoleForSSO', 'AWSSSOServiceRolePolicy'),
    {
      name: 'security-audit',
      trust: trustPrincipals(roleArn(accountNamed('security-tooling'), 'posture-scanner')),
      managed: ['SecurityAudit'],
      tags: { team: 'security' },
    },
    {
      name: 'config-recorder',
      trust: trustService('config.amazonaws.com'),
      inline: {
        deliver: document(
          allow('Deliver', 's3:PutObject', 'arn:aws:s3:::lumenly-config-archive/*', {
            StringLike: { 's3:x-amz-acl': 'bucket-owner-full-control' },
          }),
        ),
      },
      tags: { team: 'security' },
    },
  ]
}

/** One CI role per repository, each bound to the production environment of exactly that repository. */
function ciRoles(): RoleWish[] {
  const tooling = accountNamed('tooling')
  return applicationsIn('aws').map((application) => ({
    name: `ci-${application.name}`,
    trust: document({
      Effect: 'Allow',
      Principal: { Federated: githubProvider(tooling) },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': `repo:${COMPANY.githubOrganization}/${application.name}:environment:production`,
        },
      },
    }),
    inline: {
      deploy: document(
        allow(
          'AssumeDeployers',
          'sts:AssumeRole',
          ACCOUNTS.filter((account) => account.teams.includes(application.team)).map((account) =>
            roleArn(account, `${application.name}-deploy`),
          ),
        ),
      ),
    },
    tags: { team: application.team, env: 'prod' },
  }))
}

/** Roles that only one account has. */
const SPECIAL: Readonly<Record<string, () => RoleWish[]>> = {
  tooling: ciRoles,
  'security-tooling': () => [
    {
      name: 'posture-scanner',
      trust: trustService('ecs-tasks.amazonaws.com'),
      inline: { scan: document(allow('Scan', 'sts:AssumeRole', 'arn:aws:iam::*:role/security-audit')) },
      tags: { team: 'security', env: 'prod' },
    },
  ],
  'log-archive': () => [
    {
      name: 'log-shipper',
      trust: trustService('firehose.amazonaws.com'),
      inline: { ship: document(allow('Ship', ['s3:PutObject'], 'arn:aws:s3:::lumenly-log-archive/*')) },
      tags: { team: 'security', env: 'prod' },
    },
  ],
}

export function accountRoles(account: AwsAccount): RoleWish[] {
  return [...baselineRoles(), ...(SPECIAL[account.name]?.() ?? []), ...reservedRoles(account)]
}
