import type { Json, JsonObject } from '../../graph/index.ts'
import type { TestSource } from './aws-files.ts'
import { jsonSource } from './aws-files.ts'
import { hostArn, listingsOf } from './escalation-listings.ts'

/**
 * One path of pathfinding.cloud as an estate needs it: facts of its page, written down apart from the registry of
 * techniques. `scene`: what the account holds; `needs`: each permission with the only resource it is given on; `state`:
 * what must be so, each of which can be left out.
 */
export interface EscalationPath {
  readonly id: string
  readonly scene: 'pass' | 'host' | 'self' | 'user' | 'role' | 'group' | 'assume'
  readonly service?: string
  readonly host?: string
  readonly actor?: 'user' | 'role'
  readonly needs: readonly (readonly [action: string, on: string])[]
  readonly state: readonly string[]
  readonly gets: 'become' | 'administer'
  readonly certainty: 'certain' | 'conditional'
}

/** What is different from the account in which the path works. */
export interface Variation {
  /** The need (by place) that is not given. */
  readonly drop?: number
  readonly without?: string
  readonly deny?: string
  readonly boundary?: string
  readonly scp?: string
}

export interface EscalationAccount {
  readonly id: string
  readonly path: EscalationPath
  readonly variation: Variation
}

type Statement = JsonObject

/** Who attacks, and whose rights are to be had. */
export function attackerOf({ id, path }: EscalationAccount): string {
  return `arn:aws:iam::${id}:${path.actor ?? 'user'}/attacker`
}

export function prizeOf({ id, path }: EscalationAccount): string {
  return `arn:aws:iam::${id}:${kindOfPrize(path)}/prize`
}

/** The actions that are still allowed. */
export function actionsLeft({ path, variation }: EscalationAccount): ReadonlySet<string> {
  const { drop, deny, boundary, scp } = variation
  const gone = new Set([deny, boundary, scp, drop === undefined ? undefined : path.needs[drop]?.[0]])
  return new Set(path.needs.map(([action]) => action).filter((action) => !gone.has(action)))
}

/** The exports of an organization with one account for each variation. */
export function escalationSources(accounts: readonly EscalationAccount[]): readonly TestSource[] {
  const sources: TestSource[] = [jsonSource('aws.organization-tree', organization(accounts))]
  for (const account of accounts) {
    sources.push(jsonSource('aws.account-authorization-details', details(account), { scope: account.id }))
    const report = credentialReport(account)
    if (report !== undefined) {
      const bytes = new TextEncoder().encode(report)
      sources.push({ kind: 'aws.credential-report', format: 'csv', bytes, scope: account.id })
    }
    const has = hasOf(account)
    const hasHost = account.path.scene === 'host' ? has('host') : has('exists')
    const answers = listingsOf(account.id, account.path.host, hasHost, {
      running: has('running'),
      managed: has('managed'),
    })
    const lines = answers.map((answer) => JSON.stringify(answer)).join('\n')
    const bytes = new TextEncoder().encode(lines)
    sources.push({ kind: 'aws.answers', format: 'jsonl', bytes, scope: account.id })
    // No function has a policy of its own.
    sources.push(jsonSource('aws.resource-policies', [], { scope: account.id }))
  }
  return sources
}

function hasOf({ path, variation }: EscalationAccount): (label: string) => boolean {
  return (label) => variation.without !== label && path.state.includes(label)
}

function kindOfPrize({ scene }: EscalationPath): 'user' | 'group' | 'role' {
  return scene === 'user' || scene === 'group' ? scene : 'role'
}

const EVERYTHING: Statement = { Effect: 'Allow', Action: '*', Resource: '*' }
const NARROW: Statement = { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }
const document = (...Statement: readonly Statement[]): Json => ({
  Version: '2012-10-17',
  Statement: [...Statement],
})

function details(account: EscalationAccount): Json {
  const { id, path, variation } = account
  const has = hasOf(account)
  const own = (action: string, on: string): Statement => ({
    Effect: 'Allow',
    Action: action,
    Resource: resourceOf(account, on),
  })
  const statements = path.needs.flatMap(([action, on], i) => (i === variation.drop ? [] : [own(action, on)]))
  if (variation.deny !== undefined) {
    statements.push({ Effect: 'Deny', Action: variation.deny, Resource: '*' })
  }
  const isSelf = path.scene === 'self'
  const policy = { PolicyName: 'shared', PolicyArn: `arn:aws:iam::${id}:policy/shared` }
  const limit = { PermissionsBoundary: { PermissionsBoundaryArn: `arn:aws:iam::${id}:policy/limit` } }
  const bounded = variation.boundary !== undefined || (isSelf && variation.without === 'unbounded')
  const attacker = {
    ...identity(id, path.actor ?? 'user', 'attacker'),
    AttachedManagedPolicies: isSelf && has('attached') ? [policy] : [],
    ...(bounded ? limit : {}),
    ...(path.actor === 'role'
      ? { RolePolicyList: inline(statements), AssumeRolePolicyDocument: trust('nothing.amazonaws.com') }
      : { UserPolicyList: inline(statements), GroupList: has('member') ? ['team'] : [] }),
  }
  const prize = {
    ...identity(id, kindOfPrize(path), 'prize'),
    AttachedManagedPolicies: !isSelf && has('attached') ? [policy] : [],
    ...(variation.without === 'prize-unbounded' ? limit : {}),
  }
  const rights = inline([EVERYTHING])
  const kind = kindOfPrize(path)
  return {
    UserDetailList: [
      ...(path.actor === 'role' ? [] : [attacker]),
      ...(kind === 'user' ? [{ ...prize, UserPolicyList: rights, GroupList: [] }] : []),
    ],
    GroupDetailList: [
      { ...identity(id, 'group', 'team'), GroupPolicyList: [], AttachedManagedPolicies: [] },
      ...(kind === 'group' ? [{ ...prize, GroupPolicyList: rights }] : []),
    ],
    RoleDetailList: [
      ...(path.actor === 'role' ? [attacker] : []),
      ...(kind === 'role'
        ? [{ ...prize, ...roleParts(account, has), RolePolicyList: prizeRights(account, has) }]
        : []),
    ],
    Policies: [
      managed(id, 'shared', versions(account, has)),
      managed(id, 'limit', [
        [
          variation.boundary === undefined
            ? EVERYTHING
            : { Effect: 'Allow', NotAction: variation.boundary, Resource: '*' },
        ],
      ]),
    ],
  }
}

/** The administration role of stack sets can do nothing but assume others. */
function prizeRights({ path, variation }: EscalationAccount, has: (label: string) => boolean): Json {
  if (!path.state.includes('assumes')) return inline([EVERYTHING])
  const actions = has('assumes') ? 'sts:AssumeRole' : 's3:GetObject'
  return variation.without === undefined
    ? inline([EVERYTHING])
    : inline([{ Effect: 'Allow', Action: actions, Resource: '*' }])
}

function roleParts(account: EscalationAccount, has: (label: string) => boolean): JsonObject {
  const { id, path } = account
  const isTrusted = path.scene !== 'pass' && path.scene !== 'assume' ? true : has('trust')
  const service = path.service ?? SERVICE_OF_HOST.get(path.host ?? '') ?? 'nothing.amazonaws.com'
  const usesProfile = path.host?.startsWith('ec2:') === true || has('profile')
  return {
    AssumeRolePolicyDocument: !isTrusted
      ? trust('nothing.amazonaws.com')
      : path.scene === 'assume'
        ? document({
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { AWS: `arn:aws:iam::${id}:root` },
          })
        : trust(service),
    InstanceProfileList: usesProfile
      ? [{ InstanceProfileName: 'prize', Arn: `arn:aws:iam::${id}:instance-profile/prize` }]
      : [],
  }
}

const SERVICE_OF_HOST: ReadonlyMap<string, string> = new Map([
  ['lambda:function', 'lambda.amazonaws.com'],
  ['ec2:instance', 'ec2.amazonaws.com'],
  ['ec2:launch-template', 'ec2.amazonaws.com'],
])

function trust(service: string): Json {
  return document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } })
}

function resourceOf(account: EscalationAccount, on: string): string {
  const { id, path } = account
  switch (on) {
    case 'prize':
      return prizeOf(account)
    case 'self':
      return attackerOf(account)
    case 'group':
      return `arn:aws:iam::${id}:group/team`
    case 'policy':
      return `arn:aws:iam::${id}:policy/shared`
    case 'resource':
      return hostArn(id, path.host ?? '')
    default:
      return on.replace('ACCOUNT', id)
  }
}

function identity(id: string, kind: 'user' | 'role' | 'group', name: string): JsonObject {
  const title = kind === 'user' ? 'User' : kind === 'role' ? 'Role' : 'Group'
  return {
    Path: '/',
    [`${title}Name`]: name,
    [`${title}Id`]: `A${title.toUpperCase()}${name}${id}`,
    Arn: `arn:aws:iam::${id}:${kind}/${name}`,
  }
}

function inline(statements: readonly Statement[]): Json {
  return statements.length === 0 ? [] : [{ PolicyName: 'own', PolicyDocument: document(...statements) }]
}

/** The versions of the policy that is to be changed: less than five unless all five must be there. */
function versions(
  { path }: EscalationAccount,
  has: (label: string) => boolean,
): readonly (readonly Statement[])[] {
  const isFull = path.state.includes('versions') ? !has('versions') : has('five')
  const old = has('broad') ? EVERYTHING : NARROW
  return [[old], [NARROW], [NARROW], ...(isFull ? [[NARROW], [NARROW]] : [[NARROW]])]
}

/** The last version is in force. */
function managed(id: string, name: string, documents: readonly (readonly Statement[])[]): Json {
  return {
    PolicyName: name,
    Arn: `arn:aws:iam::${id}:policy/${name}`,
    DefaultVersionId: `v${documents.length}`,
    PolicyVersionList: documents.map((statements, i) => ({
      VersionId: `v${i + 1}`,
      IsDefaultVersion: i + 1 === documents.length,
      Document: document(...statements),
    })),
  }
}

const REPORT_HEAD =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,' +
  'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,' +
  'access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date'

/** The credential report, which knows the keys and the password of the user that is to be taken over. */
function credentialReport(account: EscalationAccount): string | undefined {
  const { path } = account
  if (path.scene !== 'user') return undefined
  const has = hasOf(account)
  const label = path.state[0] ?? ''
  // Each label the other way round when it is left out.
  const keys = label === 'one-key' ? (has(label) ? 1 : 2) : has('two-keys') ? 2 : 0
  const password = label === 'no-password' ? !has(label) : has('password')
  const day = '2024-01-01T00:00:00+00:00'
  const key = (n: number) => (keys >= n ? `true,${day},N/A` : 'false,N/A,N/A')
  const signs = password ? `true,no_information,${day},N/A` : 'false,N/A,N/A,N/A'
  return `${REPORT_HEAD}\nprize,${prizeOf(account)},${day},${signs},false,${key(1)},${key(2)}\n`
}

function organization(accounts: readonly EscalationAccount[]): Json {
  const denied = accounts.filter(({ variation }) => variation.scp !== undefined)
  return {
    Id: 'o-escalation',
    MasterAccountId: '999999999999',
    RootId: 'r-root',
    Ous: { 'r-root': { parent: null, scps: ['p-FullAWSAccess'], rcps: ['p-RCPFullAWSAccess'] } },
    Accounts: Object.fromEntries(
      [...accounts.map(({ id }) => id), '999999999999'].map((id) => {
        const own = denied.some((account) => account.id === id) ? [`p-${id}`] : []
        return [id, { ou: 'r-root', scps: ['p-FullAWSAccess', ...own], rcps: ['p-RCPFullAWSAccess'] }]
      }),
    ),
    Scps: {
      'p-FullAWSAccess': { name: 'FullAWSAccess', doc: document(EVERYTHING) },
      ...Object.fromEntries(
        denied.map(({ id, variation }) => [
          `p-${id}`,
          { name: 'deny', doc: document({ Effect: 'Deny', Action: variation.scp ?? '', Resource: '*' }) },
        ]),
      ),
    },
    Rcps: {
      'p-RCPFullAWSAccess': {
        name: 'RCPFullAWSAccess',
        doc: document({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }),
      },
    },
  }
}
