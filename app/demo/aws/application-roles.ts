import type { Application } from '../company/applications.ts'
import { drawsOf } from '../random.ts'
import { accountNamed, applicationsOf } from './accounts.ts'
import type { AwsAccount } from './accounts.ts'
import { roleArn } from './details.ts'
import type { RoleWish } from './details.ts'
import { allow, deny, document, trustPrincipals, trustService } from './policy-document.ts'
import type { PolicyDocument } from './policy-document.ts'
import { resourcesOf } from './resource-names.ts'

/** The boundary of development accounts. */
export function developerBoundaryArn(account: AwsAccount): string {
  return `arn:aws:iam::${account.id}:policy/developer-boundary`
}

/** What the application does at run time: its own bucket, table, queue and secret. */
function taskPolicy(application: Application, account: AwsAccount): PolicyDocument {
  const own = resourcesOf(application, account)
  const statements = [
    allow('Objects', ['s3:GetObject', 's3:PutObject'], `${own.bucket}/*`),
    allow(
      'Table',
      ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      own.table,
    ),
    allow('Queue', ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:SendMessage'], own.queue),
    allow('Secret', 'secretsmanager:GetSecretValue', own.secret),
  ]
  if (application.classification === 'restricted') {
    statements.push(
      deny('NoPlaintext', 's3:*', [own.bucket, `${own.bucket}/*`], {
        Bool: { 'aws:SecureTransport': 'false' },
      }),
    )
  }
  return document(...statements)
}

function workerPolicy(application: Application, account: AwsAccount): PolicyDocument {
  const own = resourcesOf(application, account)
  // an ordinary shortcut: the whole service on the own resource
  const sloppy = drawsOf(`sloppy/${application.name}/${account.id}`).chance(0.2)
  return document(
    allow(
      'Queue',
      sloppy ? 'sqs:*' : ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      own.queue,
    ),
    allow('Notify', 'sns:Publish', own.topic),
  )
}

function deployPolicy(application: Application, account: AwsAccount): PolicyDocument {
  const own = resourcesOf(application, account)
  return document(
    allow('Service', ['ecs:UpdateService', 'ecs:DescribeServices'], own.service),
    allow('Tasks', ['ecs:RegisterTaskDefinition', 'ecs:DescribeTaskDefinition']),
    allow('Worker', ['lambda:UpdateFunctionCode', 'lambda:GetFunction'], own.worker),
    allow('PassOwnRoles', 'iam:PassRole', [roleArn(account, `${application.name}-task`)], {
      StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
    }),
  )
}

/** The roles of one application in one account: run, work in the background, be deployed. */
function rolesOf(application: Application, account: AwsAccount): RoleWish[] {
  const tags = { team: application.team, env: account.environment, app: application.name }
  const boundary = account.environment === 'dev' ? { boundary: developerBoundaryArn(account) } : {}
  const { name } = application
  return [
    {
      name: `${name}-task`,
      trust: trustService('ecs-tasks.amazonaws.com'),
      inline: { [`${name}-data`]: taskPolicy(application, account) },
      tags,
      ...boundary,
    },
    {
      name: `${name}-worker`,
      trust: trustService('lambda.amazonaws.com'),
      managed: ['AWSLambdaBasicExecutionRole'],
      inline: { [`${name}-events`]: workerPolicy(application, account) },
      tags,
      ...boundary,
    },
    {
      name: `${name}-deploy`,
      trust: trustPrincipals(roleArn(accountNamed('tooling'), `ci-${name}`)),
      inline: { deploy: deployPolicy(application, account) },
      tags,
    },
  ]
}

export function applicationRoles(account: AwsAccount): RoleWish[] {
  return applicationsOf(account).flatMap((application) => rolesOf(application, account))
}
