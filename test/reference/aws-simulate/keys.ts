/**
 * The request context: what the line names, and the keys that every request of such a principal has.
 * IAM User Guide: "AWS global condition context keys", "Principal key values".
 */
import { list, type Given, type Line } from './line.ts'

export interface Context {
  /** Values by key in lower case. */
  readonly known: ReadonlyMap<string, readonly string[]>
  readonly unknown: ReadonlySet<string>
}

const TYPES = {
  root: 'Account',
  user: 'User',
  role: 'AssumedRole',
  session: 'AssumedRole',
  'federated-user': 'FederatedUser',
  service: undefined,
  anonymous: 'Anonymous',
} as const

export function contextOf(line: Line): Context {
  const known = new Map<string, readonly string[]>()
  const unknown = new Set<string>()
  for (const [key, values] of derived(line)) known.set(key.toLowerCase(), values)
  for (const [key, given] of Object.entries(line.context ?? {})) {
    known.delete(key.toLowerCase())
    if (isUnknown(given)) unknown.add(key.toLowerCase())
    else known.set(key.toLowerCase(), list(given).map(String))
  }
  return { known, unknown }
}

function isUnknown(given: Given): given is { readonly unknown: true } {
  return typeof given === 'object' && !Array.isArray(given)
}

function derived({ principal, resource }: Line): Map<string, readonly string[]> {
  const keys = new Map<string, readonly string[]>()
  const set = (key: string, value: string | undefined) => {
    if (value !== undefined) keys.set(key, [value])
  }
  const { type, arn } = principal
  const signed = type !== 'anonymous'
  const own = type === 'service' || type === 'anonymous' ? undefined : arn.split(':')[4]
  const account = principal.account ?? own
  if (type !== 'service' && signed) {
    set('aws:PrincipalArn', type === 'session' ? principal.roleArn : type === 'root' ? rootOf(arn) : arn)
  }
  // "For anonymous requests, the request context returns anonymous."
  set('aws:PrincipalAccount', signed ? account : 'anonymous')
  set('aws:PrincipalType', TYPES[type])
  if (signed) set('aws:PrincipalIsAWSService', String(type === 'service'))
  if (type === 'service') set('aws:PrincipalServiceName', arn)
  if (type === 'user') set('aws:username', arn.split('/').at(-1))
  for (const [key, value] of Object.entries(principal.tags ?? {})) set(`aws:PrincipalTag/${key}`, value)
  set('aws:ResourceAccount', resource.account ?? (resource.arn.split(':')[4] || undefined))
  for (const [key, value] of Object.entries(resource.tags ?? {})) set(`aws:ResourceTag/${key}`, value)
  return keys
}

function rootOf(arn: string): string {
  return /:root$/.test(arn) ? arn : `arn:aws:iam::${arn}:root`
}
