import { isObject, type Json, own, ownList, ownString } from '../../../../graph/index.ts'
import { type Answer, answersIn, goesOn } from '../../answers.ts'
import { awsGap } from '../../coverage/aws/table.ts'
import type { Format, Problem, Taken } from '../../format.ts'
import { counted } from '../../listing.ts'
import { anyObject, flag, listOf, type Mismatch, record, type Shape, text } from '../../record-shape.ts'
import { accountOf, arn, policyDocument } from './policy-document.ts'

/**
 * The output of `aws iam get-account-authorization-details`: one page, or all of them as the command line merges them
 * (IAM API Reference, GetAccountAuthorizationDetails).
 */
export const accountAuthorizationDetails: Format = {
  kind: 'aws.account-authorization-details',
  recognises(document) {
    for (const { question, body } of answersIn(document, [], undefined)) {
      if (question !== undefined && !/get-?account-?authorization-?details/i.test(question.call)) return false
      return question !== undefined || (isObject(body) && LISTS.some((list) => Object.hasOwn(body, list)))
    }
    return false
  },
  take(document) {
    const answers = [...answersIn(document, [], undefined)]
    for (const answer of answers) {
      const mismatch = answer.question?.refusal === undefined ? details(answer.body) : undefined
      if (mismatch !== undefined) return problem(answer, mismatch)
    }
    return taken(answers)
  },
}

/** `Policies` alone is the listing of another command. */
const LISTS = ['UserDetailList', 'GroupDetailList', 'RoleDetailList']
const ALL_LISTS = [...LISTS, 'Policies']

const inlinePolicies = listOf(record({ PolicyName: text, PolicyDocument: policyDocument }))
const attachedPolicies = listOf(record({ PolicyArn: text }, { PolicyName: text }))
const boundary = record({}, { PermissionsBoundaryArn: text, PermissionsBoundaryType: text })
const tags = listOf(record({ Key: text, Value: text }))

const user = record(
  { UserName: text, Arn: arn },
  {
    Path: text,
    UserId: text,
    CreateDate: text,
    PasswordLastUsed: text,
    GroupList: listOf(text),
    UserPolicyList: inlinePolicies,
    AttachedManagedPolicies: attachedPolicies,
    PermissionsBoundary: boundary,
    Tags: tags,
  },
)
const group = record(
  { GroupName: text, Arn: arn },
  {
    Path: text,
    GroupId: text,
    CreateDate: text,
    GroupPolicyList: inlinePolicies,
    AttachedManagedPolicies: attachedPolicies,
  },
)
const role = record(
  { RoleName: text, Arn: arn, AssumeRolePolicyDocument: policyDocument },
  {
    Path: text,
    RoleId: text,
    CreateDate: text,
    RolePolicyList: inlinePolicies,
    AttachedManagedPolicies: attachedPolicies,
    PermissionsBoundary: boundary,
    Tags: tags,
    RoleLastUsed: record({}, { LastUsedDate: text, Region: text }),
    InstanceProfileList: listOf(anyObject),
  },
)
const policy = record(
  {
    Arn: arn,
    DefaultVersionId: text,
    PolicyVersionList: listOf(record({ VersionId: text, IsDefaultVersion: flag, Document: policyDocument })),
  },
  // The ARN ends in the name; moto leaves the name out.
  { PolicyName: text, Path: text, PolicyId: text, CreateDate: text, UpdateDate: text },
)
const details: Shape = record(
  {},
  {
    UserDetailList: listOf(user),
    GroupDetailList: listOf(group),
    RoleDetailList: listOf(role),
    Policies: listOf(policy),
    IsTruncated: flag,
    Marker: text,
  },
)

function problem(answer: Answer, { pointer, wanted, found }: Mismatch): Problem {
  const place = answer.pointer + answer.rowsAt + pointer
  return {
    pointer: place,
    says: `\`${pointer}\` is ${found}: ${wanted} was expected`,
    remedy: 'export it again with `aws iam get-account-authorization-details` and leave it as printed',
  }
}

function taken(answers: readonly Answer[]): Taken {
  const accounts = new Set<string>()
  const entered = new Set<string>()
  const counts = [0, 0, 0, 0]
  for (const { body } of answers) {
    if (!isObject(body)) continue
    for (const [i, list] of ALL_LISTS.entries()) {
      const rows = ownList(body, list)
      counts[i] = (counts[i] ?? 0) + rows.length
      for (const row of rows) {
        const account = accountOf(arnOf(row))
        if (account === undefined) continue
        accounts.add(account)
        if (list === 'RoleDetailList' && arnOf(row).includes(IDENTITY_CENTER)) entered.add(account)
      }
    }
  }
  const [only, ...others] = accounts
  const scope = others.length === 0 ? only : undefined
  const [users = 0, groups = 0, roles = 0, policies = 0] = counts
  return {
    kind: 'aws.account-authorization-details',
    rowsAt: answers[0]?.rowsAt ?? '',
    rows: answers.length,
    ...(scope === undefined ? {} : { scope }),
    holds: [
      counted(users, ['user', 'users']),
      counted(groups, ['group', 'groups']),
      counted(roles, ['role', 'roles']),
      counted(policies, ['policy', 'policies']),
    ].join(', '),
    ids: ids(answers),
    gaps: gaps(answers, scope ?? '*'),
    mentions: [
      ...[...accounts].map((account) => `account:${account}`),
      ...[...entered].map((account) => `identity-center-role:${account}`),
    ],
  }
}

/** The path of the roles that Identity Center makes. */
const IDENTITY_CENTER = ':role/aws-reserved/sso.amazonaws.com/'

function gaps(answers: readonly Answer[], scope: string): Taken['gaps'] {
  const last = answers.at(-1)
  const isCut =
    last !== undefined && isObject(last.body) && (own(last.body, 'IsTruncated') === true || goesOn(last.body))
  const refusal = answers.find((answer) => answer.question?.refusal !== undefined)
  return [
    ...(isCut ? [awsGap('truncated', 'account-authorization-details', scope)] : []),
    ...(refusal === undefined
      ? []
      : [awsGap('refused', 'account-authorization-details', accountOfQuestion(refusal) ?? scope)]),
  ]
}

function accountOfQuestion({ question }: Answer): string | undefined {
  return /\b\d{12}\b/.exec(`${JSON.stringify(question?.parameters)} ${question?.refusal ?? ''}`)?.[0]
}

/** Managed policies of AWS are in the details of every account that uses them, each with its own counts: no ids. */
function* ids(answers: readonly Answer[]): Generator<{ id: string; pointer: string }> {
  for (const { body, pointer, rowsAt } of answers) {
    if (!isObject(body)) continue
    for (const list of ALL_LISTS) {
      for (const [i, row] of ownList(body, list).entries()) {
        const id = arnOf(row)
        if (accountOf(id) !== undefined) yield { id, pointer: `${pointer}${rowsAt}/${list}/${i}` }
      }
    }
  }
}

function arnOf(row: Json): string {
  return isObject(row) ? (ownString(row, 'Arn') ?? '') : ''
}
