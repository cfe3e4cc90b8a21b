import { isAccountId } from '../model/arn.ts'
import { organizationOf } from './controls.ts'
import type { Draft } from './draft.ts'

/** Whom a principal of a share stands for. */
export interface Members {
  /** Accounts and ARNs, as a `Principal` element names them. */
  readonly named: readonly string[]
  /** Those of which it is not known. */
  readonly open: readonly string[]
}

const NOBODY: Members = { named: [], open: [] }

/**
 * Whom a principal of a share stands for: "AWS account ID … organization … organizational unit … IAM role … IAM user … service
 * principal". An organization or unit stands for all accounts in it; a service is no user or role.
 * https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceShare.html
 */
export function membersOf(draft: Draft, principal: string): Members {
  if (isAccountId(principal) || /^arn:[^:]+:iam::\d{12}:(root$|role\/|user\/)/.test(principal)) {
    return { named: [principal], open: [] }
  }
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(principal)) return NOBODY
  const [, organization, unit] =
    /^arn:[^:]+:organizations::\d{12}:(?:organization|ou)\/(o-[^/]+)(?:\/(ou-[^/]+))?$/.exec(principal) ?? []
  if (organization === undefined) return { named: [], open: ['*'] }
  const named: string[] = []
  const open: string[] = []
  for (const { id } of draft.accounts.values()) {
    const its = organizationOf(draft, id)
    const isIn = its === undefined ? undefined : its === organization && isBelow(draft, id, unit)
    if (isIn === true) named.push(id)
    else if (isIn === undefined) open.push(id)
  }
  return { named, open }
}

/** Whether an account of the organization is in a unit of it or in one below; undefined: where it is was not imported. */
function isBelow(draft: Draft, account: string, unit: string | undefined): boolean | undefined {
  if (unit === undefined) return true
  const { parents, units } = draft.organization
  const seen = new Set<string>()
  let at = parents.get(account)
  while (at !== undefined && !seen.has(at)) {
    if (at === unit) return true
    if (at.startsWith('r-')) return false
    seen.add(at)
    at = units.get(at)?.parent
  }
  return undefined
}
