import { accountNamed } from '../aws/accounts.ts'
import type { AwsAccount } from '../aws/accounts.ts'
import { roleArn } from '../aws/details.ts'
import type { RoleWish } from '../aws/details.ts'
import { allow, document, trustPrincipals, trustService } from '../aws/policy-document.ts'

/** The ordinary mess: roles with one bad habit each. None of them is in an account on the way to payroll. */
type MessyRole = { readonly account: string; readonly role: RoleWish }

const dev = accountNamed('product-dev')
const dataDev = accountNamed('data-dev')

/** Production trusts development: three times. */
const CROSS_ENVIRONMENT: readonly MessyRole[] = [
  {
    account: 'web-prod',
    role: {
      name: 'smoke-test-target',
      trust: trustPrincipals(roleArn(dev, 'e2e-runner')),
      inline: { smoke: document(allow('Smoke', ['ecs:DescribeServices', 'dynamodb:Scan'])) },
      tags: { team: 'web', env: 'prod' },
    },
  },
  {
    account: 'product-dev',
    role: {
      name: 'e2e-runner',
      trust: trustService('ecs-tasks.amazonaws.com'),
      inline: {
        run: document(allow('Run', 'sts:AssumeRole', roleArn(accountNamed('web-prod'), 'smoke-test-target'))),
      },
      tags: { team: 'web', env: 'dev' },
    },
  },
  {
    account: 'data-prod',
    role: {
      name: 'lake-replay',
      trust: trustPrincipals(roleArn(dataDev, 'notebook')),
      inline: {
        replay: document(allow('Replay', ['s3:GetObject', 's3:ListBucket'], 'arn:aws:s3:::lumenly-lake-*')),
      },
      tags: { team: 'data-platform', env: 'prod' },
    },
  },
  {
    account: 'data-dev',
    role: {
      name: 'notebook',
      trust: trustService('sagemaker.amazonaws.com'),
      inline: {
        replay: document(
          allow('Replay', 'sts:AssumeRole', roleArn(accountNamed('data-prod'), 'lake-replay')),
        ),
      },
      tags: { team: 'data-platform', env: 'dev' },
    },
  },
  {
    account: 'search-prod',
    role: {
      name: 'index-seeder',
      trust: trustPrincipals(`arn:aws:iam::${dev.id}:root`),
      inline: { seed: document(allow('Seed', ['es:ESHttpPost', 'es:ESHttpGet'])) },
      tags: { team: 'search', env: 'prod' },
    },
  },
]

/** PassRole on every role: three in week 1, and `release-deployer` joins in week 2. */
const WILDCARD_PASS_ROLE: readonly MessyRole[] = [
  {
    account: 'data-prod',
    role: {
      name: 'batch-submitter',
      trust: trustService('states.amazonaws.com'),
      inline: {
        submit: document(allow('Submit', ['batch:SubmitJob', 'batch:RegisterJobDefinition', 'iam:PassRole'])),
      },
      tags: { team: 'data-platform', env: 'prod' },
    },
  },
  {
    account: 'data-dev',
    role: {
      name: 'stack-deployer',
      trust: trustService('cloudformation.amazonaws.com'),
      inline: { stacks: document(allow('Stacks', ['cloudformation:*', 's3:*', 'lambda:*', 'iam:PassRole'])) },
      tags: { team: 'data-platform', env: 'dev' },
    },
  },
  {
    account: 'product-dev',
    role: {
      name: 'preview-environments',
      trust: trustService('codebuild.amazonaws.com'),
      inline: { preview: document(allow('Preview', ['ecs:*', 'iam:PassRole'])) },
      tags: { team: 'web', env: 'dev' },
    },
  },
]

/** Privileged and forgotten: nobody used them for a year. */
const UNUSED_PRIVILEGED: readonly MessyRole[] = [
  {
    account: 'ledger-prod',
    role: {
      name: 'ledger-migration-2024',
      trust: trustService('ec2.amazonaws.com'),
      managed: ['AdministratorAccess'],
      tags: { team: 'ledger', env: 'prod' },
      lastUsedDays: 391,
    },
  },
  {
    account: 'web-prod',
    role: {
      name: 'terraform-bootstrap',
      trust: trustService('codebuild.amazonaws.com'),
      managed: ['AdministratorAccess'],
      tags: { team: 'web', env: 'prod' },
      lastUsedDays: null,
    },
  },
  {
    account: 'data-dev',
    role: {
      name: 'glue-experiments',
      trust: trustService('glue.amazonaws.com'),
      inline: {
        everything: document({
          Sid: 'AllButIdentity',
          Effect: 'Allow',
          NotAction: ['iam:*', 'organizations:*', 'account:*'],
          Resource: '*',
        }),
      },
      tags: { team: 'data-platform', env: 'dev' },
      lastUsedDays: 377,
    },
  },
]

const MESSY: readonly MessyRole[] = [...CROSS_ENVIRONMENT, ...WILDCARD_PASS_ROLE, ...UNUSED_PRIVILEGED]

export function messyRoles(account: AwsAccount): RoleWish[] {
  return MESSY.filter((each) => each.account === account.name).map((each) => each.role)
}
