import type { Scope } from './cel/scope.ts'
import { conditionOf } from './condition.ts'
import { inPermissions } from './deny.ts'
import type { Formula } from './formula.ts'
import { and, missing, not, or } from './formula.ts'

/** A principal access boundary policy (google.iam.v3.PrincipalAccessBoundaryPolicy) as it is bound to a set. */
export interface Boundary {
  /** Name of the binding. */
  readonly binding: string
  readonly policy: string
  /** Full resource name of the principal set that it is bound to. */
  readonly principalSet: string
  readonly condition: string | null
  /** Null: the policy itself is not known. */
  readonly rules: { readonly resources: readonly string[]; readonly version: string } | null
}

/** Version that policies have which name none, or `latest` (IAM documentation, "enforcement versions"). */
const DEFAULT_VERSION = '4'

/** Permissions that each enforcement version adds, canonical, with wildcards; versions not listed are not known. */
export type Enforcement = ReadonlyMap<string, readonly string[]>

/** Who and where a boundary is asked for. */
export interface BoundaryRequest {
  readonly permission: string
  /** The resource and all above it. */
  readonly scopes: ReadonlySet<string>
  readonly inSet: (principalSet: string) => Formula
  /** Knows `principal.type` and `principal.subject`. */
  readonly scope: Scope
  readonly enforcement: Enforcement
}

/** A boundary that applies, or may. */
export interface BoundaryState {
  readonly boundary: Boundary
  readonly bound: Formula
  /** Whether its rules hold the resource. */
  readonly includes: Formula
  /** Whether its enforcement version blocks the permission. */
  readonly blocks: Formula
}

export function boundaryStates(boundaries: readonly Boundary[], request: BoundaryRequest): BoundaryState[] {
  const states: BoundaryState[] = []
  for (const boundary of boundaries) {
    const bound = and([request.inSet(boundary.principalSet), conditionOf(boundary.condition, request.scope)])
    if (bound === false) continue
    const { rules, policy } = boundary
    const unknown = missing('boundary-policies', `principal access boundary policy ${policy} was not given`)
    states.push({
      boundary,
      bound,
      includes: rules === null ? unknown : rules.resources.some((name) => request.scopes.has(name)),
      blocks: rules === null ? unknown : blocks(rules.version, request),
    })
  }
  return states
}

/**
 * Whether somebody may use a permission on a resource as far as boundaries go. Several boundaries add up: a resource of
 * any of them is eligible; who is bound to none is eligible for everything; a boundary keeps nobody from a permission that
 * its enforcement version does not block (IAM documentation, "Principal access boundary policies").
 */
export function eligible(states: readonly BoundaryState[]): Formula {
  if (states.length === 0) return true
  const included = or(states.map(({ bound, includes }) => and([bound, includes])))
  if (included === true) return true
  return not(and([or(states.map(({ bound, blocks }) => and([bound, blocks]))), not(included)]))
}

function blocks(version: string, { enforcement, permission }: BoundaryRequest): Formula {
  const last = Number(version === '' || version === 'latest' ? DEFAULT_VERSION : version)
  let gap = !Number.isInteger(last) || last < 1 || last > 1_000
  for (let v = 1; v <= last && v <= 1_000; v++) {
    const list = enforcement.get(String(v))
    if (list === undefined) gap = true
    else if (inPermissions(list, permission)) return true
  }
  if (!gap) return false
  return missing(
    'boundary-enforcement',
    `whether enforcement version ${version || DEFAULT_VERSION} of boundaries blocks ${permission} is not known`,
  )
}
