import { type Week } from '../../../app/demo/index.ts'
import { gaads, parsed, paths, resourcePolicies, rows } from './exports.ts'
import {
  list,
  type Assignment,
  type Holder,
  type IdentityUser,
  type Membership,
  type PermissionSet,
  type Statement,
} from './shapes.ts'

/**
 * Who reaches an S3 object, worked out slowly from the exported files alone.
 * `generous`: every condition holds, one dangerous action stands for its whole technique (an upper bound).
 * `strict`: a conditional Allow does not count and only assume-role and pass-role-to-Lambda are steps (a lower bound).
 * Denies are left out of both; the tests that use this say why that is sound here.
 */
export type Bound = 'generous' | 'strict'

type Node = { arn: string; account: string; statements: Statement[]; trust: Statement[] }

const COMPILED = new Map<string, RegExp>()

function like(pattern: string, value: string): boolean {
  let compiled = COMPILED.get(pattern)
  if (compiled === undefined) {
    const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
    compiled = new RegExp(`^${parts.join('.*')}$`, 'i')
    COMPILED.set(pattern, compiled)
  }
  return compiled.test(value)
}

/** Two patterns may mean the same thing: either covers the other. */
const overlap = (a: string, b: string): boolean => like(a, b) || like(b, a)

const ANSWERS = new WeakMap<Node, Map<string, Statement[]>>()

/** The Allow statements that mention the action, whatever their resource. */
function allowing(node: Node, action: string): Statement[] {
  let answers = ANSWERS.get(node)
  if (answers === undefined) ANSWERS.set(node, (answers = new Map<string, Statement[]>()))
  let found = answers.get(action)
  if (found === undefined) {
    found = node.statements.filter(
      (statement) =>
        statement.Effect === 'Allow' &&
        (statement.NotAction === undefined
          ? list(statement.Action).some((each) => like(each, action))
          : !list(statement.NotAction).some((each) => like(each, action))),
    )
    answers.set(action, found)
  }
  return found
}

function allows(node: Node, action: string, resource: string, bound: Bound): boolean {
  return allowing(node, action).some(
    (statement) =>
      !(bound === 'strict' && statement.Condition !== undefined) &&
      (statement.NotResource !== undefined ||
        list(statement.Resource).some((each) => overlap(each, resource))),
  )
}

function loadNodes(week: Week): Node[] {
  return [...gaads(week)].flatMap(([account, details]) => {
    const documents = new Map(
      details.Policies.map((policy) => [policy.Arn, list(policy.PolicyVersionList[0]?.Document.Statement)]),
    )
    const statementsOf = (holder: Holder): Statement[] => [
      ...[
        ...(holder.RolePolicyList ?? []),
        ...(holder.UserPolicyList ?? []),
        ...(holder.GroupPolicyList ?? []),
      ].flatMap((inline) => list(inline.PolicyDocument.Statement)),
      ...holder.AttachedManagedPolicies.flatMap((attached) => documents.get(attached.PolicyArn) ?? []),
    ]
    const groups = new Map(details.GroupDetailList.map((group) => [group.GroupName, statementsOf(group)]))
    return [
      ...details.RoleDetailList.map((role) => ({
        arn: role.Arn,
        account,
        statements: statementsOf(role),
        trust: list(role.AssumeRolePolicyDocument.Statement),
      })),
      ...details.UserDetailList.map((user) => ({
        arn: user.Arn,
        account,
        statements: [...statementsOf(user), ...user.GroupList.flatMap((name) => groups.get(name) ?? [])],
        trust: [],
      })),
    ]
  })
}

const TAKES_OVER_ACCOUNT = [
  'iam:AddUserToGroup',
  'iam:AttachGroupPolicy',
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreatePolicyVersion',
  'iam:PutGroupPolicy',
  'iam:PutRolePolicy',
  'iam:PutUserPolicy',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateLoginProfile',
]
const TAKES_OVER_SERVICE_ROLES = [
  'cloudformation:UpdateStack',
  'codebuild:StartBuild',
  'ec2-instance-connect:SendSSHPublicKey',
  'ec2:ModifyInstanceAttribute',
  'ecs:ExecuteCommand',
  'glue:UpdateJob',
  'lambda:UpdateFunctionCode',
  'sagemaker:CreatePresignedNotebookInstanceUrl',
  'ssm:SendCommand',
  'ssm:StartSession',
]
const TAKES_OVER_ORGANIZATION = [
  'sso:CreateAccountAssignment',
  'sso:PutInlinePolicyToPermissionSet',
  'sso:AttachManagedPolicyToPermissionSet',
  'identitystore:CreateGroupMembership',
  'sso-directory:AddMemberToGroup',
  'organizations:AttachPolicy',
]

function awsPrincipals({ Principal }: Statement): string[] {
  return Principal === '*' ? ['*'] : list(Principal?.AWS)
}

function mayAssume(from: Node, to: Node, bound: Bound): boolean {
  return to.trust.some((statement) => {
    if (statement.Effect !== 'Allow' || (bound === 'strict' && statement.Condition !== undefined))
      return false
    const named = awsPrincipals(statement)
    const direct = named.includes(from.arn)
    const ownAccount = ['*', from.account, `arn:aws:iam::${from.account}:root`]
    const viaAccount = named.some((each) => ownAccount.includes(each))
    const identity = allows(from, 'sts:AssumeRole', to.arn, bound)
    return (direct && (identity || from.account === to.account)) || (viaAccount && identity)
  })
}

/** Whether the role may be run by the service; any service when none is named. */
function trustsService(node: Node, service = ''): boolean {
  return node.trust.some(
    ({ Principal }) => Principal !== '*' && list(Principal?.Service).some((each) => each.includes(service)),
  )
}

function mayBecome(from: Node, to: Node, bound: Bound): boolean {
  if (mayAssume(from, to, bound)) return true
  if (from.account === to.account) {
    const passes = allows(from, 'iam:PassRole', to.arn, bound)
    if (bound === 'strict') {
      const runs = ['lambda:CreateFunction', 'lambda:InvokeFunction'].every((action) =>
        allows(from, action, '*', bound),
      )
      return passes && runs && trustsService(to, 'lambda.amazonaws.com')
    }
    if (passes && trustsService(to)) return true
    if (TAKES_OVER_ACCOUNT.some((action) => allows(from, action, '*', bound))) return true
    if (trustsService(to) && TAKES_OVER_SERVICE_ROLES.some((action) => allows(from, action, '*', bound)))
      return true
  }
  // Identity Center and the organization are administered from the management account only
  return (
    bound === 'generous' &&
    from.account === '111122220001' &&
    TAKES_OVER_ORGANIZATION.some((action) => allows(from, action, '*', bound))
  )
}

/** E-mail of the person -> ARNs they act as directly. */
function people(week: Week, nodes: readonly Node[]): Map<string, string[]> {
  const acts = new Map<string, string[]>()
  const add = (email: string, arn: string): void => void acts.set(email, [...(acts.get(email) ?? []), arn])
  for (const user of [...gaads(week).values()].flatMap((each) => each.UserDetailList)) {
    const email = user.Tags.find((tag) => tag.Key === 'email')?.Value
    if (email !== undefined) add(email, user.Arn)
  }
  const users = rows(week, 'aws/identitystore/list-users.json', 'Users') as IdentityUser[]
  const emails = new Map(users.map((user) => [user.UserId, user.UserName]))
  const members = paths(week, /list-group-memberships/).flatMap(
    (path) => rows(week, path, 'GroupMemberships') as Membership[],
  )
  const sets = paths(week, /describe-permission-set/).map(
    (path) => (parsed(week, path) as { PermissionSet: PermissionSet }).PermissionSet,
  )
  const assignments = rows(week, 'aws/sso-admin/list-account-assignments.json', 'AccountAssignments')
  for (const row of assignments as Assignment[]) {
    const set = sets.find((each) => each.PermissionSetArn === row.PermissionSetArn)
    const role = nodes.find(
      (node) => node.account === row.AccountId && node.arn.includes(`/AWSReservedSSO_${String(set?.Name)}_`),
    )
    if (role === undefined) continue
    const ids =
      row.PrincipalType === 'USER'
        ? [row.PrincipalId]
        : members.filter((each) => each.GroupId === row.PrincipalId).map((each) => each.MemberId.UserId)
    for (const id of ids) add(String(emails.get(id)), role.arn)
  }
  return acts
}

/** E-mails of the people who can read the object, by the bound asked for. */
export function peopleReaching(week: Week, objectArn: string, bucketAccount: string, bound: Bound): string[] {
  const nodes = loadNodes(week)
  const byArn = new Map(nodes.map((node) => [node.arn, node]))
  const bucket = objectArn.split('/')[0]
  const granted = resourcePolicies(week)
    .filter((row) => row.arn === bucket)
    .flatMap((row) => list(row.policy.Statement))
    .filter(
      (each) => each.Effect === 'Allow' && list(each.Action).some((action) => like(action, 's3:GetObject')),
    )
  const reads = (node: Node): boolean =>
    granted.length > 0 || (node.account === bucketAccount && allows(node, 's3:GetObject', objectArn, bound))
  // search backwards: from those who read to those who may become them
  const reaching = new Set(nodes.filter(reads))
  for (let grown = true; grown;) {
    grown = false
    for (const node of nodes) {
      if (reaching.has(node)) continue
      if ([...reaching].some((target) => mayBecome(node, target, bound))) {
        reaching.add(node)
        grown = true
      }
    }
  }
  const reachingArns = new Set([...reaching].map((node) => node.arn))
  return [...people(week, nodes)]
    .filter(([, arns]) => arns.some((arn) => byArn.has(arn) && reachingArns.has(arn)))
    .map(([email]) => email)
    .sort()
}
