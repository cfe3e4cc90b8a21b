import { isObject, type JsonObject, own, ownString } from '../../../../graph/index.ts'
import type { Document, Format, Problem, Taken } from '../../format.ts'
import { counted } from '../../listing.ts'
import { accountOf } from './policy-document.ts'

/**
 * The credential report of an account (IAM User Guide, "Getting credential reports"): the decoded `Content` of
 * `aws iam get-credential-report`, one line a user, the root user first.
 */
export const credentialReport: Format = {
  kind: 'aws.credential-report',
  recognises(document) {
    if (document.format === 'csv') return MARKS.every((column) => document.header.includes(column))
    return document.format === 'json' && isEncoded(document)
  },
  take(document) {
    if (document.format !== 'csv') {
      return {
        pointer: '/Content',
        says: 'the report in it is still encoded in base64',
        remedy: `write the report itself: \`${COMMAND}\``,
      }
    }
    const missing = COLUMNS.find((column) => !document.header.includes(column))
    if (missing !== undefined) return problem('', `the column \`${missing}\` is missing`)
    for (const [i, record] of document.records.entries()) {
      const wrong = wrongIn(record)
      if (wrong !== undefined) return problem(`/${i}/${wrong.column}`, wrong.says)
    }
    return taken(document.records)
  },
}

const COMMAND = 'aws iam get-credential-report --query Content --output text | base64 -d'

const MARKS = ['user', 'arn', 'password_enabled', 'mfa_active']
const FLAGS = ['mfa_active', 'access_key_1_active', 'access_key_2_active']
const DATES = [
  'user_creation_time',
  'password_last_used',
  'password_last_changed',
  'access_key_1_last_rotated',
  'access_key_1_last_used_date',
  'access_key_2_last_rotated',
  'access_key_2_last_used_date',
]
const COLUMNS = [...MARKS, ...FLAGS, ...DATES]

const FLAG = /^(?:true|false|not_supported|N\/A)$/i
const DATE =
  /^(?:\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})|N\/A|no_information|not_supported)$/

function wrongIn(record: JsonObject): { readonly column: string; readonly says: string } | undefined {
  const says = (column: string, wanted: string) => ({
    column,
    says: `\`${column}\` is \`${(ownString(record, column) ?? '').slice(0, 80)}\`: ${wanted} was expected`,
  })
  if (accountOf(own(record, 'arn')) === undefined) return says('arn', 'the ARN of a user')
  const flag = [...FLAGS, 'password_enabled'].find((column) => !FLAG.test(ownString(record, column) ?? ''))
  if (flag !== undefined) return says(flag, '`true` or `false`')
  const date = DATES.find((column) => !DATE.test(ownString(record, column) ?? ''))
  return date === undefined ? undefined : says(date, 'a time')
}

function taken(records: readonly JsonObject[]): Taken {
  const scope = accountOf(records[0] === undefined ? undefined : own(records[0], 'arn'))
  const users = records.filter((record) => own(record, 'user') !== '<root_account>').length
  return {
    kind: 'aws.credential-report',
    rowsAt: '',
    rows: records.length,
    ...(scope === undefined ? {} : { scope }),
    holds: `credentials of ${counted(users, ['user', 'users'])}${users === records.length ? '' : ' and the root user'}`,
    ids: records.map((record, i) => ({
      id: `credentials of ${ownString(record, 'arn') ?? ''}`,
      pointer: `/${i}`,
    })),
    gaps: [],
    mentions: [...new Set(records.map((record) => `account:${accountOf(own(record, 'arn')) ?? ''}`))],
  }
}

function problem(pointer: string, says: string): Problem {
  return { pointer, says, remedy: `export it again: \`${COMMAND}\`` }
}

function isEncoded(document: Document): boolean {
  if (document.format !== 'json' || !isObject(document.root)) return false
  return ownString(document.root, 'ReportFormat') === 'text/csv'
}
