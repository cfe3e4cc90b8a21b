import { containerOf, isManagementGroup } from '../scope.ts'
import type { Facts } from './condition/evaluate.ts'
import type { Formula } from './formula.ts'
import { FALSE, TRUE, constant, doubt } from './formula.ts'
import type { PrincipalRef } from './model.ts'

/** One question. Ids and scopes folded to lower case. */
export interface Request extends Facts {
  readonly principal: string
  /** Every group that the principal is in, directly or through other groups; `undefined`: not known. */
  readonly groups: ReadonlySet<string> | undefined
  readonly isData: boolean
  readonly scope: string
  /** Management groups above the scope; `undefined`: not known. */
  readonly ancestors: ReadonlySet<string> | undefined
}

/**
 * Whether what is assigned on a scope counts for the request: the scope is the request's own or lies above it
 * ("Understand scope": `/`, management groups, subscription, resource group, resource).
 */
export function covers(scope: string, request: Request): Formula {
  const target = request.scope
  if (scope === '/' || scope === target || target.startsWith(`${scope}/`)) return TRUE
  if (!isManagementGroup(scope) || containerOf(target) === undefined) return FALSE
  if (request.ancestors !== undefined) return constant(request.ancestors.has(scope))
  return doubt('ancestors', `whether ${scope} is above ${target} was not told`)
}

/** Whether a reference means the principal of the request, itself or through a group. */
export function means(ref: PrincipalRef, request: Request): Formula {
  if (ref.everyone || ref.id === request.principal) return TRUE
  if (ref.group === false) return FALSE
  if (request.groups !== undefined) return constant(request.groups.has(ref.id))
  return doubt('groups', `whether the principal is in the group ${ref.id} was not told`)
}

/** The groups a principal is in by listings of direct members; nesting may be deep and cyclic. */
export function groupsOf(
  principal: string,
  direct: Iterable<string>,
  members: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  const found = new Set(direct)
  const queue = [principal, ...found]
  for (const at of queue) {
    for (const [group, inside] of members) {
      if (!inside.has(at) || found.has(group)) continue
      found.add(group)
      queue.push(group)
    }
  }
  return found
}
