import { callerOf, take } from '../../../collectors/aws/identity.ts'
import * as services from '../../../collectors/aws/calls/services.ts'
import type { Service } from '../../../collectors/aws/calls/services.ts'
import { Clients, type Where } from '../../../collectors/aws/clients.ts'
import { Limits } from '../../../collectors/transport/limits.ts'
import { isObject, type Json, type JsonObject, own } from '../../../graph/index.ts'
import { zipArchive } from '../../unit/collectors/zip-archive.ts'

/** What was built, to compare an import with: the list is made by hand and not from any answer that is read later. */
export interface Built {
  readonly management: string
  readonly accounts: readonly string[]
  /** ARNs of users, roles and groups. */
  readonly principals: readonly string[]
  /** Documents by what they are on: a resource's ARN, a control policy's name, a user with an inline policy. */
  readonly policies: ReadonlyMap<string, JsonObject>
  readonly units: ReadonlyMap<string, string>
  readonly assigned: readonly string[]
}

/** A secret that is put where people put theirs; it must not come through. */
export const SECRET = 'hunter2-in-the-environment'
const HOME = 'us-east-1'
export const ROLE = 'OrganizationAccountAccessRole'

type Send = (
  service: Service,
  operation: string,
  parameters: JsonObject,
  region?: string,
) => Promise<JsonObject>

/** Builds an organization of five accounts through the SDK. */
export async function buildOrganization(endpoint: string): Promise<Built> {
  const clients = new Clients({ endpoint, attempts: 3, clock: Date.now }, new Limits(8))
  const caller = await callerOf(clients, HOME)
  const as =
    (where: Omit<Where, 'region'>): Send =>
    async (service, operation, parameters, region = HOME) => {
      const answer = await clients.send(service, operation, parameters, { ...where, region })
      return isObject(answer) ? answer : {}
    }
  const root = as({ account: caller.account })
  const policies = new Map<string, JsonObject>()
  const { accounts, units } = await buildTree(root, caller.account, policies)
  const principals: string[] = []
  for (const account of accounts) {
    const where = { account, region: HOME }
    const send =
      account === caller.account
        ? root
        : as({ ...where, keys: await take(clients, caller, { name: ROLE }, where) })
    principals.push(...(await buildIdentities(send, account, policies)))
    await buildResources(send, account, caller.account, policies)
  }
  const assigned = await buildIdentityCenter(root, accounts)
  return { management: caller.account, accounts: [...accounts].sort(), principals, policies, units, assigned }
}

async function buildTree(
  send: Send,
  management: string,
  policies: Map<string, JsonObject>,
): Promise<{ accounts: readonly string[]; units: ReadonlyMap<string, string> }> {
  const { ORGANIZATIONS } = services
  await send(ORGANIZATIONS, 'CreateOrganization', { FeatureSet: 'ALL' })
  const root = text(await send(ORGANIZATIONS, 'ListRoots', {}), 'Roots', 0, 'Id')
  for (const PolicyType of ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY']) {
    await send(ORGANIZATIONS, 'EnablePolicyType', { RootId: root, PolicyType }).catch(() => undefined)
  }
  const unit = async (ParentId: string, Name: string) =>
    text(
      await send(ORGANIZATIONS, 'CreateOrganizationalUnit', { ParentId, Name }),
      'OrganizationalUnit',
      'Id',
    )
  const production = await unit(root, 'production')
  const payments = await unit(production, 'payments')
  const units = new Map<string, string>([[management, root]])
  const accounts = [management]
  for (const [i, parent] of [root, production, payments, payments].entries()) {
    const made = await send(ORGANIZATIONS, 'CreateAccount', {
      AccountName: `account-${i}`,
      Email: `account-${i}@example.com`,
    })
    const id = text(made, 'CreateAccountStatus', 'AccountId')
    if (parent !== root) {
      await send(ORGANIZATIONS, 'MoveAccount', {
        AccountId: id,
        SourceParentId: root,
        DestinationParentId: parent,
      })
    }
    accounts.push(id)
    units.set(id, parent)
  }
  const control = async (Name: string, Type: string, document: JsonObject, TargetId: string) => {
    const made = await send(ORGANIZATIONS, 'CreatePolicy', {
      Name,
      Type,
      Description: Name,
      Content: JSON.stringify(document),
    })
    policies.set(Name, document)
    await send(ORGANIZATIONS, 'AttachPolicy', {
      PolicyId: text(made, 'Policy', 'PolicySummary', 'Id'),
      TargetId,
    })
  }
  await control('no-deletion', 'SERVICE_CONTROL_POLICY', statement('Deny', 's3:Delete*', '*'), production)
  const nobodyWrites = statement('Deny', 's3:PutObject', '*', { Principal: '*' })
  await control('nobody-writes', 'RESOURCE_CONTROL_POLICY', nobodyWrites, payments)
  return { accounts, units }
}

async function buildIdentities(
  send: Send,
  account: string,
  policies: Map<string, JsonObject>,
): Promise<readonly string[]> {
  const { IAM } = services
  const arn = (rest: string) => `arn:aws:iam::${account}:${rest}`
  const inline = statement('Allow', 's3:GetObject', `arn:aws:s3:::data-${account}/*`)
  const managed = await send(IAM, 'CreatePolicy', {
    PolicyName: 'operators',
    PolicyDocument: JSON.stringify(statement('Allow', 'ec2:Describe*', '*')),
  })
  await send(IAM, 'CreateUser', { UserName: 'ana', Path: '/people/' })
  await send(IAM, 'PutUserPolicy', {
    UserName: 'ana',
    PolicyName: 'own',
    PolicyDocument: JSON.stringify(inline),
  })
  policies.set(arn('user/people/ana'), inline)
  await send(IAM, 'CreateAccessKey', { UserName: 'ana' })
  await send(IAM, 'CreateGroup', { GroupName: 'operators' })
  await send(IAM, 'AttachGroupPolicy', { GroupName: 'operators', PolicyArn: text(managed, 'Policy', 'Arn') })
  await send(IAM, 'AddUserToGroup', { GroupName: 'operators', UserName: 'ana' })
  const trust = statement('Allow', 'sts:AssumeRole', undefined, {
    Principal: { Service: 'ec2.amazonaws.com' },
  })
  const bound = await send(IAM, 'CreatePolicy', {
    PolicyName: 'bound',
    PolicyDocument: JSON.stringify(statement('Allow', 's3:*', '*')),
  })
  await send(IAM, 'CreateRole', {
    RoleName: 'deployer',
    AssumeRolePolicyDocument: JSON.stringify(trust),
    PermissionsBoundary: text(bound, 'Policy', 'Arn'),
  })
  policies.set(arn('role/deployer'), trust)
  await send(IAM, 'CreateInstanceProfile', { InstanceProfileName: 'deployer' })
  await send(IAM, 'AddRoleToInstanceProfile', { InstanceProfileName: 'deployer', RoleName: 'deployer' })
  return [arn('user/people/ana'), arn('group/operators'), arn('role/deployer')]
}

async function buildResources(
  send: Send,
  account: string,
  partner: string,
  policies: Map<string, JsonObject>,
): Promise<void> {
  const region = 'eu-central-1'
  const Principal = { AWS: `arn:aws:iam::${partner}:root` }
  const open = (action: string, resource: string) => statement('Allow', action, resource, { Principal })
  const Bucket = `data-${account}`
  await send(
    services.S3,
    'CreateBucket',
    { Bucket, CreateBucketConfiguration: { LocationConstraint: region } },
    region,
  )
  policies.set(`arn:aws:s3:::${Bucket}`, open('s3:GetObject', `arn:aws:s3:::${Bucket}/*`))
  await send(
    services.S3,
    'PutBucketPolicy',
    { Bucket, Policy: given(policies, `arn:aws:s3:::${Bucket}`) },
    region,
  )
  await send(services.S3, 'CreateBucket', { Bucket: `plain-${account}` })

  const keyPolicy = open('kms:*', '*')
  const key = await send(services.KMS, 'CreateKey', { Policy: JSON.stringify(keyPolicy) }, region)
  policies.set(text(key, 'KeyMetadata', 'Arn'), keyPolicy)
  await send(
    services.KMS,
    'CreateGrant',
    {
      KeyId: text(key, 'KeyMetadata', 'KeyId'),
      GranteePrincipal: `arn:aws:iam::${account}:role/deployer`,
      Operations: ['Decrypt'],
    },
    region,
  )
  const queue = `arn:aws:sqs:${region}:${account}:orders`
  policies.set(queue, open('sqs:SendMessage', queue))
  await send(
    services.SQS,
    'CreateQueue',
    { QueueName: 'orders', Attributes: { Policy: given(policies, queue) } },
    region,
  )
  const topic = `arn:aws:sns:${HOME}:${account}:news`
  policies.set(topic, open('sns:Publish', topic))
  await send(services.SNS, 'CreateTopic', { Name: 'news', Attributes: { Policy: given(policies, topic) } })
  const secret = await send(services.SECRETS, 'CreateSecret', { Name: 'database', SecretString: SECRET })
  policies.set(text(secret, 'ARN'), open('secretsmanager:GetSecretValue', '*'))
  await send(services.SECRETS, 'PutResourcePolicy', {
    SecretId: 'database',
    ResourcePolicy: given(policies, text(secret, 'ARN')),
  })
  const repository = `arn:aws:ecr:${HOME}:${account}:repository/images`
  policies.set(repository, open('ecr:BatchGetImage', '*'))
  await send(services.ECR, 'CreateRepository', { repositoryName: 'images' })
  await send(services.ECR, 'SetRepositoryPolicy', {
    repositoryName: 'images',
    policyText: given(policies, repository),
  })
  await send(services.LAMBDA, 'CreateFunction', {
    FunctionName: 'worker',
    Runtime: 'python3.12',
    Handler: 'worker.run',
    Role: `arn:aws:iam::${account}:role/deployer`,
    Code: { ZipFile: zipArchive({ 'worker.py': 'def run(event, context): pass' }) as unknown as Json },
    Environment: { Variables: { PASSWORD: SECRET } },
  })
  await send(services.DYNAMODB, 'CreateTable', {
    TableName: 'ledger',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  })
}

async function buildIdentityCenter(send: Send, accounts: readonly string[]): Promise<readonly string[]> {
  const { SSO_ADMIN, IDENTITY_STORE } = services
  const instance = await send(SSO_ADMIN, 'ListInstances', {})
  const InstanceArn = text(instance, 'Instances', 0, 'InstanceArn')
  const IdentityStoreId = text(instance, 'Instances', 0, 'IdentityStoreId')
  const group = text(
    await send(IDENTITY_STORE, 'CreateGroup', { IdentityStoreId, DisplayName: 'admins' }),
    'GroupId',
  )
  const user = await send(IDENTITY_STORE, 'CreateUser', {
    IdentityStoreId,
    UserName: 'ana@example.com',
    DisplayName: 'Ana',
    Name: { GivenName: 'Ana', FamilyName: 'A' },
    PhoneNumbers: [{ Value: SECRET, Type: 'home', Primary: true }],
  })
  await send(IDENTITY_STORE, 'CreateGroupMembership', {
    IdentityStoreId,
    GroupId: group,
    MemberId: { UserId: text(user, 'UserId') },
  })
  const set = await send(SSO_ADMIN, 'CreatePermissionSet', {
    InstanceArn,
    Name: 'Auditor',
    SessionDuration: 'PT1H',
  })
  const PermissionSetArn = text(set, 'PermissionSet', 'PermissionSetArn')
  for (const account of accounts) {
    await send(SSO_ADMIN, 'CreateAccountAssignment', {
      InstanceArn,
      PermissionSetArn,
      TargetId: account,
      TargetType: 'AWS_ACCOUNT',
      PrincipalType: 'GROUP',
      PrincipalId: group,
    })
  }
  return accounts.map((account) => `${account} Auditor GROUP ${group}`)
}

function statement(effect: string, action: string, resource?: string, more: JsonObject = {}): JsonObject {
  const only = {
    Effect: effect,
    Action: action,
    ...more,
    ...(resource === undefined ? {} : { Resource: resource }),
  }
  return { Version: '2012-10-17', Statement: [only] }
}

function given(policies: ReadonlyMap<string, JsonObject>, name: string): string {
  return JSON.stringify(policies.get(name))
}

/** The text that steps lead to; the test fails where there is none. */
function text(answer: Json, ...steps: readonly (string | number)[]): string {
  let value: Json | undefined = answer
  for (const step of steps) {
    if (typeof step === 'number') value = Array.isArray(value) ? (value as readonly Json[])[step] : undefined
    else value = isObject(value) ? own(value, step) : undefined
  }
  if (typeof value !== 'string')
    throw new TypeError(`nothing at ${steps.join('/')} of ${JSON.stringify(answer)}`)
  return value
}
