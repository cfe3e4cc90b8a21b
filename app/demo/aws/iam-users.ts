import { peopleOf, storyPerson } from '../company/people.ts'
import type { Person } from '../company/people.ts'
import type { Week } from '../demo-file.ts'
import { found } from '../found.ts'
import { LEAVER_ACCOUNT, LEAVER_GROUP, LEAVER_KEYS, leaverKeyLastUsedDays } from '../stories/leaver.ts'
import type { AwsAccount } from './accounts.ts'
import type { UserWish } from './details.ts'
import { allow, document } from './policy-document.ts'

/** An access key: ages in days before the first export; null is never used. */
export type AccessKey = {
  readonly active: boolean
  readonly ageDays: number
  readonly lastUsedDays: number | null
}

/** A legacy IAM user and what the credential report says of it. */
export type IamUser = UserWish & {
  readonly console: { readonly lastUsedDays: number | null; readonly mfa: boolean } | 'none'
  readonly keys: readonly AccessKey[]
}

/** IAM groups and the AWS managed policies on them. */
export const IAM_GROUPS: Readonly<Record<string, readonly (readonly [name: string, managed: string])[]>> = {
  'web-prod': [['legacy-admins', 'AdministratorAccess']],
  [LEAVER_ACCOUNT]: [[LEAVER_GROUP, 'AdministratorAccess']],
  'sandbox-engineering': [['sandbox-users', 'PowerUserAccess']],
  'ledger-prod': [['auditors', 'ViewOnlyAccess']],
}

function member(team: string, index: number): Person {
  return found(peopleOf(team)[index], `person ${index} in ${team}`)
}

function human(
  person: Person,
  groups: readonly string[],
  console: IamUser['console'],
  keys: readonly AccessKey[],
): IamUser {
  return { name: person.login, groups, console, keys, tags: { email: person.email, team: person.team } }
}

function service(name: string, action: readonly string[], resource: string, key: AccessKey): IamUser {
  return { name, inline: { [name]: document(allow('Own', action, resource)) }, console: 'none', keys: [key] }
}

const fresh = (ageDays: number): AccessKey => ({ active: true, ageDays, lastUsedDays: 1 })
const withMfa = (lastUsedDays: number): IamUser['console'] => ({ lastUsedDays, mfa: true })
const withoutMfa = (lastUsedDays: number | null): IamUser['console'] => ({ lastUsedDays, mfa: false })

function leaver(week: Week): IamUser {
  return human(storyPerson('leaver'), [LEAVER_GROUP], withoutMfa(190), [
    { active: true, ageDays: LEAVER_KEYS.first, lastUsedDays: leaverKeyLastUsedDays(week) },
    { active: true, ageDays: LEAVER_KEYS.second, lastUsedDays: 210 },
  ])
}

const inbox = (name: string) => `arn:aws:s3:::lumenly-${name}/*`

/** The IAM users of every account that has some; a few keys are old, most are rotated. */
function usersByAccount(week: Week): Readonly<Record<string, readonly IamUser[]>> {
  return {
    'web-prod': [
      human(member('web', 2), ['legacy-admins'], withMfa(12), []),
      human(member('web', 5), ['legacy-admins'], withoutMfa(44), []),
      service('cdn-purge', ['cloudfront:CreateInvalidation'], '*', fresh(61)),
      service('status-page', ['cloudwatch:GetMetricData'], '*', {
        active: true,
        ageDays: 311,
        lastUsedDays: 0,
      }),
    ],
    [LEAVER_ACCOUNT]: [
      leaver(week),
      human(member('data-platform', 3), [LEAVER_GROUP], withMfa(260), []),
      service('bi-reader', ['athena:StartQueryExecution', 'athena:GetQueryResults'], '*', fresh(33)),
      service('partner-drop', ['s3:PutObject'], inbox('lake-raw'), {
        active: true,
        ageDays: 544,
        lastUsedDays: 2,
      }),
    ],
    'ledger-prod': [human(member('finance', 1), ['auditors'], withMfa(5), [])],
    'payments-prod': [service('bank-file-drop', ['s3:PutObject'], inbox('payout-scheduler-prod'), fresh(48))],
    'search-prod': [
      service('crawler', ['sqs:SendMessage'], '*', { active: false, ageDays: 700, lastUsedDays: 400 }),
    ],
    'product-staging': [
      service('load-test', ['ecs:DescribeServices'], '*', fresh(80)),
      service('mail-catcher', ['ses:SendRawEmail'], '*', { active: true, ageDays: 158, lastUsedDays: 9 }),
    ],
    'product-dev': [service('seed-data', ['dynamodb:BatchWriteItem'], '*', fresh(15))],
    'sandbox-engineering': [
      human(member('mobile', 4), ['sandbox-users'], withoutMfa(3), [
        { active: true, ageDays: 203, lastUsedDays: 90 },
      ]),
      human(member('integrations', 6), ['sandbox-users'], withMfa(17), [fresh(20)]),
      human(member('search', 2), ['sandbox-users'], withMfa(30), []),
    ],
  }
}

export function iamUsersOf(account: AwsAccount, week: Week): readonly IamUser[] {
  return usersByAccount(week)[account.name] ?? []
}
