/**
 * S3 User Guide, "Blocking public access to your Amazon S3 storage", _The meaning of "public"_: "Amazon S3 begins by assuming
 * that the policy is public. It then evaluates the policy to determine whether it qualifies as non-public."
 */
import { type Document, list, type Statement, type Word } from './aws-matching.ts'

const FIXED_BY = [
  'aws:principalorgid',
  'aws:sourceip',
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
]

export function isPublic(policy: Document): Word {
  const statements = list(policy.Statement)
  const grants = statements.filter((s) => s.Effect === 'Allow').map(grantsToThePublic)
  if (!grants.includes('yes')) return grants.includes('unknown') ? 'unknown' : 'no'
  // The guide says nothing of denials: those about who asks may be taken into account.
  const spared = statements.some((s) => s.Effect === 'Deny' && conditions(s).some(([, key]) => tellsWho(key)))
  return spared ? 'unknown' : 'yes'
}

function grantsToThePublic(s: Statement): Word {
  if (s.NotPrincipal !== undefined) return 'yes'
  const everyone =
    s.Principal === '*' || (typeof s.Principal === 'object' && list(s.Principal.AWS).includes('*'))
  if (!everyone) return 'no'
  const each = conditions(s).map(([operator, key, values]) => leavesPublic(operator, key, values))
  return each.includes('no') ? 'no' : each.includes('unknown') ? 'unknown' : 'yes'
}

function leavesPublic(operator: string, key: string, values: readonly string[]): Word {
  const negative = /Not/i.test(operator) || /^Null$/i.test(operator)
  if (!tellsWho(key) || negative) return 'yes'
  const plain = /^(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/i
  const base = operator.replace(/^For(Any|All)Values?:/i, '').replace(/IfExists$/i, '')
  if (!FIXED_BY.includes(key) || !plain.test(base)) return 'unknown'
  if (values.some((value) => !isFixed(key, value))) return 'yes'
  return plain.test(operator) && !(key === 'aws:userid' && values.join().includes(':')) ? 'no' : 'unknown'
}

function isFixed(key: string, value: string): boolean {
  if (key === 'aws:sourceip') {
    const [address = '', bits] = value.split('/')
    return bits === undefined || Number(bits) >= (address.includes(':') ? 32 : 8)
  }
  const names = key === 's3:dataaccesspointarn' ? value.replace(/(:\d{12}:accesspoint\/).*/, '$1') : value
  return !['*', '?', '${'].some((sign) => names.includes(sign))
}

const tellsWho = (key: string) => FIXED_BY.includes(key) || key.startsWith('aws:principal')

const conditions = (s: Statement) =>
  Object.entries(s.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => [operator, key.toLowerCase(), list(values)] as const),
  )
