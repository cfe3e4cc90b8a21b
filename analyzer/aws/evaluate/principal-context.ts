import type { ContextLookup, ContextValue } from '../policy/context.ts'
import { UNKNOWN } from '../policy/context.ts'
import type { Identity } from './identity.ts'

/** Single values of keys that are fixed by what is asked, by folded key: `iam:passedtoservice`. */
export type RequestContext = ReadonlyMap<string, string>

const PRINCIPAL_TAG = 'aws:principaltag/'

/** What a principal's requests have for a key; `UNKNOWN`: an export does not tell. */
type Reader = (identity: Identity) => ContextValue

/**
 * Keys whose value, or absence, is the same in every request of an IAM user or role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html and, by type of principal,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
const FIXED: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['aws:principalarn', ({ arn }) => [arn]],
  ['aws:principalaccount', ({ account }) => [account]],
  ['aws:principaltype', ({ kind }) => [kind === 'user' ? 'User' : 'AssumedRole']],
  ['aws:principalorgid', ({ organization }) => orUnknown(organization)],
  ['aws:principalisawsservice', () => ['false']],
  // Only services have these: "if the call to your resource is made directly by an AWS service principal".
  ['aws:principalservicename', () => undefined],
  ['aws:principalservicenameslist', () => undefined],
  ['aws:username', ({ kind, name }) => (kind === 'user' ? [name] : undefined)],
  ['aws:userid', ({ kind, uniqueId }) => (kind === 'user' && uniqueId !== '' ? [uniqueId] : UNKNOWN)],
])

/** Whether a folded key is fixed for every user or role, or, as the tags of users, for some of them. */
export function isFixedKey(key: string): boolean {
  return FIXED.has(key) || key.startsWith(PRINCIPAL_TAG)
}

/**
 * The context of every request of a principal, with what is fixed by the question and told by the resource; all other keys
 * are unknown.
 */
export function principalContext(
  identity: Identity,
  given?: RequestContext,
  resource?: ContextLookup,
): ContextLookup {
  return {
    value(key) {
      const asked = given?.get(key)
      if (asked !== undefined) return [asked]
      const read = FIXED.get(key)
      if (read !== undefined) return read(identity)
      if (key.startsWith(PRINCIPAL_TAG)) return tagOf(identity, key.slice(PRINCIPAL_TAG.length))
      return resource === undefined ? UNKNOWN : resource.value(key)
    },
  }
}

/** Tags of users are fixed; those of a role may be set anew for each session. */
function tagOf({ kind, tags }: Identity, key: string): ContextValue {
  if (kind !== 'user') return UNKNOWN
  const found = tags.find(([name]) => name.toLowerCase() === key)
  return found === undefined ? undefined : [found[1]]
}

/** null: it has none. */
function orUnknown(text: string | null | undefined): ContextValue {
  return text === undefined ? UNKNOWN : text === null ? undefined : [text]
}
