import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { random } from './random.ts'

/** Sizes of a synthetic AWS organization: doubled from row to row, so that growth can be read off. */
export const SIZES = {
  'M/4': { accounts: 8, users: 75, roles: 750, policies: 375, resources: 1_250 },
  'M/2': { accounts: 15, users: 150, roles: 1_500, policies: 750, resources: 2_500 },
  M: { accounts: 30, users: 300, roles: 3_000, policies: 1_500, resources: 5_000 },
  '4M': { accounts: 75, users: 1_000, roles: 12_500, policies: 5_000, resources: 20_000 },
  L: { accounts: 300, users: 3_000, roles: 50_000, policies: 15_000, resources: 50_000 },
} as const
export type Size = keyof typeof SIZES

const SERVICES: Readonly<Record<string, readonly string[]>> = {
  s3: ['GetObject', 'PutObject', 'ListBucket', 'DeleteObject', 'GetBucketPolicy', 'PutBucketPolicy'],
  dynamodb: ['GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem', 'DeleteTable'],
  sqs: ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'],
  kms: ['Decrypt', 'Encrypt', 'GenerateDataKey', 'DescribeKey', 'PutKeyPolicy'],
  secretsmanager: ['GetSecretValue', 'DescribeSecret', 'PutSecretValue'],
  lambda: ['InvokeFunction', 'CreateFunction', 'UpdateFunctionCode', 'GetFunction'],
  ec2: ['DescribeInstances', 'RunInstances', 'StartInstances', 'TerminateInstances'],
  logs: ['CreateLogGroup', 'PutLogEvents', 'FilterLogEvents'],
  iam: ['PassRole', 'GetRole', 'ListRoles', 'CreatePolicyVersion', 'AttachRolePolicy'],
}
const NAMES = Object.keys(SERVICES)

/**
 * Writes an organization of a size into a folder, in the layout of `org.json` and `accounts/<id>/{gaad,resources}.json`
 * (docs/import.md). The same size and seed give the same bytes. Returns how many bytes were written.
 */
export function writeEstate(size: Size, folder: string, seed = 42): number {
  const { accounts, users, roles, policies, resources } = SIZES[size]
  const next = random(seed)
  const below = (n: number) => Math.floor(next() * n)
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T
  let written = 0
  const write = (path: string, value: unknown) => {
    const text = JSON.stringify(value)
    written += text.length
    writeFileSync(join(folder, path), text)
  }
  const ids = Array.from({ length: accounts }, (_, i) => String(100_000_000_000 + i * 7_919))

  const statement = (account: string, app: string) => {
    const service = pick(NAMES)
    const actions = SERVICES[service] ?? []
    const wild = next()
    const action =
      wild < 0.06 ? `${service}:*` : wild < 0.2 ? `${service}:${pick(actions).slice(0, 3)}*` : undefined
    const target =
      service === 's3'
        ? `arn:aws:s3:::${app}-${below(9)}/*`
        : `arn:aws:${service}:eu-west-1:${account}:${app}-*`
    return {
      Sid: `S${below(1e6)}`,
      Effect: next() < 0.08 ? 'Deny' : 'Allow',
      Action:
        action ??
        actions
          .filter(() => next() < 0.5)
          .map((a) => `${service}:${a}`)
          .concat(`${service}:${pick(actions)}`),
      Resource: next() < 0.25 ? '*' : target,
      ...(next() < 0.18 && { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }),
    }
  }
  const document = (account: string, app: string, most: number) => ({
    Version: '2012-10-17',
    Statement: Array.from({ length: 1 + below(most) }, () => statement(account, app)),
  })
  const share = (total: number, i: number) =>
    Math.floor((total * (i + 1)) / accounts) - Math.floor((total * i) / accounts)

  mkdirSync(join(folder, 'accounts'), { recursive: true })
  for (const [i, id] of ids.entries()) {
    const apps = Array.from({ length: 4 + below(6) }, (_, k) => `app${(i * 3 + k) % 97}`)
    const managed = Array.from({ length: share(policies, i) }, (_, k) => ({
      PolicyName: `${pick(apps)}-p${k}`,
      PolicyId: `ANPA${i}X${k}`,
      Arn: `arn:aws:iam::${id}:policy/p${k}`,
      Path: '/',
      DefaultVersionId: 'v1',
      AttachmentCount: 1,
      IsAttachable: true,
      PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: document(id, pick(apps), 7) }],
    }))
    const attached = () =>
      Array.from({ length: 1 + below(3) }, () => pick(managed)).map((p) => ({
        PolicyName: p.PolicyName,
        PolicyArn: p.Arn,
      }))
    const role = (_: unknown, k: number) => ({
      Path: '/',
      RoleName: `role-${k}`,
      RoleId: `AROA${i}X${k}`,
      Arn: `arn:aws:iam::${id}:role/role-${k}`,
      CreateDate: '2024-03-01T00:00:00+00:00',
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          next() < 0.7
            ? {
                Effect: 'Allow',
                Principal: {
                  Service: pick(['lambda.amazonaws.com', 'ec2.amazonaws.com', 'ecs-tasks.amazonaws.com']),
                },
                Action: 'sts:AssumeRole',
              }
            : {
                Effect: 'Allow',
                Principal: {
                  AWS: `arn:aws:iam::${pick(ids)}:${next() < 0.5 ? 'root' : `role/role-${below(10)}`}`,
                },
                Action: 'sts:AssumeRole',
              },
        ],
      },
      InstanceProfileList: [],
      RolePolicyList:
        next() < 0.6 ? [{ PolicyName: 'inline', PolicyDocument: document(id, pick(apps), 5) }] : [],
      AttachedManagedPolicies: attached(),
      Tags: [{ Key: 'team', Value: pick(apps) }],
    })
    const user = (_: unknown, k: number) => ({
      Path: '/',
      UserName: `user-${k}`,
      UserId: `AIDA${i}X${k}`,
      Arn: `arn:aws:iam::${id}:user/user-${k}`,
      CreateDate: '2023-01-01T00:00:00+00:00',
      GroupList: ['staff'],
      AttachedManagedPolicies: attached(),
    })
    const group = {
      Path: '/',
      GroupName: 'staff',
      GroupId: `AGPA${i}`,
      Arn: `arn:aws:iam::${id}:group/staff`,
      CreateDate: '2023-01-01T00:00:00+00:00',
      GroupPolicyList: [],
      AttachedManagedPolicies: attached(),
    }
    mkdirSync(join(folder, 'accounts', id), { recursive: true })
    write(`accounts/${id}/gaad.json`, {
      UserDetailList: Array.from({ length: share(users, i) }, user),
      GroupDetailList: [group],
      RoleDetailList: Array.from({ length: share(roles, i) }, role),
      Policies: managed,
    })
    const bucket = (_: unknown, k: number) => {
      const arn = `arn:aws:s3:::${pick(apps)}-${i}-${k}`
      return {
        arn,
        type: 's3',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: `arn:aws:iam::${pick(ids)}:root` },
              Action: 's3:GetObject',
              Resource: `${arn}/*`,
            },
          ],
        },
      }
    }
    write(`accounts/${id}/resources.json`, Array.from({ length: share(resources, i) }, bucket))
  }
  const all = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
  const leave = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' }],
  }
  write('org.json', {
    Id: 'o-bench00001',
    MasterAccountId: ids[0],
    RootId: 'r-root',
    Ous: {
      'r-root': { parent: null, scps: ['p-FullAWSAccess', 'p-leave'], rcps: ['p-RCPFullAWSAccess'] },
      'ou-work': { parent: 'r-root', scps: ['p-FullAWSAccess'], rcps: ['p-RCPFullAWSAccess'] },
    },
    Accounts: Object.fromEntries(
      ids.map((id, i) => [
        id,
        { name: `account-${i}`, ou: 'ou-work', scps: ['p-FullAWSAccess'], rcps: ['p-RCPFullAWSAccess'] },
      ]),
    ),
    Scps: {
      'p-FullAWSAccess': { name: 'FullAWSAccess', doc: all },
      'p-leave': { name: 'deny-leave', doc: leave },
    },
    Rcps: { 'p-RCPFullAWSAccess': { name: 'RCPFullAWSAccess', doc: all } },
  })
  return written
}
