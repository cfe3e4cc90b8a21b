import type { Missing } from '../../../graph/index.ts'
import { ALLOW, NOT_PRINCIPAL } from '../state.ts'
import { NOBODY } from './action-memo.ts'
import type { ResourceLayer } from './layer.ts'
import type { Naming, PrincipalElement } from './principal-element.ts'
import { isNamed, naming } from './principal-element.ts'
import { DEPENDS, type Request } from './request.ts'
import type { ResourceSide } from './resource-side.ts'
import type { Truth } from './truth.ts'
import { and, FALSE, IF, or, TRUE } from './truth.ts'

/** Who asks for what, of the resource's side. */
interface Asked {
  readonly request: Request
  readonly side: ResourceSide
  /** The principal's layer set; the principal, or `NOBODY` for those of the set that nothing names. */
  readonly set: number
  readonly principal: number
  /** It is not of the resource's account. */
  readonly isForeign: boolean
  /** Collects what sets the principal apart from others of its set. */
  readonly trace: string[] | undefined
}

export interface SaidByResource {
  readonly layer: ResourceLayer
  /** Differs between the principals of the set. */
  readonly depends: boolean
}

interface Sum {
  direct: Truth
  role: Truth
  account: Truth
  kmsGrant: Truth
  kmsGrantToAccount: Truth
  deny: Truth
  readonly missingAllow: Missing[]
  readonly missingDeny: Missing[]
}

/** What stands on the resource's side of a request: its policy, and the grants of a KMS key. */
export function saidByResource(asked: Asked): SaidByResource {
  const { request, side } = asked
  const { estate } = request
  const missing = asked.isForeign ? [...side.missing, ...side.unevaluated] : side.missing
  const sum: Sum = {
    direct: FALSE,
    role: FALSE,
    account: FALSE,
    kmsGrant: FALSE,
    kmsGrantToAccount: FALSE,
    deny: FALSE,
    missingAllow: [...missing],
    missingDeny: [...missing],
  }
  let depends = said(asked, sum, side.policy)
  // "Sharing doesn't change any permissions … in the account that created it."
  if (asked.isForeign) for (const use of side.shares) if (said(asked, sum, use)) depends = true
  if (side.shares.length + side.openShares.length > 0 && mayBeShared(asked, sum)) depends = true
  sum.missingDeny.push(...side.beyond)
  if (asked.isForeign) {
    sum.missingDeny.push(...side.unsettled)
    sum.missingAllow.push(...side.unlisted)
    for (const use of side.acl) sum.account = or(sum.account, saidByAcl(asked, use, sum.missingAllow))
    for (const use of side.openAcl) {
      if (saidByAcl(asked, use, sum.missingAllow) !== FALSE) sum.missingAllow.push(IGNORED)
    }
    for (const use of side.restrictions) {
      if (request.indexesIn(estate.state.uses.documents[use] ?? -1).length > 0) sum.deny = TRUE
    }
  }
  if (side.grants.length > 0) for (const use of side.grants) kmsGrant(asked, sum, use)
  return { layer: sum, depends }
}

/** Adds what a policy says; whether that differs between the principals of the set. */
function said(asked: Asked, sum: Sum, use: number): boolean {
  const { request, principal, trace } = asked
  const { estate } = request
  const document = use < 0 ? -1 : (estate.state.uses.documents[use] ?? -1)
  const statements = estate.statementsOf(document)
  let depends = false
  for (const index of document < 0 ? [] : request.indexesIn(document)) {
    const statement = statements[index] ?? -1
    const flags = estate.flags(statement)
    const isAllow = (flags & ALLOW) !== 0
    const element = estate.element(statement)
    if (element === undefined) continue
    const truth = request.truth(statement, principal, TRUE)
    if (truth === FALSE) continue
    if (principal === NOBODY && (truth === DEPENDS || (flags & NOT_PRINCIPAL) !== 0)) {
      depends = true
      if (isAllow) sum.direct = TRUE
      continue
    }
    const holds = truth === DEPENDS ? IF : truth
    const n = namingOf(asked, element)
    trace?.push(`${statement}:${holds}:${n.direct}${n.role}${n.account}${n.session ?? ''}`)
    if ((flags & NOT_PRINCIPAL) !== 0) {
      notPrincipal(asked, sum, element, holds, isAllow)
      continue
    }
    if (mayBeCanonical(asked, element)) {
      // What a policy grants to its own account changes nothing there.
      if (!isAllow) sum.missingDeny.push(CANONICAL)
      else if (asked.isForeign) sum.missingAllow.push(CANONICAL)
    }
    if (!isNamed(n)) continue
    if (!isAllow) {
      const certain = n.direct || n.role || n.account
      sum.deny = or(sum.deny, certain ? holds : and(holds, IF))
      continue
    }
    if (n.direct) sum.direct = or(sum.direct, holds)
    if (n.session !== undefined) sum.direct = or(sum.direct, and(holds, IF))
    if (n.role) sum.role = or(sum.role, holds)
    if (n.account) sum.account = or(sum.account, holds)
  }
  return depends
}

/**
 * What a grant of a bucket's access control list says to a caller of another account. "ACLs cannot grant permissions to entities
 * within the same account", so that the caller's own account must allow it, too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html (Access control lists)
 */
function saidByAcl({ request, set }: Asked, use: number, missing: Missing[]): Truth {
  const { estate } = request
  const { accounts, layerSets, uses } = estate.state
  const account = accounts[layerSets.account[set] ?? -1]
  const document = uses.documents[use] ?? -1
  let said: Truth = FALSE
  for (const index of request.indexesIn(document)) {
    const statement = estate.statementAt(document, index)
    const element = estate.element(statement)
    const truth = request.truth(statement, NOBODY, FALSE)
    if (element === undefined || truth === FALSE || truth === DEPENDS) continue
    if (element.everyone || element.accounts.has(account?.id ?? '')) said = or(said, truth)
    else if (element.accounts.size === 0 && account?.canonicalId === undefined) missing.push(NAMELESS)
  }
  return said
}

/**
 * Adds that a share may let the principal in, of which that is not known: a part of the share is not; or it names a user or role of the
 * owner's account, of which the guide says both that sharing changes nothing there
 * (https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html) and that it grants access without identity policies
 * (https://docs.aws.amazon.com/ram/latest/userguide/what-is.html). Whether it differs between the principals of the set.
 */
function mayBeShared(asked: Asked, sum: Sum): boolean {
  const { request, side, principal, isForeign, trace } = asked
  const { estate } = request
  let depends = false
  for (const use of isForeign ? side.openShares : [...side.shares, ...side.openShares]) {
    const document = estate.state.uses.documents[use] ?? -1
    for (const index of request.indexesIn(document)) {
      const statement = estate.statementAt(document, index)
      const element = estate.element(statement)
      const truth = request.truth(statement, principal, TRUE)
      if (element === undefined || truth === FALSE) continue
      const n = namingOf(asked, element)
      if (!(isForeign ? isNamed(n) : n.role || (n.direct && !element.everyone))) continue
      if (truth === DEPENDS) depends = true
      trace?.push(`share ${statement}`)
      sum.missingAllow.push(SHARE)
    }
  }
  return depends
}

const SHARE: Missing = {
  what: 'ram-share',
  says: 'whether a share of Resource Access Manager lets the principal in',
}

const NAMELESS: Missing = {
  what: 's3-acl',
  says: 'which account the canonical user id in the access control list of the bucket stands for',
}

const IGNORED: Missing = {
  what: 's3-public-access-block',
  says: 'whether Block Public Access of the bucket or its account ignores its access control list',
}

/** Whether a canonical user id of no known account may be the caller's account's. Keys and roles know no such ids. */
function mayBeCanonical({ request, set, side }: Asked, { canonical }: PrincipalElement): boolean {
  if (canonical.length === 0 || side.required) return false
  const { accounts, layerSets } = request.estate.state
  return accounts[layerSets.account[set] ?? -1]?.canonicalId === undefined
}

const CANONICAL: Missing = { what: 'canonical-user', says: 'which account a canonical user id stands for' }

function namingOf({ request, set, principal }: Asked, element: PrincipalElement): Naming {
  const { estate } = request
  if (principal !== NOBODY) return naming(element, estate.identity(principal))
  const account = estate.state.layerSets.account[set] ?? -1
  const id = estate.state.accounts[account]?.id ?? ''
  return {
    direct: element.everyone,
    role: false,
    account: element.accounts.has(id),
    session: undefined,
  }
}

/**
 * "A grant … allows AWS principals to use KMS keys". One to a whole account leaves it to the account.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
function kmsGrant(asked: Asked, sum: Sum, use: number): void {
  const { request, principal, trace } = asked
  const { estate } = request
  const document = estate.state.uses.documents[use] ?? -1
  const statements = estate.statementsOf(document)
  for (const index of request.indexesIn(document)) {
    const statement = statements[index] ?? -1
    const element = estate.element(statement)
    const truth = request.truth(statement, principal, TRUE)
    if (element === undefined || truth === FALSE) continue
    const holds = truth === DEPENDS ? IF : truth
    const n = namingOf(asked, element)
    if (!isNamed(n)) continue
    trace?.push(`${statement}:${holds}${n.direct}${n.role}${n.session ?? ''}`)
    if (n.direct || n.role) sum.kmsGrant = or(sum.kmsGrant, holds)
    else if (n.session !== undefined) sum.kmsGrant = or(sum.kmsGrant, and(holds, IF))
    if (!n.account) continue
    sum.account = or(sum.account, holds)
    sum.kmsGrantToAccount = or(sum.kmsGrantToAccount, holds)
  }
}

/**
 * `NotPrincipal`: with Deny, whom it spares depends on more than the principal's ARN, so that it stays open, but "will
 * always deny any IAM principal that has a permissions boundary"; with Allow it grants to all that are not named.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function notPrincipal(
  asked: Asked,
  sum: Sum,
  element: PrincipalElement,
  holds: Truth,
  isAllow: boolean,
): void {
  const { request, set, principal } = asked
  const { estate } = request
  const { boundary, missingBoundary } = estate.state.layerSets
  const n = naming(element, estate.identity(principal))
  const unsure = { what: 'not-principal', says: 'whom a statement with NotPrincipal spares' }
  if (!isAllow) {
    const bounded = (boundary[set] ?? -1) >= 0 || (missingBoundary[set] ?? -1) >= 0
    if (bounded) sum.deny = or(sum.deny, holds)
    else sum.missingDeny.push(unsure)
  } else if (n.account || n.session !== undefined) sum.missingAllow.push(unsure)
  else if (isNamed(n)) return
  else if (mayBeCanonical(asked, element)) sum.missingAllow.push(CANONICAL)
  else sum.direct = or(sum.direct, holds)
}
