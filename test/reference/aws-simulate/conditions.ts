/**
 * The Condition element in one world, where every key has values or is absent.
 * IAM User Guide: "Condition operators", "Conditions with multiple context keys or values", "Single-valued vs.
 * multivalued context keys".
 */
import { list, type Statement } from './line.ts'
import { operator } from './operators.ts'
import type { Lookup } from './text.ts'

/** Values by key in lower case; a key that is not there, or has no values, is absent. */
export type World = ReadonlyMap<string, readonly string[]>

/** `open`: the documentation does not say. */
export type Truth = 'yes' | 'no' | 'open'

export function and(all: readonly Truth[]): Truth {
  return all.includes('no') ? 'no' : all.includes('open') ? 'open' : 'yes'
}

/** "You cannot use a multivalued context key as a policy variable." */
export function lookupIn(world: World): Lookup {
  return (key) => {
    const values = world.get(key.toLowerCase())
    return values?.length === 1 ? values[0] : undefined
  }
}

/** All operators and all keys must hold. */
export function conditionsHold(
  condition: Statement['Condition'],
  world: World,
  lookup: Lookup | undefined,
): Truth {
  return and(
    Object.entries(condition ?? {}).flatMap(([name, keys]) =>
      Object.entries(keys).map(([key, values]) =>
        holds(name.toLowerCase(), world.get(key.toLowerCase()) ?? [], list(values).map(String), lookup),
      ),
    ),
  )
}

function holds(
  name: string,
  request: readonly string[],
  policy: readonly string[],
  lookup: Lookup | undefined,
): Truth {
  const qualifier = name.startsWith('forallvalues:')
    ? 'all'
    : name.startsWith('foranyvalue:')
      ? 'any'
      : undefined
  const bare = qualifier === undefined ? name : name.slice(name.indexOf(':') + 1)
  const absent = request.length === 0
  if (bare === 'null') return truth(policy.some((p) => (p.toLowerCase() === 'true') === absent))
  const ifExists = bare.endsWith('ifexists')
  const found = operator(ifExists ? bare.slice(0, -'ifexists'.length) : bare)
  if (found === undefined) return 'open'
  // Several values of the policy: any of them; of a negated operator: none of them.
  const one = (value: string) => policy.some((p) => found.compare(value, p, lookup)) !== found.negated
  // "It also returns true if there are no context keys in the request."
  if (qualifier === 'all') return truth(request.every(one))
  // "If the key does not exist, the condition returns false", whatever IfExists says (re:Post, measured).
  if (qualifier === 'any') return truth(request.some(one))
  if (absent) return truth(ifExists || found.negated)
  // "To compare with multiple key values, you must use the set operators": what happens without is not said, so that
  // it is open unless every value would give the same.
  const all = new Set(request.map(one))
  return all.size > 1 ? 'open' : truth(all.has(true))
}

function truth(x: boolean): Truth {
  return x ? 'yes' : 'no'
}
