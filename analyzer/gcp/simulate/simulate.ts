import type { JsonObject } from '../../../graph/index.ts'
import { GomeisaError } from '../../../graph/index.ts'
import type { Simulate } from '../../simulation.ts'
import type { Member } from '../member.ts'
import { ruleApplies } from '../policy/access-policy.ts'
import { boundaryStates, eligible } from '../policy/boundary.ts'
import type { Scope } from '../policy/cel/scope.ts'
import type { Clause } from '../policy/clause.ts'
import { conditionOf } from '../policy/condition.ts'
import { decide } from '../policy/decide.ts'
import type { Decision } from '../policy/decide.ts'
import { denies, namesPermission } from '../policy/deny.ts'
import type { Formula } from '../policy/formula.ts'
import { and, missing, or } from '../policy/formula.ts'
import { principalScope } from '../policy/principal-scope.ts'
import { requestScope } from '../policy/request-scope.ts'
import { RESOURCE_MANAGER, shortName } from '../resource-name.ts'
import type { AllowBinding } from './policies.ts'
import {
  readAccessPolicies,
  readAllowPolicies,
  readBoundaries,
  readDenyPolicies,
  readRoles,
} from './policies.ts'
import type { Request } from './request.ts'
import { readRequest } from './request.ts'
import { RequestSubject } from './subject.ts'

/** Decides a request that carries its policies, in Google's own JSON (docs/schema/simulate-gcp.request.json). */
export const simulateGcp: Simulate = (line) => {
  try {
    return simulated(line)
  } catch (error) {
    if (!(error instanceof GomeisaError) || error.code !== 'INPUT_SHAPE') throw error
    const remedy = 'docs/simulate.md describes the request'
    return { pointer: error.place?.pointer ?? '', wrong: error.message, remedy }
  }
}

function simulated(line: JsonObject): Decision {
  const request = readRequest(line)
  const bindings = readAllowPolicies(line)
  const scope = requestScope(request)
  const subject: RequestSubject = new RequestSubject(request.asking, request.groups, (member) =>
    holdsBasicRole(member, bindings, request, subject, scope),
  )
  const here = new Set(request.scopes)
  const clauses: Clause[] = []
  denyClauses(line, request, subject, scope, here, clauses)
  accessClauses(line, request, subject, scope, here, clauses)
  const boundary = boundaryClauses(line, request, subject, here, clauses)
  allowClauses(line, bindings, request, subject, scope, here, clauses)
  return decide(clauses, boundary)
}

function denyClauses(
  line: JsonObject,
  { permission }: Request,
  subject: RequestSubject,
  scope: Scope,
  here: ReadonlySet<string>,
  clauses: Clause[],
): void {
  for (const { name, resource, rules } of readDenyPolicies(line)) {
    if (!here.has(resource)) continue
    if (rules === null) {
      const formula = missing('deny-policies', `the rules of ${name} were not given`)
      clauses.push({ layer: 'deny policy', effect: 'deny', says: `a rule of ${name}`, at: null, formula })
    }
    for (const [i, rule] of (rules ?? []).entries()) {
      if (!namesPermission(rule, permission)) continue
      const formula = denies(rule, subject, scope)
      if (formula === false) continue
      const says = `rule ${i + 1} of ${name} denies ${permission}`
      clauses.push({ layer: 'deny policy', effect: 'deny', says, at: null, formula })
    }
  }
}

function accessClauses(
  line: JsonObject,
  { permission }: Request,
  subject: RequestSubject,
  scope: Scope,
  here: ReadonlySet<string>,
  clauses: Clause[],
): void {
  for (const { name, resource, rule } of readAccessPolicies(line)) {
    if (!here.has(resource)) continue
    const formula = ruleApplies(rule, permission, subject, scope)
    if (formula === false) continue
    const effect = rule.effect ?? 'deny'
    clauses.push({
      layer: 'access policy',
      effect,
      says: `a rule of ${name} ${effect === 'deny' ? 'denies' : 'allows'} ${permission}`,
      at: null,
      formula,
    })
  }
}

function boundaryClauses(
  line: JsonObject,
  request: Request,
  subject: RequestSubject,
  scopes: ReadonlySet<string>,
  clauses: Clause[],
): Formula {
  const { bound, enforcement } = readBoundaries(line)
  if (bound.length === 0) return true
  const states = boundaryStates(bound, {
    permission: request.permission,
    scopes,
    inSet: (set) => subject.inSet(set),
    scope: principalScope(subject.who, request.asking.member),
    enforcement,
  })
  for (const { boundary, bound: formula, includes } of states) {
    const says = `${boundary.policy}, bound by ${boundary.binding}, ${includes === true ? 'holds' : 'does not hold'} the resource`
    clauses.push({
      layer: 'principal access boundary',
      effect: includes === true ? 'allow' : 'deny',
      says,
      at: null,
      formula,
    })
  }
  return eligible(states)
}

function allowClauses(
  line: JsonObject,
  bindings: readonly AllowBinding[],
  { permission }: Request,
  subject: RequestSubject,
  scope: Scope,
  here: ReadonlySet<string>,
  clauses: Clause[],
): void {
  const roles = readRoles(line)
  for (const { resource, role, members, condition } of bindings) {
    if (!here.has(resource)) continue
    const holds = roles(role)
    if (holds !== null && !holds(permission)) continue
    const known =
      holds === null ? missing('role-definitions', `the definition of ${role} was not given`) : true
    for (const member of members) {
      const means = subject.means(member)
      if (means === false) continue
      const formula = and([means, known, conditionOf(condition, scope)])
      if (formula === false) continue
      clauses.push({
        layer: 'allow policy',
        effect: 'allow',
        says: `${role} on ${shortName(resource)} for ${member}`,
        at: null,
        formula,
      })
    }
  }
}

/** Whether the principal holds the basic role of a project that `projectOwner:p` and its kin stand for. */
function holdsBasicRole(
  member: Member & { readonly type: 'holders' },
  bindings: readonly AllowBinding[],
  { scopes }: Request,
  subject: RequestSubject,
  scope: Scope,
): Formula {
  const project = `${RESOURCE_MANAGER}projects/${member.project}`
  const at = scopes.indexOf(project)
  const above = new Set(at < 0 ? [] : scopes.slice(at + 1))
  const parts: Formula[] = []
  let seen = at >= 0
  for (const { resource, role, members, condition } of bindings) {
    if (resource === project) seen = true
    const inherited = above.has(resource)
    if ((resource !== project && !inherited) || role !== member.role) continue
    const doubt = inherited
      ? missing(
          'inherited-basic-role',
          `whether holders of ${role} above project ${member.project} count as its holders is not documented`,
        )
      : true
    // A convenience value stands for holders, never for another convenience value.
    for (const each of members) {
      if (!/^project(Owner|Editor|Viewer):/.test(each))
        parts.push(and([subject.means(each), doubt, conditionOf(condition, scope)]))
    }
  }
  if (!seen)
    parts.push(missing('allow-policies', `the allow policy of project ${member.project} was not given`))
  return or(parts)
}
