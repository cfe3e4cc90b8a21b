/**
 * AWS RAM User Guide and API Reference: what shares of Resource Access Manager say to a caller, written from the guide's own words. A
 * share lets its principals do, on its resources, what the managed permission of their type says.
 */
import { all, any, type Document, type Word } from './aws-matching.ts'
import type { Tree, World } from './aws-world.ts'

/** The document that RAM writes for a caller and a resource, and whether it is in force. */
export interface Written {
  readonly document: Document
  /** Whether the caller is one of the principals, as an account, and by its own ARN. */
  readonly asAccount: Word
  readonly asItself: Word
}

interface Caller {
  readonly arn: string
  readonly account: string
}

/** What is written on a resource for a caller; `unlisted`: the owner's shares were asked for, and these were not told. */
export function writtenFor(
  world: World,
  caller: Caller,
  resource: string,
): { readonly written: readonly Written[]; readonly unlisted: boolean } {
  const [, , service = '', , owner = ''] = resource.split(':')
  const told = world.accounts.find(({ id }) => id === owner)?.shares
  if (
    told === undefined ||
    ['s3', 'sqs', 'sns', 'kms', 'lambda', 'iam', 'secretsmanager', 'sts'].includes(service)
  ) {
    return { written: [], unlisted: false }
  }
  if (told === 'refused') return { written: [], unlisted: true }
  const written = told.flatMap((share): Written[] => {
    const there = share.resources.find(({ arn }) => arn === resource)
    if (there === undefined) return []
    if (share.status === 'DELETED' || there.association === 'DISASSOCIATED') return []
    const isActive =
      share.status === 'ACTIVE' && there.association === 'ASSOCIATED' && there.status === 'AVAILABLE'
    const inForce: Word = isActive ? 'yes' : 'unknown'
    const template = share.permissions.find(({ type }) => type.toLowerCase() === there.type.toLowerCase())
    const isKnown: Word = template?.template === undefined ? 'unknown' : 'yes'
    const words = { asAccount: 'no' as Word, asItself: 'no' as Word }
    for (const { name, status, external } of share.principals) {
      // "They must accept the invitation before the principals … can access the shared resources."
      if (status === 'DISASSOCIATED' || (status === 'ASSOCIATING' && external)) continue
      const settled: Word = status === 'ASSOCIATED' ? 'yes' : 'unknown'
      const is = (w: Word): Word => all(w, settled, inForce, isKnown)
      if (name === caller.arn) words.asItself = any(words.asItself, is('yes'))
      else if (name === caller.account) words.asAccount = any(words.asAccount, is('yes'))
      else if (name.includes(':organizations::'))
        words.asAccount = any(words.asAccount, is(inOrganization(world.organization, caller.account, name)))
    }
    const statement = template?.template ?? { Effect: 'Allow', Action: '*' }
    return [
      {
        document: { Statement: [{ ...statement, Resource: resource, Principal: '*' }] },
        ...words,
      },
    ]
  })
  return { written, unlisted: false }
}

/** Whether an account is in the organization or in the unit that an ARN names. */
function inOrganization(tree: Tree | null | undefined, account: string, arn: string): Word {
  if (tree === undefined) return 'unknown'
  if (tree === null) return 'no'
  const place = tree.Accounts[account]
  // Of an account that the organization's export does not hold, nobody knows where it is.
  if (place === undefined && tree.MasterAccountId !== account) return 'unknown'
  const [, id, unit] = arn.split('/')
  if (id !== tree.Id) return 'no'
  if (unit === undefined) return 'yes'
  let at: string | null | undefined = place?.ou
  while (typeof at === 'string') {
    if (at === unit) return 'yes'
    at = tree.Ous[at]?.parent
  }
  return at === undefined ? 'unknown' : 'no'
}
