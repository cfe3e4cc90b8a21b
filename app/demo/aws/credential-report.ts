import { awsTime, daysAgo } from '../clock.ts'
import { text } from '../demo-file.ts'
import type { DemoFile, Week } from '../demo-file.ts'
import { drawsOf } from '../random.ts'
import { HOME_REGION } from './accounts.ts'
import type { AwsAccount } from './accounts.ts'
import { userArn, userDetail } from './details.ts'
import { iamUsersOf } from './iam-users.ts'
import type { AccessKey, IamUser } from './iam-users.ts'

/** The columns of the report, in AWS's order. */
const HEADER = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  ...['1', '2'].flatMap((n) => [
    `access_key_${n}_active`,
    `access_key_${n}_last_rotated`,
    `access_key_${n}_last_used_date`,
    `access_key_${n}_last_used_region`,
    `access_key_${n}_last_used_service`,
  ]),
  'cert_1_active',
  'cert_1_last_rotated',
  'cert_2_active',
  'cert_2_last_rotated',
]

const NO_CERTIFICATES = ['false', 'N/A', 'false', 'N/A']

function keyColumns(key: AccessKey | undefined): string[] {
  if (key === undefined) return ['false', 'N/A', 'N/A', 'N/A', 'N/A']
  const used =
    key.lastUsedDays === null
      ? ['N/A', 'N/A', 'N/A']
      : [awsTime(daysAgo(key.lastUsedDays, 5400)), HOME_REGION, 's3']
  return [String(key.active), awsTime(daysAgo(key.ageDays, 7200)), ...used]
}

function userRow(account: AwsAccount, user: IamUser): string {
  const keys = user.keys
  const password =
    user.console === 'none'
      ? ['false', 'N/A', 'N/A', 'N/A', 'false']
      : [
          'true',
          user.console.lastUsedDays === null
            ? 'no_information'
            : awsTime(daysAgo(user.console.lastUsedDays, 1800)),
          awsTime(daysAgo(drawsOf(`password/${user.name}`).between(100, 900))),
          'N/A',
          String(user.console.mfa),
        ]
  return [
    user.name,
    userArn(account, user.name),
    userDetail(account, user).CreateDate,
    ...password,
    ...keyColumns(keys[0]),
    ...keyColumns(keys[1]),
    ...NO_CERTIFICATES,
  ].join(',')
}

function rootRow(account: AwsAccount): string {
  const created = awsTime(daysAgo(1900))
  return [
    '<root_account>',
    `arn:aws:iam::${account.id}:root`,
    created,
    'not_supported',
    awsTime(daysAgo(drawsOf(`root/${account.id}`).between(300, 900))),
    'not_supported',
    'not_supported',
    'true',
    ...keyColumns(undefined),
    ...keyColumns(undefined),
    ...NO_CERTIFICATES,
  ].join(',')
}

/** The decoded `Content` of `aws iam get-credential-report`. */
export function credentialReport(account: AwsAccount, week: Week): DemoFile {
  const rows = [rootRow(account), ...iamUsersOf(account, week).map((user) => userRow(account, user))]
  return text(`aws/accounts/${account.id}/credential-report.csv`, [HEADER.join(','), ...rows])
}
