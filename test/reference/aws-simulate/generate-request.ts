/** Random requests: who asks for what, with which context. */
import type { Given, Line, PrincipalType } from './line.ts'
import type { Random } from './random.ts'

export const HOME = '111111111111'
export const AWAY = '222222222222'

/** What policies may say about a key, and what a request may have for it. */
export interface Key {
  readonly name: string
  readonly kind: 'string' | 'numeric' | 'date' | 'bool' | 'ip' | 'arn' | 'binary'
  readonly request: readonly string[]
  readonly policy: readonly string[]
  /** The keys that every request of such a principal has are not given, but rarely. */
  readonly derived?: true
  readonly multivalued?: true
}

const TEAM = ['red', 'blue', 'Red']
const DATES = ['2025-03-01T00:00:00Z', '2026-01-15T12:30:00Z', '1767225600']
const TOPIC = `arn:aws:sns:eu-west-1:${HOME}:news`

export const KEYS: readonly Key[] = [
  {
    name: 'aws:SourceIp',
    kind: 'ip',
    request: ['203.0.113.7', '198.51.100.9', '2001:db8::5'],
    policy: ['203.0.113.0/24', '203.0.113.7', '198.51.0.0/16', '2001:db8::/32'],
  },
  { name: 'aws:SecureTransport', kind: 'bool', request: ['true', 'false'], policy: ['true', 'false'] },
  { name: 'aws:MultiFactorAuthPresent', kind: 'bool', request: ['true', 'false'], policy: ['true', 'false'] },
  {
    name: 'aws:CurrentTime',
    kind: 'date',
    request: DATES,
    policy: ['2025-06-01T00:00:00Z', '2026-01-15', '1767225600'],
  },
  {
    name: 'aws:MultiFactorAuthAge',
    kind: 'numeric',
    request: ['0', '300', '3600'],
    policy: ['300', '1000', '12.5'],
  },
  {
    name: 'aws:RequestTag/team',
    kind: 'string',
    request: TEAM,
    policy: [...TEAM, 'r*', '*e?', '${aws:PrincipalTag/team}'],
  },
  {
    name: 'aws:TagKeys',
    kind: 'string',
    request: ['team', 'env', 'cost'],
    policy: ['team', 'env', 't*', 'Owner'],
    multivalued: true,
  },
  {
    name: 'aws:SourceArn',
    kind: 'arn',
    request: [TOPIC, `arn:aws:sns:us-east-1:${AWAY}:news`, `arn:aws:s3:::data`],
    policy: [TOPIC, `arn:aws:sns:*:${HOME}:*`, 'arn:aws:s3:::d?ta', 'arn:aws:sns:eu-*:*:news'],
  },
  {
    name: 'aws:SourceVpce',
    kind: 'string',
    request: ['vpce-1a', 'vpce-2b'],
    policy: ['vpce-1a', 'vpce-?b', 'vpce-*'],
  },
  {
    name: 'kms:EncryptionContext:App',
    kind: 'string',
    request: ['pay', 'log', 'Pay'],
    policy: ['pay', 'PAY', 'l?g', 'p*'],
  },
  { name: 'app:Blob', kind: 'binary', request: ['QQ==', 'Qg=='], policy: ['QQ==', 'Qg=='] },
  { name: 'aws:PrincipalTag/team', kind: 'string', request: TEAM, policy: [...TEAM, 'b*'], derived: true },
  {
    name: 'aws:ResourceTag/team',
    kind: 'string',
    request: TEAM,
    policy: [...TEAM, '${aws:PrincipalTag/team}', "${aws:PrincipalTag/team, 'red'}"],
    derived: true,
  },
  {
    name: 'aws:PrincipalArn',
    kind: 'arn',
    request: [`arn:aws:iam::${HOME}:role/ops`, `arn:aws:iam::${HOME}:user/ana`],
    policy: [
      `arn:aws:iam::${HOME}:role/ops`,
      `arn:aws:iam::${HOME}:role/*`,
      'arn:aws:iam::*:user/ana',
      `arn:aws:iam::${HOME}:root`,
      `arn:aws:sts::${HOME}:federated-user/ana`,
    ],
    derived: true,
  },
  {
    name: 'aws:PrincipalAccount',
    kind: 'string',
    request: [HOME, AWAY],
    policy: [HOME, AWAY],
    derived: true,
  },
  {
    name: 'aws:PrincipalType',
    kind: 'string',
    request: ['User', 'AssumedRole'],
    policy: ['User', 'AssumedRole', 'FederatedUser', 'Account'],
    derived: true,
  },
  {
    name: 'aws:username',
    kind: 'string',
    request: ['ana', 'bob'],
    policy: ['ana', 'a*', 'ANA'],
    derived: true,
  },
  {
    name: 'aws:PrincipalIsAWSService',
    kind: 'bool',
    request: ['true', 'false'],
    policy: ['true', 'false'],
    derived: true,
  },
  {
    name: 'aws:PrincipalServiceName',
    kind: 'string',
    request: ['sns.amazonaws.com'],
    policy: ['sns.amazonaws.com', '*.amazonaws.com'],
    derived: true,
  },
  { name: 'aws:ResourceAccount', kind: 'string', request: [HOME, AWAY], policy: [HOME, AWAY], derived: true },
]

interface Target {
  readonly actions: readonly string[]
  readonly arn: (account: string) => string
}
const TARGETS: readonly Target[] = [
  { actions: ['s3:GetObject', 's3:PutObject'], arn: () => 'arn:aws:s3:::data/home/ana/a.txt' },
  { actions: ['s3:GetObject', 's3:DeleteObject'], arn: () => 'arn:aws:s3:::data/home/red/b:1.txt' },
  { actions: ['s3:ListBucket', 's3:PutBucketPolicy'], arn: () => 'arn:aws:s3:::data' },
  { actions: ['sqs:SendMessage', 'sqs:ReceiveMessage'], arn: (a) => `arn:aws:sqs:eu-west-1:${a}:jobs` },
  { actions: ['sns:Publish'], arn: (a) => `arn:aws:sns:eu-west-1:${a}:news` },
  { actions: ['lambda:InvokeFunction'], arn: (a) => `arn:aws:lambda:eu-west-1:${a}:function:pay:live` },
  { actions: ['kms:Decrypt', 'kms:Encrypt'], arn: (a) => `arn:aws:kms:eu-west-1:${a}:key/1234` },
  { actions: ['kms:CreateAlias'], arn: (a) => `arn:aws:kms:eu-west-1:${a}:alias/main` },
  { actions: ['sts:AssumeRole', 'sts:TagSession'], arn: (a) => `arn:aws:iam::${a}:role/path/target` },
  { actions: ['iam:CreateAccessKey', 'iam:GetUser'], arn: (a) => `arn:aws:iam::${a}:user/ana` },
  { actions: ['dynamodb:GetItem'], arn: (a) => `arn:aws:dynamodb:eu-west-1:${a}:table/ana` },
  { actions: ['logs:GetLogEvents'], arn: (a) => `arn:aws:logs:eu-west-1:${a}:log-group:app:log-stream:x` },
  { actions: ['made:Up'], arn: (a) => `arn:aws:made:eu-west-1:${a}:thing/ana` },
  { actions: ['ec2:DescribeInstances', 's3:ListAllMyBuckets', 'sts:GetCallerIdentity'], arn: () => '*' },
]

const ARNS: Readonly<Record<PrincipalType, readonly string[]>> = {
  root: [`arn:aws:iam::${HOME}:root`],
  user: [`arn:aws:iam::${HOME}:user/ana`, `arn:aws:iam::${HOME}:user/staff/bob`],
  role: [`arn:aws:iam::${HOME}:role/ops`, `arn:aws:iam::${HOME}:role/path/ops`],
  session: [`arn:aws:sts::${HOME}:assumed-role/ops/eve`],
  'federated-user': [`arn:aws:sts::${HOME}:federated-user/ana`],
  service: ['sns.amazonaws.com', 'events.amazonaws.com'],
  anonymous: ['anonymous'],
}

export type Request = Pick<Line, 'principal' | 'action' | 'resource' | 'context'>

export function requestOf(random: Random): Request {
  const type = random.weighted<PrincipalType>({
    user: 26,
    session: 26,
    role: 16,
    'federated-user': 10,
    root: 6,
    service: 9,
    anonymous: 7,
  })
  const own = type !== 'service' && type !== 'anonymous'
  const possible = TARGETS.filter(({ arn }) => own || arn(HOME) !== '*')
  const target = random.pick(possible)
  const owner = random.chance(own ? 0.7 : 0.9) ? HOME : AWAY
  const arn = target.arn(owner)
  const action =
    type === 'root' && target.actions[0] === 'sts:AssumeRole' ? 'sts:TagSession' : random.pick(target.actions)
  const role = random.pick(ARNS.role)
  const linked = (type === 'role' || type === 'session') && random.chance(0.06)
  const roleArn = linked ? `arn:aws:iam::${HOME}:role/aws-service-role/x.amazonaws.com/ops` : role
  return {
    principal: {
      arn: type === 'role' ? roleArn : random.pick(ARNS[type]),
      type,
      ...(type === 'session' ? { roleArn } : {}),
      ...(own && random.chance(0.5) ? { account: HOME } : {}),
      ...(linked ? { serviceLinked: true } : {}),
      ...(own && random.chance(0.06) ? { inManagementAccount: true } : {}),
      ...(own && type !== 'root' && random.chance(0.6) ? { tags: { team: random.pick(TEAM) } } : {}),
    },
    action: random.chance(0.1) ? action.toLowerCase() : action,
    resource: {
      arn,
      ...(arn !== '*' && (arn.startsWith('arn:aws:s3') || random.chance(0.3)) ? { account: owner } : {}),
      ...(arn !== '*' && random.chance(0.06) ? { inManagementAccount: true } : {}),
      ...(random.chance(0.4) ? { tags: { team: random.pick(TEAM) } } : {}),
    },
    context: contextOf(random),
  }
}

function contextOf(random: Random): Record<string, Given> {
  const out: Record<string, Given> = {}
  const most = random.chance(0.3) ? 0 : random.chance(0.6) ? 1 : 2
  let unknown = 0
  for (const key of KEYS) {
    const name = random.chance(0.1) ? key.name.toLowerCase() : key.name
    if (unknown < most && random.chance(key.derived ? 0.02 : 0.22)) {
      out[name] = { unknown: true }
      unknown++
    } else if (!key.derived && random.chance(0.5)) {
      const values = key.multivalued
        ? random.several(0, 3, () => random.pick(key.request))
        : [random.pick(key.request)]
      const unique = [...new Set(values)]
      out[name] = unique.length === 1 && random.chance(0.8) ? unique[0]! : unique
    }
  }
  return out
}
