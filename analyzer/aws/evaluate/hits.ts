import type { Reason, Residual, SourceRef } from '../../../graph/index.ts'
import { pointerStep } from '../../../graph/index.ts'
import { listAt } from '../model/intern.ts'
import { ALLOW, NOT_ACTION, NOT_PRINCIPAL, NOT_RESOURCE, TOLD, VARIABLES } from '../state.ts'
import { clauseTruth } from './condition.ts'
import type { Estate } from './estate.ts'
import type { Hit } from './hit.ts'
import { isNamed, naming } from './principal-element.ts'
import { DEPENDS, type Request } from './request.ts'
import { and, FALSE, IF, TRUE, type Truth } from './truth.ts'

/** The statements of policies that apply to a principal's request. `absent`: see `Request.truth`. */
export function hitsOf(
  request: Request,
  uses: Iterable<number>,
  principal: number,
  absent: Truth = FALSE,
): readonly Hit[] {
  const { estate } = request
  const hits: Hit[] = []
  for (const use of uses) {
    const document = estate.state.uses.documents[use] ?? -1
    if (document < 0) continue
    for (const index of request.indexesIn(document)) {
      const statement = estate.statementAt(document, index)
      const truth = request.truth(statement, principal, absent)
      if (truth === FALSE || truth === DEPENDS) continue
      const allow = (estate.flags(statement) & ALLOW) !== 0
      const residuals = truth === IF ? openParts(request, statement, principal, absent) : []
      hits.push({ use, statement, index, allow, truth, residuals })
    }
  }
  return hits
}

/** The statements of a resource policy that name the principal; those that cannot be judged are left out. */
export function resourceHits(request: Request, use: number, principal: number): readonly Hit[] {
  return namedHits(request, use < 0 ? [] : [use], principal)
}

/** What shares allow a principal of another account. */
export function shareHits(request: Request, uses: Iterable<number>, principal: number): readonly Hit[] {
  return namedHits(request, uses, principal).map((hit) => ({ ...hit, layer: 'RAM share' }))
}

function namedHits(request: Request, uses: Iterable<number>, principal: number): readonly Hit[] {
  const { estate } = request
  const identity = estate.identity(principal)
  const found: Hit[] = []
  for (const hit of hitsOf(request, uses, principal, TRUE)) {
    const element = estate.element(hit.statement)
    if (element === undefined) continue
    const n = naming(element, identity)
    if ((estate.flags(hit.statement) & NOT_PRINCIPAL) !== 0) {
      if (hit.allow ? !isNamed(n) : isBounded(estate, principal)) found.push({ ...hit, grant: 'direct' })
      continue
    }
    const { session } = n
    const forSession = session !== undefined && !n.direct && !n.role && !(n.account && !hit.allow)
    if (forSession) {
      const says = `the role session is named ${session}`
      found.push({
        ...hit,
        grant: 'direct',
        truth: and(hit.truth, IF),
        residuals: [...hit.residuals, { says }],
      })
    } else if (n.direct) found.push({ ...hit, grant: 'direct' })
    else if (n.role) found.push({ ...hit, grant: 'role' })
    if (n.account && !n.direct && !n.role && !(forSession && !hit.allow))
      found.push({ ...hit, grant: 'account' })
  }
  return found
}

function isBounded(estate: Estate, principal: number): boolean {
  const set = estate.layerSet(principal)
  const { boundary, missingBoundary } = estate.state.layerSets
  return (boundary[set] ?? -1) >= 0 || (missingBoundary[set] ?? -1) >= 0
}

/** What the grants of a KMS key let a principal do. */
export function grantHits(request: Request, grants: Iterable<number>, principal: number): readonly Hit[] {
  const { estate } = request
  const identity = estate.identity(principal)
  const layer = 'KMS grant'
  return hitsOf(request, grants, principal, TRUE).flatMap((hit): readonly Hit[] => {
    const element = estate.element(hit.statement)
    const n = element === undefined ? undefined : naming(element, identity)
    if (n === undefined || !isNamed(n)) return []
    if (n.direct || n.role) return [{ ...hit, layer, grant: 'kms-grant' }]
    if (n.session === undefined) return [{ ...hit, layer, grant: 'account' }]
    const residuals = [...hit.residuals, { says: `the role session is named ${n.session}` }]
    return [{ ...hit, layer, grant: 'kms-grant', truth: and(hit.truth, IF), residuals }]
  })
}

/** The grants of a bucket's access control list to a principal of another account. */
export function aclHits(request: Request, uses: Iterable<number>, principal: number): readonly Hit[] {
  const { estate } = request
  const { account } = estate.identity(principal)
  return hitsOf(request, uses, principal).flatMap((hit): readonly Hit[] => {
    const element = estate.element(hit.statement)
    const isMeant = element !== undefined && (element.everyone || element.accounts.has(account))
    return isMeant ? [{ ...hit, layer: 'S3 ACL', grant: 'account' }] : []
  })
}

/** What denies callers of other accounts, because the policy of a bucket is public. */
export function restrictionHits(request: Request, uses: Iterable<number>, principal: number): readonly Hit[] {
  return hitsOf(request, uses, principal, TRUE).map((hit) => ({ ...hit, layer: 'S3 Block Public Access' }))
}

/** What is left open of a statement: the pattern of resources, and clauses of its condition. */
function openParts(
  request: Request,
  statement: number,
  principal: number,
  absent: Truth,
): readonly Residual[] {
  const { estate } = request
  const parts: Residual[] = []
  if (request.resourceTruth(statement, principal, absent) === IF) {
    const patterns = patternsOf(estate, statement).join(' or ')
    const negated = (estate.flags(statement) & NOT_RESOURCE) !== 0
    parts.push({ says: `the resource ${negated ? 'does not match' : 'matches'} ${patterns}` })
  }
  const block = estate.blockOf(statement)
  if (block !== undefined) {
    const variables = (estate.flags(statement) & VARIABLES) !== 0
    const { context } = request
    const onResource = request.toldFor(block) === undefined ? undefined : request.onResource
    if (context === undefined && onResource === undefined)
      parts.push(...estate.residualsOf(block, principal, variables))
    else {
      const identity = estate.identity(principal)
      for (const [i, clause] of block.clauses.entries()) {
        const residual = block.residuals[i]
        if (residual === undefined) continue
        if (clauseTruth(clause, identity, variables, context, onResource) === IF) parts.push(residual)
      }
    }
  }
  return parts
}

function patternsOf(estate: Estate, statement: number): readonly string[] {
  const { statements } = estate.state
  return Array.from(listAt(statements.lists, statements.resources[statement] ?? 0), (t) => estate.text(t))
}

/** Where a statement stands. */
export function placeOf(estate: Estate, use: number, index: number): SourceRef {
  const { uses, documents } = estate.state
  const source = uses.sources[use] ?? 0
  const pointer = uses.pointers[use] ?? ''
  const form = documents.single[uses.documents[use] ?? -1]
  if (form === TOLD) return { source, pointer }
  return { source, pointer: `${pointer}/Statement${form === 1 ? '' : pointerStep(index)}` }
}

/** A hit as a reason: which statement of which policy says what. */
export function reasonOf(request: Request, group: string, hit: Hit): Reason {
  const { estate } = request
  const layer = hit.layer ?? group
  const key = hit.use * 65536 + hit.index
  const known = estate.reasons.get(key)
  if (known?.layer === layer) return known
  const policy = estate.text(estate.state.uses.names[hit.use] ?? -1)
  const verb = hit.allow ? 'allows' : 'denies'
  const made: Reason = {
    layer,
    effect: hit.allow ? 'allow' : 'deny',
    says: `${statementName(estate, hit)}${policy} ${verb} ${actionsOf(estate, hit.statement)}`,
    at: placeOf(estate, hit.use, hit.index),
  }
  estate.reasons.set(key, made)
  return made
}

function statementName(estate: Estate, hit: Hit): string {
  const { uses, documents, statements } = estate.state
  if (documents.single[uses.documents[hit.use] ?? -1] === TOLD) return ''
  const sid = statements.sids[hit.statement] ?? -1
  return `statement ${sid < 0 ? hit.index + 1 : estate.text(sid)} of `
}

/** The action patterns of a statement, shortened for a sentence. */
function actionsOf(estate: Estate, statement: number): string {
  const { statements } = estate.state
  const list = Array.from(listAt(statements.lists, statements.actions[statement] ?? -1), (t) =>
    estate.text(t),
  )
  const shown = list.slice(0, 3).join(', ') + (list.length > 3 ? ` and ${list.length - 3} more` : '')
  return (estate.flags(statement) & NOT_ACTION) === 0 ? shown : `all but ${shown}`
}
