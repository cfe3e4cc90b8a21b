import { names } from './blocks.ts'
import type { ConditionBook } from './condition/book.ts'
import type { Formula } from './formula.ts'
import { FALSE, and, doubt, doubtsIn, negated, or, printFormula } from './formula.ts'
import type { DenyAssignment, PermissionBlock, Policies, RoleAssignment, RoleDefinition } from './model.ts'
import type { Request } from './request.ts'
import { covers, means } from './request.ts'

export type SimulatedDecision = 'allowed' | 'conditional' | 'denied-explicit' | 'denied-implicit' | 'unknown'

/** The layers of Azure's decision, in its own words. */
export type Layer = 'deny assignment' | 'role assignment' | 'condition'

export interface Verdict {
  readonly decision: SimulatedDecision
  readonly decidedBy: Layer
  /** `conditional`: what must hold, written like a condition. */
  readonly residual?: string
  /** `unknown`: the facts that are missing. */
  readonly missing?: readonly string[]
  readonly because: readonly Because[]
}

export interface Because {
  readonly layer: Layer
  readonly effect: 'allow' | 'deny' | 'none'
  readonly says: string
  /** Place of the document in the question (JSON pointer); null: nothing was found. */
  readonly at: string | null
}

interface Term {
  readonly formula: Formula
  /** The same without its conditions: whether it would count if they held. */
  readonly bare: Formula
  readonly because: Because
}

/**
 * Decides as Azure does ("How Azure RBAC determines if a user has access to a resource"): a deny assignment that applies
 * blocks; else the role assignments on the scope and above it are added up, block by block, each with the condition of
 * the assignment and that of the block. What is not known stays in the formula; the decision is read off it.
 */
export function decide(request: Request, policies: Policies, conditions: ConditionBook): Verdict {
  const denies = policies.denies.flatMap((deny) => denyTerm(deny, request, conditions))
  const denied = or(denies.map(({ formula }) => formula))
  if (denied.kind === 'constant' && denied.value) {
    const because = denies.filter(({ formula }) => isTrue(formula)).map((term) => term.because)
    return { decision: 'denied-explicit', decidedBy: 'deny assignment', because }
  }
  const grants = policies.assignments.flatMap((assignment) =>
    grantTerm(assignment, policies.roles, request, conditions),
  )
  const granted = or(grants.map(({ formula }) => formula))
  if (granted.kind === 'constant' && !granted.value) return notGranted(request, grants)
  const access = and([negated(denied), granted])
  const live = isTrue(granted) ? grants.filter(({ formula }) => isTrue(formula)) : grants.filter(isLive)
  const because = [...denies.filter(isLive), ...live].map((term) => term.because)
  if (isTrue(access)) return { decision: 'allowed', decidedBy: 'role assignment', because }
  const missing = doubtsIn(access)
  const decidedBy = isTrue(granted) ? 'deny assignment' : 'condition'
  if (missing.length === 0)
    return { decision: 'conditional', decidedBy, residual: printFormula(access), because }
  return {
    decision: 'unknown',
    decidedBy: isTrue(granted) ? 'deny assignment' : 'role assignment',
    missing: missing.map(({ says }) => says),
    because,
  }
}

function notGranted(request: Request, grants: readonly Term[]): Verdict {
  const failed = grants.filter(({ bare }) => isTrue(bare))
  if (failed.length > 0) {
    const because = failed.map(({ because }): Because => ({
      ...because,
      layer: 'condition',
      effect: 'none',
      says: `${because.says}, but its condition does not hold`,
    }))
    return { decision: 'denied-implicit', decidedBy: 'condition', because }
  }
  const says = `no role assignment on ${request.scope} or above it gives the principal ${request.action}`
  const nothing: Because = { layer: 'role assignment', effect: 'none', says, at: null }
  return { decision: 'denied-implicit', decidedBy: 'role assignment', because: [nothing] }
}

function denyTerm(deny: DenyAssignment, request: Request, conditions: ConditionBook): Term[] {
  const blocks = deny.blocks.filter((block) => names(block, request.action, request.isData))
  if (!deny.enforced || blocks.length === 0) return []
  const of = `deny assignment ${deny.name}`
  // An absent attribute is not known to make a deny fail: nothing documents it, and a deny must not vanish by a guess.
  const left = (block: PermissionBlock | DenyAssignment): Formula =>
    conditions.evaluate(block.condition, request, of, false)
  const bare = and([
    deny.onlyHere && deny.scope !== request.scope ? FALSE : covers(deny.scope, request),
    or(deny.principals.map((ref) => means(ref, request))),
    negated(or(deny.excluded.map((ref) => means(ref, request)))),
  ])
  const formula = and([bare, left(deny), or(blocks.map(left))])
  const says = `${of} on ${deny.scope} denies ${request.action}`
  const because: Because = { layer: 'deny assignment', effect: 'deny', says, at: deny.at }
  return isFalse(formula) ? [] : [{ formula, bare, because }]
}

function grantTerm(
  assignment: RoleAssignment,
  roles: ReadonlyMap<string, RoleDefinition>,
  request: Request,
  conditions: ConditionBook,
): Term[] {
  const applies = and([covers(assignment.scope, request), means(assignment.principal, request)])
  if (isFalse(applies)) return []
  const of = `role assignment ${assignment.name}`
  const role = roles.get(assignment.role)
  const on = conditions.evaluate(assignment.condition, request, of)
  if (role === undefined) {
    const unknown = doubt('role-definition', `the definition of the role ${assignment.role} was not given`)
    const says = `${of} of the role ${assignment.role} on ${assignment.scope} might give ${request.action}`
    const because: Because = { layer: 'role assignment', effect: 'none', says, at: assignment.at }
    return [{ formula: and([applies, on, unknown]), bare: and([applies, unknown]), because }]
  }
  const blocks = role.blocks.filter((block) => names(block, request.action, request.isData))
  if (blocks.length === 0) return []
  const inRole = (block: PermissionBlock): Formula =>
    conditions.evaluate(block.condition, request, `the role ${role.name}`)
  const says = `${of} of ${role.name} on ${assignment.scope} gives ${request.action}`
  const because: Because = { layer: 'role assignment', effect: 'allow', says, at: assignment.at }
  return [{ formula: and([applies, on, or(blocks.map(inRole))]), bare: applies, because }]
}

function isTrue(formula: Formula): boolean {
  return formula.kind === 'constant' && formula.value
}

function isFalse(formula: Formula): boolean {
  return formula.kind === 'constant' && !formula.value
}

function isLive({ formula }: Term): boolean {
  return !isFalse(formula)
}
