import { isObject, type JsonObject, own, ownString } from '../../../../graph/index.ts'
import { type Listing, listing } from '../../listing.ts'
import { record, text } from '../../record-shape.ts'
import { wrapped } from './wrapped.ts'

const accountRow = record({ Id: text }, { Arn: text, Name: text, Email: text, Status: text, State: text })

const common = {
  cloud: 'aws',
  noun: ['account', 'accounts'],
  what: 'service-control-policies',
  lists: ['Accounts'],
  row: accountRow,
  mentions,
} as const satisfies Partial<Listing>

/** `aws organizations list-accounts`; `list-accounts-for-parent` looks the same when it is not wrapped. */
export const accounts = listing({
  ...common,
  kind: 'aws.accounts',
  calls: ['ListAccounts', 'list-accounts'],
  looksLike: (row) =>
    Object.hasOwn(row, 'JoinedMethod') || (Object.hasOwn(row, 'Id') && Object.hasOwn(row, 'Email')),
  id: (row) => ownString(row, 'Id'),
})

/** `aws organizations list-accounts-for-parent`, wrapped. */
export const accountsForParent = listing({
  ...common,
  kind: 'aws.accounts-for-parent',
  calls: ['ListAccountsForParent', 'list-accounts-for-parent'],
  looksLike: () => false,
  asked: wrapped('the parent of these accounts', 'ParentId'),
  id: (row) => ownString(row, 'Id'),
})

/** Accounts that can be used; those being closed have no identities that matter. */
function mentions(rows: Iterable<JsonObject>): readonly string[] {
  const active = [...rows].filter(
    (row) => isObject(row) && (own(row, 'State') ?? own(row, 'Status') ?? 'ACTIVE') === 'ACTIVE',
  )
  return active.map((row) => `account:${ownString(row, 'Id') ?? ''}`)
}
