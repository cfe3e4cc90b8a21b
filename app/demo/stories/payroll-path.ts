import { accountNamed } from '../aws/accounts.ts'
import type { AwsAccount } from '../aws/accounts.ts'
import { roleArn } from '../aws/details.ts'
import type { RoleWish } from '../aws/details.ts'
import { reservedRoleArn } from '../aws/permission-sets.ts'
import { allow, document, trustPrincipals, trustService } from '../aws/policy-document.ts'
import { COMPANY } from '../company/company.ts'
import type { Week } from '../demo-file.ts'

/** The crown jewel: what payroll hands to the bank. */
export const PAYROLL_BUCKET = 'lumenly-payroll-exports'

const tooling = accountNamed('tooling')
const platform = accountNamed('platform-prod')

/** The roles of story S1, in the order of the path. */
export const PAYROLL_PATH = {
  ci: roleArn(tooling, 'ci-deploy-tools'),
  deployer: roleArn(platform, 'release-deployer'),
  organizationAdministrator: roleArn(platform, 'org-administrator'),
  payrollAdministrator: roleArn(accountNamed('payroll-prod'), 'OrganizationAdministrator'),
  bucket: `arn:aws:s3:::${PAYROLL_BUCKET}`,
} as const

/** Accounts that the landing zone administers so far. */
const ADMINISTERED = ['management', 'payments-prod', 'payroll-prod', 'ledger-prod']

/** The GitHub provider of an account. */
export function githubProvider(account: AwsAccount): string {
  return `arn:aws:iam::${account.id}:oidc-provider/token.actions.githubusercontent.com`
}

/** Trusts every branch, tag and pull request of deploy-tools (the mistake), and the release engineers. */
function ciRole(): RoleWish {
  return {
    name: 'ci-deploy-tools',
    trust: document(
      {
        Sid: 'GitHubActions',
        Effect: 'Allow',
        Principal: { Federated: githubProvider(tooling) },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
          StringLike: {
            'token.actions.githubusercontent.com:sub': `repo:${COMPANY.githubOrganization}/deploy-tools:*`,
          },
        },
      },
      {
        Sid: 'ReleaseEngineers',
        Effect: 'Allow',
        Principal: { AWS: reservedRoleArn('ReleaseEngineer', tooling) },
        Action: 'sts:AssumeRole',
      },
    ),
    inline: {
      'assume-deployers': document(allow('AssumeReleaseDeployer', 'sts:AssumeRole', PAYROLL_PATH.deployer)),
      'read-artifacts': document(
        allow('Artifacts', ['s3:GetObject'], `arn:aws:s3:::${COMPANY.slug}-build-artifacts/*`),
      ),
    },
    tags: { team: 'platform', env: 'prod' },
    lastUsedDays: 0,
  }
}

/** Week 2 widens PassRole from the release roles to every role: the last missing link. */
function deployerRole(week: Week): RoleWish {
  const passable = week === 1 ? roleArn(platform, '*', '/release/') : '*'
  return {
    name: 'release-deployer',
    trust: trustPrincipals(PAYROLL_PATH.ci),
    inline: {
      'release-functions': document(
        allow(
          'DeployFunctions',
          ['lambda:CreateFunction', 'lambda:GetFunction', 'lambda:InvokeFunction', 'lambda:ListFunctions'],
          '*',
        ),
        allow('PassReleaseRoles', 'iam:PassRole', passable),
      ),
    },
    tags: { team: 'platform', env: 'prod' },
    lastUsedDays: 1,
  }
}

/** The role of the account-vending function: it may become administrator of every administered account. */
function organizationAdministrator(): RoleWish {
  return {
    name: 'org-administrator',
    trust: trustService('lambda.amazonaws.com'),
    managed: ['AWSLambdaBasicExecutionRole'],
    inline: {
      'administer-accounts': document(
        allow('Administer', 'sts:AssumeRole', 'arn:aws:iam::*:role/OrganizationAdministrator'),
        allow('Organization', [
          'organizations:Describe*',
          'organizations:List*',
          'organizations:CreateAccount',
        ]),
      ),
    },
    tags: { team: 'platform', env: 'prod' },
    lastUsedDays: 2,
  }
}

/** A harmless role that the deployer is meant to pass. */
function releaseNotifier(): RoleWish {
  return {
    name: 'release-notifier',
    path: '/release/',
    trust: trustService('lambda.amazonaws.com'),
    managed: ['AWSLambdaBasicExecutionRole'],
    inline: {
      notify: document(allow('Notify', 'sns:Publish', `arn:aws:sns:eu-west-1:${platform.id}:releases`)),
    },
    tags: { team: 'platform', env: 'prod' },
  }
}

/** Roles that story S1 puts into the account. */
export function payrollPathRoles(account: AwsAccount, week: Week): RoleWish[] {
  const roles: RoleWish[] = []
  if (account === tooling) roles.push(ciRole())
  if (account === platform) roles.push(deployerRole(week), organizationAdministrator(), releaseNotifier())
  if (ADMINISTERED.includes(account.name)) {
    roles.push({
      name: 'OrganizationAdministrator',
      trust: trustPrincipals(PAYROLL_PATH.organizationAdministrator),
      managed: ['AdministratorAccess'],
      tags: { team: 'platform', env: 'prod' },
      lastUsedDays: 2,
    })
  }
  return roles
}
