import { ipRange } from '../policy/ip-range.ts'
import { ALLOW, NOT_PRINCIPAL } from '../state.ts'
import type { Clause } from './condition.ts'
import type { Estate } from './estate.ts'
import { and, FALSE, or, TRUE, type Truth, UNKNOWN } from './truth.ts'

/**
 * Whether S3 takes a bucket policy for public: it does unless everything that the policy grants goes to fixed values "that
 * don't contain a wildcard or an IAM policy variable" of principals or of certain condition keys. `UNKNOWN` where the guide
 * does not say: operators on sets and with `IfExists`, other keys about the principal, and denials with such keys.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html (The meaning of "public")
 */
export function isPublicPolicy(estate: Estate, document: number): Truth {
  const known = estate.publicPolicies.get(document)
  if (known !== undefined) return known
  let found: Truth = FALSE
  let isLimited = false
  for (const statement of estate.statementsOf(document)) {
    const flags = estate.flags(statement)
    const element = estate.element(statement)
    const clauses = estate.blockOf(statement)?.clauses ?? []
    if ((flags & ALLOW) === 0) isLimited ||= clauses.some(({ key }) => isAboutWho(key.toLowerCase()))
    else if ((flags & NOT_PRINCIPAL) !== 0) found = TRUE
    else if (element?.everyone === true) found = or(found, clauses.map(openness).reduce(and, TRUE))
  }
  const made = found === TRUE && isLimited ? UNKNOWN : found
  estate.publicPolicies.set(document, made)
  return made
}

/** `FALSE`: the clause keeps a grant to everyone from being public. */
function openness({ key, operator, values }: Clause): Truth {
  const folded = key.toLowerCase()
  const [, set, bare = '', ifExists] = OPERATOR.exec(operator.toLowerCase()) ?? []
  if (!isAboutWho(folded) || bare.includes('not') || bare === 'null') return TRUE
  if (!FIXING.has(folded) || !POSITIVE.has(bare)) return UNKNOWN
  if (!values.every((value) => isFixed(folded, value))) return TRUE
  const isSession = folded === 'aws:userid' && values.some((value) => value.includes(':'))
  return set !== undefined || ifExists !== undefined || isSession ? UNKNOWN : FALSE
}

const OPERATOR = /^(for(?:any|all)values?:)?(.*?)(ifexists)?$/

const POSITIVE: ReadonlySet<string> = new Set([
  'stringequals',
  'stringequalsignorecase',
  'stringlike',
  'arnequals',
  'arnlike',
  'ipaddress',
])

/** The keys that the guide lists. */
const FIXING: ReadonlySet<string> = new Set([
  'aws:principalorgid',
  'aws:sourceip',
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  'aws:userid',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
])

function isAboutWho(key: string): boolean {
  return FIXING.has(key) || key.startsWith('aws:principal')
}

/** Ranges broader than `/8`, of IPv6 than `/32`, are public; an access point may have any name in a fixed account. */
function isFixed(key: string, value: string): boolean {
  if (key === 'aws:sourceip') {
    const range = ipRange(value)
    return range !== undefined && range.bits >= (range.address.length === 2 ? 8 : 32)
  }
  if (key === 's3:dataaccesspointarn') return /^arn:[a-z-]+:s3:[^:$]*:\d{12}:accesspoint\/[^$]*$/.test(value)
  return !/[*?]|\$\{/.test(value)
}
