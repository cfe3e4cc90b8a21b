import { createHash } from 'node:crypto'
import { GomeisaError, type JsonObject } from '../../../graph/index.ts'
import type { RoleEntitlement } from './entitlements.ts'

/** The tag of a session that says of which grant it is; what ends a grant in a role looks at it. */
export const GRANT_TAG = 'gomeisa-grant'

/** Characters of an inline session policy and the ARNs of managed ones together (STS, AssumeRole, `Policy`). */
const MOST_CHARACTERS = 2048

/**
 * The policy of a session: what narrows the role, and a denial of everything from the deadline on, whatever the session's own
 * length (at least 15 minutes) is. `aws:CurrentTime` is in every request's context. Throws `REFUSED` where the text is longer than
 * STS takes; how much of its packed form is used only STS can tell (`SessionTokenUtilization`).
 */
export function sessionPolicy(entitlement: RoleEntitlement, deadline: number): string {
  const { narrowedTo, policies = [], mayChain = false } = entitlement
  const all: JsonObject = { Effect: 'Allow', Action: '*', Resource: '*' }
  const allowed = narrowedTo ?? (policies.length === 0 ? [all] : [])
  const end: JsonObject = {
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { DateGreaterThanEquals: { 'aws:CurrentTime': awsTime(deadline) } },
  }
  // A role taken from here knows neither this policy nor what ends the grant.
  const chain: JsonObject = { Effect: 'Deny', Action: ['sts:AssumeRole', 'sts:AssumeRoot'], Resource: '*' }
  const statements = [...allowed, end, ...(mayChain ? [] : [chain])]
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements })
  const length = text.length + policies.reduce((sum, arn) => sum + arn.length, 0)
  if (length <= MOST_CHARACTERS) return text
  throw new GomeisaError(
    'REFUSED',
    `the session policy of \`${entitlement.id}\` has ${length} characters, and AWS takes ${MOST_CHARACTERS}`,
    { remedy: 'narrow it by managed policies (`policies`), or by a role of its own' },
  )
}

/** To the second, and never later than asked. */
export const awsTime = (at: number): string =>
  new Date(Math.floor(at / 1000) * 1000).toISOString().replace('.000Z', 'Z')

const NAME = /^[\w+=,.@-]{2,64}$/

/** A person as `SourceIdentity`: the id itself where AWS can take it, else a hash of it, the same each time. */
export function sourceIdentity(person: string): string {
  return NAME.test(person)
    ? person
    : `sha256-${createHash('sha256').update(person).digest('hex').slice(0, 40)}`
}

/** Throws `REFUSED` for a grant's id that cannot be in names and tags of AWS. */
export function nameOfGrant(grant: string): string {
  if (/^[\w-]{1,48}$/.test(grant)) return `gomeisa-grant-${grant}`
  throw new GomeisaError('REFUSED', 'the id of the grant cannot be part of a name in AWS')
}
