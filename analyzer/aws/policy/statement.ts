import type { Json, JsonObject } from '../../../graph/index.ts'
import { isObject, matches, own } from '../../../graph/index.ts'
import type { Clause } from './condition.ts'
import { blockHolds, clausesOf } from './condition.ts'
import type { ContextLookup } from './context.ts'
import type { Formula } from './formula.ts'
import { and, fact, not, or } from './formula.ts'
import type { PrincipalElement } from './principal.ts'
import { principalElement } from './principal.ts'
import type { RequestedResource, ResourcePattern } from './resource-pattern.ts'
import { resourceMatches, resourcePattern } from './resource-pattern.ts'

/** A statement of a policy, compiled once. */
export interface Statement {
  readonly effect: 'allow' | 'deny' | undefined
  /** `Sid`, or the place in the document, from 0. */
  readonly name: string | number
  /** Folded patterns of `Action` or `NotAction`. */
  readonly actions: readonly string[]
  readonly notAction: boolean
  /** Of `Resource` or `NotResource`; `undefined`: it has neither. */
  readonly resources: readonly ResourcePattern[] | undefined
  readonly notResource: boolean
  readonly principal: PrincipalElement | undefined
  readonly notPrincipal: boolean
  readonly clauses: readonly Clause[]
  /** Why it cannot be read; then it may allow or deny. */
  readonly unreadable: string | undefined
}

/** Compiles a statement. What is not of the documented form makes it unreadable instead of being guessed. */
export function statementOf(raw: Json, index: number, variables: boolean): Statement {
  const body = isObject(raw) ? raw : {}
  const effect = own(body, 'Effect')
  const action = texts(own(body, 'Action') ?? own(body, 'NotAction') ?? [])
  const resource = own(body, 'Resource') ?? own(body, 'NotResource')
  const resources = resource === undefined ? undefined : texts(resource)
  const principal = own(body, 'Principal') ?? own(body, 'NotPrincipal')
  const condition = own(body, 'Condition')
  const sid = own(body, 'Sid')
  const wrong = [
    isObject(raw) ? undefined : 'it is no object',
    effect === 'Allow' || effect === 'Deny' ? undefined : `its Effect is ${JSON.stringify(effect)}`,
    action === undefined ? 'its Action is no text' : undefined,
    resource !== undefined && resources === undefined ? 'its Resource is no text' : undefined,
    ...['Action', 'Resource', 'Principal'].map((name) =>
      own(body, name) !== undefined && own(body, `Not${name}`) !== undefined
        ? `it has both ${name} and Not${name}`
        : undefined,
    ),
  ].find((reason) => reason !== undefined)
  return {
    effect: effect === 'Allow' ? 'allow' : effect === 'Deny' ? 'deny' : undefined,
    name: typeof sid === 'string' && sid !== '' ? sid : index,
    actions: (action ?? ['*']).map((text) => text.toLowerCase()),
    notAction: isOnlyNot(body, 'Action'),
    resources: resources?.map((text) => resourcePattern(text, variables)),
    notResource: isOnlyNot(body, 'Resource'),
    principal: principal === undefined ? undefined : principalElement(principal),
    notPrincipal: isOnlyNot(body, 'Principal'),
    clauses: condition === undefined ? [] : clausesOf(condition, variables),
    unreadable: wrong,
  }
}

function isOnlyNot(body: JsonObject, name: string): boolean {
  return own(body, name) === undefined && own(body, `Not${name}`) !== undefined
}

function texts(raw: Json): readonly string[] | undefined {
  const list = Array.isArray(raw) ? (raw as readonly Json[]) : [raw]
  return list.every((text) => typeof text === 'string') ? list : undefined
}

/** Whether a statement is about a folded action. */
export function isAbout({ actions, notAction }: Statement, action: string): boolean {
  return actions.some((pattern) => pattern === '*' || matches(pattern, action)) !== notAction
}

/**
 * Whether a statement that is about the action applies, its principal apart. Without `Resource` it is about the resource
 * that its policy is attached to, where there is one (`attached`), else about nothing.
 */
export function applies(
  statement: Statement,
  resource: RequestedResource,
  context: ContextLookup,
  attached: boolean,
): Formula {
  let holds: Formula = attached
  if (statement.resources !== undefined) {
    holds = false
    for (const pattern of statement.resources) {
      holds = or(holds, resourceMatches(pattern, resource, context))
      if (holds === true) break
    }
    if (statement.notResource) holds = not(holds)
  }
  if (holds === false) return false
  if (statement.clauses.length > 0) holds = and(holds, blockHolds(statement.clauses, context))
  if (statement.unreadable === undefined) return holds
  return and(holds, fact(`what a statement does of which ${statement.unreadable}`))
}
