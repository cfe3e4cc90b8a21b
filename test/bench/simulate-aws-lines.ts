const ACCOUNT = '111122223333'
const VERSION = '2012-10-17'
const full = { Version: VERSION, Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
const SERVICES = ['s3', 'sqs', 'dynamodb', 'lambda', 'ec2', 'iam', 'kms', 'sns', 'logs', 'ssm']
const VERBS = ['Get', 'Put', 'List', 'Delete', 'Describe', 'Create', 'Update', 'Send']
const NOUNS = [
  'Object',
  'Item',
  'Message',
  'Function',
  'Role',
  'Topic',
  'Parameter',
  'Bucket',
  'Key',
  'Stream',
]

/** Twenty identity policies of five statements; every principal has two of them. */
const policies = Array.from({ length: 20 }, (_, p) => ({
  name: `policy-${p}`,
  document: {
    Version: VERSION,
    Statement: Array.from({ length: 5 }, (_, s) => ({
      Sid: `Statement${s}`,
      Effect: s === 4 && p % 5 === 0 ? 'Deny' : 'Allow',
      Action: [0, 1, 2, 3].map((k) => `${pick(SERVICES, p + s)}:${pick(VERBS, p * 3 + k + s)}*`),
      Resource: [
        `arn:aws:${pick(SERVICES, p + s)}:::team-${p}-\${aws:username}/*`,
        `arn:aws:${pick(SERVICES, p + s)}:*:*:*`,
      ],
      ...(s % 2 === 1 && { Condition: conditionOf(p + s) }),
    })),
  },
}))

function conditionOf(i: number): object {
  return pick(
    [
      { StringEquals: { 'aws:PrincipalTag/team': ['blue', 'red'] } },
      { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.168.0.0/16'] } },
      {
        Bool: { 'aws:SecureTransport': 'true' },
        StringLike: { 'aws:PrincipalArn': `arn:aws:iam::*:user/u-1*` },
      },
      { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } },
    ],
    i,
  )
}

const scps = [
  [full],
  [
    full,
    {
      Version: VERSION,
      Statement: [{ Effect: 'Deny', Action: ['iam:Create*', 'organizations:*'], Resource: '*' }],
    },
  ],
  [
    full,
    {
      Version: VERSION,
      Statement: [
        {
          Effect: 'Deny',
          NotAction: ['iam:*', 'sts:*', 's3:*'],
          Resource: '*',
          Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } },
        },
      ],
    },
  ],
  [full],
]
const bucketPolicy = {
  Version: VERSION,
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: [`arn:aws:iam::${ACCOUNT}:user/u-1`, '444455556666'] },
      Action: 's3:Get*',
      Resource: 'arn:aws:s3:::*',
    },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
}

/**
 * The request of a number: another number, another request. `usual`: with one identity policy and perhaps a bucket policy,
 * `busy`: with two, a boundary and service control policies at four levels besides.
 */
export function requestLine(i: number, kind: 'usual' | 'busy' = 'busy'): string {
  const service = pick(SERVICES, i * 7)
  return JSON.stringify({
    id: i,
    principal: {
      arn: `arn:aws:iam::${ACCOUNT}:user/u-${i % 500}`,
      type: 'user',
      tags: { team: pick(['blue', 'red', 'green'], i) },
    },
    action: `${service}:${pick(VERBS, i)}${pick(NOUNS, i * 3)}`,
    resource: { arn: `arn:aws:${service}:::team-${i % 20}-data/object-${i}`, account: ACCOUNT },
    context: {
      'aws:SourceIp': i % 10 === 9 ? { unknown: true } : `10.0.${i % 256}.${(i >> 8) % 256}`,
      'aws:SecureTransport': 'true',
      'aws:RequestedRegion': pick(['eu-west-1', 'us-east-1'], i),
      'aws:CurrentTime': '2026-11-22T00:00:00Z',
    },
    identityPolicies: (kind === 'busy' ? [0, 1] : [0]).map((k) => pick(policies, (i % 500) + k * 3)),
    ...(kind === 'busy' && { boundary: [full], scps }),
    ...(service === 's3' && { resourcePolicy: bucketPolicy }),
  })
}

function pick<T>(list: readonly T[], i: number): T {
  const found = list[i % list.length]
  if (found === undefined) throw new RangeError('nothing to pick from')
  return found
}
