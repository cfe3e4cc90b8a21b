import { entitiesIn, pathsOf } from './expression.ts'
import type { Policy } from './policy.ts'
import { withoutNamespace } from './schema.ts'

/** Everything that the conditions of a policy read, as paths from a variable. */
export function conditionPaths({ conditions }: Policy): readonly (readonly string[])[] {
  return conditions.flatMap(({ body }) => [...pathsOf(body)])
}

/** The quorums that policies name, in the order of their names. */
export function quorumsIn(policies: readonly Policy[]): readonly string[] {
  return [...new Set(policies.flatMap((policy) => [...namedIn(policy, 'Quorum')]))].sort()
}

/** Ids of the entities of a type that the conditions of a policy name. */
export function* namedIn({ conditions }: Policy, type: string): Generator<string> {
  for (const { body } of conditions) {
    for (const [found, id] of entitiesIn(body)) if (withoutNamespace(found) === type) yield id
  }
}
