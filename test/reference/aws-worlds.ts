import fc from 'fast-check'
import type { Json } from '../../graph/index.ts'
import { bucketAcl } from './aws-world-acl.ts'
import { grant } from './aws-world-grants.ts'
import { shares } from './aws-world-shares.ts'
import type { World } from './aws-world.ts'

const HERE = '111111111111'
export const POINT = `arn:aws:s3:us-east-1:${HERE}:accesspoint/ap`
const THERE = '222222222222'
const MANAGEMENT = '333333333333'

const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values)
const some = <T>(from: fc.Arbitrary<T>, max: number, min = 1) =>
  fc.array(from, { minLength: min, maxLength: max })
/** One value or a list: both are allowed almost everywhere. */
const oneOrMore = <T>(from: fc.Arbitrary<T>, max: number): fc.Arbitrary<T | T[]> =>
  fc.oneof(from, some(from, max))

const actions = pick(
  '*',
  's3:*',
  's3:Get*',
  'S3:getobject',
  's3:PutObject',
  'sqs:SendMessage',
  'sqs:*Message',
  'sts:AssumeRole',
  'sts:*',
  'kms:Decrypt',
  'kms:*',
  'iam:PassRole',
  'dynamodb:Get?tem',
  'ec2:DescribeInstances',
  'ec2:RunInstances',
  'ssm:Get*',
  'sts:GetCallerIdentity',
)
const resources = pick(
  '*',
  '*',
  'arn:aws:s3:::data',
  'arn:aws:s3:::data/*',
  'arn:aws:s3:::da*a/?',
  'arn:aws:s3:::${aws:username}/*',
  'arn:aws:s3:::${aws:PrincipalTag/team}/*',
  "arn:aws:s3:::${aws:PrincipalTag/none, 'data'}/*",
  'arn:aws:s3:::data/${aws:SourceIp}',
  'arn:aws:s3:::data/${*}',
  'arn:aws:s3:us-east-1:111111111111:accesspoint/ap/object/*',
  'arn:aws:sqs:*:111111111111:q',
  'arn:aws:sqs:us-*-1:*:q',
  'arn:aws:sqs:us-????-1:111111111111:*',
  'arn:aws:sqs:us-e*',
  'arn:aws:sqs:*:${aws:ResourceAccount}:${aws:ResourceTag/kind}',
  'arn:aws:iam::111111111111:role/*',
  'arn:aws:iam::*:role/app/r1',
  'arn:aws:kms:us-east-1:${aws:PrincipalAccount}:key/*',
  'arn:aws:dynamodb:us-east-1:222222222222:table/t',
)
const conditions = pick<Json>(
  { Bool: { 'aws:SecureTransport': 'true' } },
  { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/app/*', 'arn:aws:iam::222222222222:user/u1'] } },
  {
    StringLike: { 'AWS:PrincipalArn': 'arn:aws:iam::111111111111:*' },
    Bool: { 'aws:SecureTransport': 'true' },
  },
  { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111111111111:user/u1' } },
  { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } },
  { StringEquals: { 'aws:PrincipalOrgID': ['o-2', 'o-1'] } },
  { Null: { 'aws:PrincipalOrgID': 'true' } },
  { StringNotEquals: { 'aws:PrincipalAccount': HERE } },
  { 'ForAnyValue:StringEquals': { 'aws:PrincipalArn': 'arn:aws:iam::111111111111:user/u1' } },
  { StringEqualsIgnoreCase: { 'aws:PrincipalArn': 'ARN:AWS:IAM::111111111111:USER/U1' } },
  { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/${aws:username}' } },
  { StringEquals: { 'aws:PrincipalTag/team': ['data', 'red'] } },
  { 'ForAnyValue:StringLike': { 'aws:PrincipalTag/team': 'd*' } },
  { 'ForAllValues:StringNotEquals': { 'aws:PrincipalTag/team': 'data' } },
  { StringNotEqualsIfExists: { 'aws:PrincipalTag/none': 'x' } },
  { Null: { 'aws:PrincipalTag/team': 'false' } },
  { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
  { Bool: { 'aws:PrincipalIsAWSService': 'true' } },
  { StringEquals: { 'aws:PrincipalType': 'User' } },
  { StringNotLike: { 'aws:username': 'u?' } },
  { StringLike: { 's3:prefix': 'home/${aws:username}/*' } },
  { StringNotEquals: { 'aws:PrincipalServiceName': 'x.amazonaws.com' } },
  { StringEquals: { 'aws:ResourceAccount': HERE } },
  { StringNotEquals: { 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' } },
  { StringNotEqualsIfExists: { 'aws:ResourceOrgID': 'o-1' } },
  { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
  { StringNotEqualsIfExists: { 'AWS:ResourceTag/Team': 'data' } },
  { StringEquals: { 'iam:ResourceTag/team': 'red' } },
  { Null: { 'aws:ResourceTag/team': 'true' }, Bool: { 'aws:SecureTransport': 'true' } },
  { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.7'] } },
  { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } },
  { 'ForAnyValue:StringEquals': { 'aws:SourceVpce': 'vpce-1' }, Bool: { 'aws:SecureTransport': 'true' } },
  {},
)
const principals = pick<Json>(
  '*',
  { AWS: '*' },
  { AWS: `arn:aws:iam::${HERE}:root` },
  { AWS: [THERE, `arn:aws:iam::${HERE}:user/u1`] },
  { AWS: `arn:aws:iam::${HERE}:role/app/r1` },
  { AWS: [`arn:aws:iam::${THERE}:role/r2`, 'AIDAU1'] },
  { AWS: `arn:aws:sts::${HERE}:assumed-role/r1/ci` },
  { Service: 'lambda.amazonaws.com' },
  { CanonicalUser: 'there' },
  { CanonicalUser: ['elsewhere', 'here'] },
)

function statement(withPrincipal: boolean): fc.Arbitrary<Json> {
  return fc
    .record({
      effect: pick('Allow', 'Allow', 'Allow', 'Deny'),
      action: oneOrMore(actions, 3),
      notAction: pick(false, false, false, false, true),
      resource: oneOrMore(resources, 3),
      notResource: pick(false, false, false, false, true),
      condition: fc.option(conditions, { freq: 3, nil: undefined }),
      principal: principals,
      notPrincipal: pick(false, false, false, false, false, true),
      bare: fc.boolean(),
    })
    .map((s) => ({
      Effect: s.effect,
      [s.notAction ? 'NotAction' : 'Action']: s.action,
      ...(withPrincipal && s.bare ? {} : { [s.notResource ? 'NotResource' : 'Resource']: s.resource }),
      ...(s.condition === undefined ? {} : { Condition: s.condition }),
      ...(withPrincipal ? { [s.notPrincipal ? 'NotPrincipal' : 'Principal']: s.principal } : {}),
    }))
}

function document(withPrincipal = false, max = 3): fc.Arbitrary<Json> {
  return fc
    .record({
      version: pick('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17'),
      statements: fc.oneof(statement(withPrincipal), some(statement(withPrincipal), max)),
    })
    .map(({ version, statements }) => ({ Version: version, Statement: statements }))
}

/** Mostly everything is allowed, so that the other layers matter. */
const generous = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constant<Json>({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
    }),
  },
  { weight: 1, arbitrary: document() },
)

function account(id: string): fc.Arbitrary<Json> {
  const managed = `arn:aws:iam::${id}:policy/managed`
  const lost = 'arn:aws:iam::aws:policy/NotExported'
  const attached = fc
    .subarray([managed, lost])
    .map((arns) => arns.map((PolicyArn) => ({ PolicyArn, PolicyName: 'p' })))
  const limit = `arn:aws:iam::${id}:policy/limit`
  const boundary = pick(undefined, undefined, undefined, limit, limit, lost)
  const kind = fc.record({ inline: some(document(), 2, 0), attached, boundary, groups: fc.boolean() })
  const made = (k: { inline: Json[]; attached: Json; boundary: string | undefined }, list: string) => ({
    [list]: k.inline.map((PolicyDocument, i) => ({ PolicyName: `i${i}`, PolicyDocument })),
    AttachedManagedPolicies: k.attached,
    ...(k.boundary === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: k.boundary } }),
  })
  return fc
    .record({
      u1: kind,
      u2: kind,
      r1: kind,
      r2: kind,
      linked: kind,
      trust: document(true),
      trust2: document(true),
      managed: document(),
      limit: generous,
      group: document(),
    })
    .map((x) => ({
      UserDetailList: [
        {
          Path: '/',
          UserName: 'u1',
          UserId: `AIDAU1${id === HERE ? '' : 'X'}`,
          Arn: `arn:aws:iam::${id}:user/u1`,
          Tags: [{ Key: 'Team', Value: 'data' }],
          GroupList: x.u1.groups ? ['g', ...(x.u2.groups && x.r2.groups ? ['gone'] : [])] : [],
          ...made(x.u1, 'UserPolicyList'),
        },
        {
          Path: '/p/',
          UserName: 'data',
          UserId: '',
          Arn: `arn:aws:iam::${id}:user/p/data`,
          GroupList: [],
          ...made(x.u2, 'UserPolicyList'),
        },
      ],
      GroupDetailList: [
        {
          GroupName: 'g',
          Arn: `arn:aws:iam::${id}:group/g`,
          GroupPolicyList: [{ PolicyName: 'gi', PolicyDocument: x.group }],
          AttachedManagedPolicies: [],
        },
      ],
      RoleDetailList: [
        { ...role(id, 'r1', '/app/', x.trust), ...made(x.r1, 'RolePolicyList') },
        { ...role(id, 'r2', '/', x.trust2), ...made(x.r2, 'RolePolicyList') },
        {
          ...role(id, 'Linked', '/aws-service-role/x.amazonaws.com/', x.trust),
          ...made(x.linked, 'RolePolicyList'),
        },
      ],
      Policies: [policy(managed, x.managed), policy(`arn:aws:iam::${id}:policy/limit`, x.limit)],
    }))
}

function role(account: string, name: string, path: string, trust: Json): { [key: string]: Json } {
  const Arn = `arn:aws:iam::${account}:role${path}${name}`
  return {
    Path: path,
    RoleName: name,
    RoleId: `AROA${name}`,
    Arn,
    AssumeRolePolicyDocument: trust,
    ...(name === 'r1' ? { Tags: [{ Key: 'TEAM', Value: 'red' }] } : {}),
  }
}

function policy(Arn: string, Document: Json): Json {
  return { PolicyName: 'p', Arn, PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document }] }
}

const FULL: Json = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }

const organization: fc.Arbitrary<Json | undefined> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant(undefined) },
  {
    weight: 4,
    arbitrary: fc
      .record({
        scp: generous,
        scp2: document(),
        rcp: document(true).map(
          (d) =>
            JSON.parse(
              JSON.stringify(d).replaceAll(/"(Not)?Principal":(\{[^}]*\}|"\*")/g, '"Principal":"*"'),
            ) as Json,
        ),
        ou: pick(['p-full', 'p-scp2'], ['p-full'], ['p-scp'], ['p-scp', 'p-scp2'], ['p-lost', 'p-scp']),
        here: fc.subarray(['p-full', 'p-scp2']),
        rcps: pick([], ['p-rcp'], ['p-rcp'], ['p-rcp', 'p-lost']),
        management: pick(MANAGEMENT, THERE),
        members: pick([HERE, THERE], [HERE]),
      })
      .map((o) => ({
        Id: 'o-1',
        MasterAccountId: o.management,
        RootId: 'r-1',
        Ous: {
          'r-1': { parent: null, scps: ['p-full'], rcps: [] },
          'ou-1': { parent: 'r-1', scps: o.ou, rcps: o.rcps },
        },
        Accounts: Object.fromEntries(
          [...o.members, o.management].map((id) => [
            id,
            { ou: 'ou-1', scps: id === HERE ? ['p-full', ...o.here] : ['p-full'], rcps: [] },
          ]),
        ),
        Scps: {
          'p-full': { name: 'Full', doc: FULL },
          'p-scp': { name: 'a', doc: o.scp },
          'p-scp2': { name: 'b', doc: o.scp2 },
        },
        Rcps: { 'p-rcp': { name: 'r', doc: o.rcp } },
      })),
  },
)

const resourcePolicies = fc.option(
  fc
    .record({
      bucket: document(true),
      point: document(true),
      queue: document(true),
      key: document(true),
      tagged: fc.boolean(),
    })
    .map((p) => [
      { arn: 'arn:aws:s3:::data', type: 's3', account: HERE, policy: p.bucket, tags: { team: 'red' } },
      {
        arn: POINT,
        type: 's3',
        account: HERE,
        policy: p.point,
      },
      {
        arn: 'arn:aws:sqs:us-east-1:111111111111:q',
        type: 'sqs',
        account: HERE,
        policy: p.queue,
        tags: { Team: 'data', kind: 'q' },
      },
      {
        arn: 'arn:aws:kms:us-east-1:111111111111:key/k',
        type: 'kms',
        account: HERE,
        policy: p.key,
        ...(p.tagged ? { tags: {} } : {}),
      },
    ]),
  { freq: 5, nil: undefined },
)

/** A small estate with every layer, some of them missing. */
export const worlds: fc.Arbitrary<World> = fc
  .record({
    here: account(HERE),
    there: account(THERE),
    organization,
    resources: resourcePolicies,
    grants: some(grant, 2, 0),
    acl: fc.option(bucketAcl, { freq: 4, nil: undefined }),
    shares,
    canonical: pick(undefined, 'there', 'there'),
    point: pick<boolean | 'VPC' | undefined>(undefined, false, true, true, 'VPC'),
    ignores: fc.record({ account: pick(false, false, true), bucket: pick(false, false, true) }),
    publicAccess: fc.record({
      account: pick(undefined, null, false, false, true),
      buckets: pick<{ data?: boolean | null }>(
        {},
        { data: null },
        { data: false },
        { data: false },
        { data: true },
      ),
    }),
  })
  .map(({ organization: tree, resources: rows, publicAccess, acl, ...made }) => {
    // One answer tells both settings, or none.
    const asked = (told: boolean | null | undefined, on: boolean) => (typeof told === 'boolean' ? on : told)
    const bucket = asked(publicAccess.buckets.data, made.ignores.bucket)
    const first = {
      id: HERE,
      gaad: made.here,
      grants: made.grants,
      ...(made.shares === undefined ? {} : { shares: made.shares }),
      ...(made.point === undefined ? {} : { points: { [POINT]: made.point } }),
      publicAccess,
      ignoreAcls: {
        account: asked(publicAccess.account, made.ignores.account),
        buckets: bucket === undefined ? {} : { data: bucket },
      },
      ...(acl === undefined ? {} : { canonical: 'here', acls: { data: acl } }),
      ...(rows === undefined ? {} : { resources: rows }),
    }
    const world: unknown = {
      accounts: [
        first,
        {
          id: THERE,
          gaad: made.there,
          ...(made.canonical === undefined ? {} : { canonical: made.canonical }),
        },
      ],
      ...(tree === undefined ? {} : { organization: tree }),
    }
    return world as World
  })
