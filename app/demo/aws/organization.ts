import { callAnswer } from '../call-answer.ts'
import type { CallAnswer } from '../call-answer.ts'
import { awsTime, daysAgo } from '../clock.ts'
import { COMPANY } from '../company/company.ts'
import { awsJson, jsonLines } from '../demo-file.ts'
import type { DemoFile } from '../demo-file.ts'
import { ACCOUNTS, ORGANIZATION_ID, accountNamed, accountTitle } from './accounts.ts'
import type { AwsAccount, UnitName } from './accounts.ts'
import { ORGANIZATION_POLICIES } from './organization-policies.ts'
import type { OrganizationPolicy } from './organization-policies.ts'

const MANAGEMENT = accountNamed('management').id
const ROOT_ID = 'r-l7me'

const UNIT_IDS: Readonly<Record<UnitName, string>> = {
  root: ROOT_ID,
  security: 'ou-l7me-5ecur1ty',
  infrastructure: 'ou-l7me-1nfra5tr',
  prod: 'ou-l7me-pr0duct1',
  staging: 'ou-l7me-5tag1ng0',
  dev: 'ou-l7me-deve10p0',
  sandbox: 'ou-l7me-5andb0x0',
}

const UNITS: readonly Exclude<UnitName, 'root'>[] = [
  'security',
  'infrastructure',
  'prod',
  'staging',
  'dev',
  'sandbox',
]

function arn(kind: string, rest: string): string {
  return `arn:aws:organizations::${MANAGEMENT}:${kind}/${ORGANIZATION_ID}/${rest}`
}

function account(each: AwsAccount, index: number): Record<string, string> {
  return {
    Id: each.id,
    Arn: arn('account', each.id),
    Email: `aws+${each.name}@${COMPANY.domain}`,
    Name: accountTitle(each),
    Status: 'ACTIVE',
    State: 'ACTIVE',
    JoinedMethod: each.joined,
    JoinedTimestamp: awsTime(daysAgo(1800 - index * 60, 1234 * index)).replace('+', '.201000+'),
  }
}

function policySummary(policy: OrganizationPolicy): Record<string, string | boolean> {
  const folder = policy.type.toLowerCase()
  return {
    Id: policy.id,
    Arn: policy.awsManaged
      ? `arn:aws:organizations::aws:policy/${folder}/${policy.id}`
      : arn('policy', `${folder}/${policy.id}`),
    Name: policy.name,
    Description: policy.description,
    Type: policy.type,
    AwsManaged: policy.awsManaged,
  }
}

type Target = {
  readonly TargetId: string
  readonly Arn: string
  readonly Name: string
  readonly Type: string
}

function unitTarget(unit: UnitName): Target {
  if (unit === 'root') return { TargetId: ROOT_ID, Arn: arn('root', ROOT_ID), Name: 'Root', Type: 'ROOT' }
  const id = UNIT_IDS[unit]
  return { TargetId: id, Arn: arn('ou', id), Name: unit, Type: 'ORGANIZATIONAL_UNIT' }
}

function accountTarget(each: AwsAccount): Target {
  return { TargetId: each.id, Arn: arn('account', each.id), Name: accountTitle(each), Type: 'ACCOUNT' }
}

function targets(policy: OrganizationPolicy): Target[] {
  if (policy.targets === 'everything')
    return [...['root' as const, ...UNITS].map(unitTarget), ...ACCOUNTS.map(accountTarget)]
  return [
    ...policy.targets.units.map(unitTarget),
    ...policy.targets.accounts.map((name) => accountTarget(accountNamed(name))),
  ]
}

function hierarchyCalls(): CallAnswer[] {
  const rows = ACCOUNTS.map((each, index) => ({ each, row: account(each, index) }))
  const below = (unit: UnitName) => rows.filter(({ each }) => each.unit === unit).map(({ row }) => row)
  const units = UNITS.map((unit) => ({ Id: UNIT_IDS[unit], Arn: arn('ou', UNIT_IDS[unit]), Name: unit }))
  return ['root' as const, ...UNITS].flatMap((unit) => [
    callAnswer(
      'organizations:ListOrganizationalUnitsForParent',
      { ParentId: UNIT_IDS[unit] },
      { OrganizationalUnits: unit === 'root' ? units : [] },
    ),
    callAnswer(
      'organizations:ListAccountsForParent',
      { ParentId: UNIT_IDS[unit] },
      { Accounts: below(unit) },
    ),
  ])
}

/** Answers of `aws organizations …`, asked from the management account. */
export function organizationFiles(): DemoFile[] {
  const folder = 'aws/organizations'
  const types = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const
  const status = (type: (typeof types)[number]) => ({ Type: type, Status: 'ENABLED' })
  return [
    awsJson(`${folder}/describe-organization.json`, {
      Organization: {
        Id: ORGANIZATION_ID,
        Arn: `arn:aws:organizations::${MANAGEMENT}:organization/${ORGANIZATION_ID}`,
        FeatureSet: 'ALL',
        MasterAccountArn: arn('account', MANAGEMENT),
        MasterAccountId: MANAGEMENT,
        MasterAccountEmail: `aws+management@${COMPANY.domain}`,
        AvailablePolicyTypes: [status('SERVICE_CONTROL_POLICY')],
      },
    }),
    awsJson(`${folder}/list-roots.json`, {
      Roots: [{ Id: ROOT_ID, Arn: arn('root', ROOT_ID), Name: 'Root', PolicyTypes: types.map(status) }],
    }),
    awsJson(`${folder}/list-accounts.json`, { Accounts: ACCOUNTS.map(account) }),
    ...types.map((type) =>
      awsJson(`${folder}/list-policies-${type.toLowerCase()}.json`, {
        Policies: ORGANIZATION_POLICIES.filter((policy) => policy.type === type).map(policySummary),
      }),
    ),
    ...ORGANIZATION_POLICIES.map((policy) =>
      awsJson(`${folder}/describe-policy-${policy.id}.json`, {
        Policy: { PolicySummary: policySummary(policy), Content: JSON.stringify(policy.document) },
      }),
    ),
    jsonLines(`${folder}/calls.jsonl`, [
      ...hierarchyCalls(),
      ...ORGANIZATION_POLICIES.map((policy) =>
        callAnswer(
          'organizations:ListTargetsForPolicy',
          { PolicyId: policy.id },
          { Targets: targets(policy) },
        ),
      ),
    ]),
  ]
}
