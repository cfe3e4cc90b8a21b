/** Changes of a line after which the answer may only go one way, or must stay. */
import { list, type Decision, type Document, type Line, type Statement } from './line.ts'
import { Random } from './random.ts'

/** How much access an answer gives; what is conditional or unknown is between all and nothing. */
export function access(decision: Decision): number {
  if (decision === 'allowed') return 2
  return decision === 'conditional' || decision === 'unknown' ? 1 : 0
}

export function statements(document: Document): readonly Statement[] {
  return list(document.Statement)
}

function plus(document: Document, statement: Statement): Document {
  return { ...document, Statement: [...statements(document), statement] }
}

/** The line with a denial more, in each layer that it has. */
export function withDenials(line: Line, condition: Statement['Condition']): readonly Line[] {
  const extra = condition === undefined ? {} : { Condition: condition }
  const deny: Statement = { Effect: 'Deny', Action: line.action, Resource: '*', ...extra }
  const everybody: Statement = { ...deny, Principal: '*' }
  const { identityPolicies, boundary, sessionPolicy, scps, rcps, resourcePolicy, endpointPolicies } = line
  const [first, ...others] = identityPolicies ?? []
  return [
    ...(first === undefined
      ? []
      : [{ ...line, identityPolicies: [{ ...first, document: plus(first.document, deny) }, ...others] }]),
    ...(boundary === undefined ? [] : [{ ...line, boundary: boundary.map((d) => plus(d, deny)) }]),
    ...(sessionPolicy === undefined ? [] : [{ ...line, sessionPolicy: plus(sessionPolicy, deny) }]),
    ...(scps === undefined ? [] : [{ ...line, scps: scps.map((level) => level.map((d) => plus(d, deny))) }]),
    ...(rcps === undefined
      ? []
      : [{ ...line, rcps: rcps.map((level) => level.map((d) => plus(d, everybody))) }]),
    ...(resourcePolicy === undefined ? [] : [{ ...line, resourcePolicy: plus(resourcePolicy, everybody) }]),
    ...(endpointPolicies === undefined
      ? []
      : [{ ...line, endpointPolicies: endpointPolicies.map((d) => plus(d, everybody)) }]),
  ]
}

export function withIdentityAllow(line: Line, condition: Statement['Condition']): Line {
  const allow: Statement = {
    Effect: 'Allow',
    Action: line.action,
    Resource: '*',
    ...(condition === undefined ? {} : { Condition: condition }),
  }
  const document = { Version: '2012-10-17', Statement: allow }
  return { ...line, identityPolicies: [...(line.identityPolicies ?? []), { name: 'more', document }] }
}

/** The line without one of its ceilings. (Without session policy a federated user has nothing from its user.) */
export function withoutCeilings(line: Line): readonly Line[] {
  const { boundary, sessionPolicy, scps, endpointPolicies, ...rest } = line
  const all = { boundary, sessionPolicy, scps, endpointPolicies }
  const without = (name: keyof typeof all): Line => {
    const kept = Object.entries(all).filter(([key, value]) => key !== name && value !== undefined)
    return { ...rest, ...Object.fromEntries(kept) }
  }
  return [
    ...(boundary === undefined ? [] : [without('boundary')]),
    ...(sessionPolicy === undefined || line.principal.type === 'federated-user'
      ? []
      : [without('sessionPolicy')]),
    ...(scps ?? []).map((_, i) => ({ ...line, scps: scps!.toSpliced(i, 1) })),
    ...(endpointPolicies === undefined ? [] : [without('endpointPolicies')]),
  ]
}

/** The same policies and statements in another order. */
export function shuffled(line: Line, seed: number): Line {
  const random = new Random(seed)
  const mix = <T>(all: readonly T[]): T[] => {
    const left = [...all]
    return all.map(() => left.splice(Math.floor(random.next() * left.length), 1)[0]!)
  }
  const inside = (document: Document): Document => ({ ...document, Statement: mix(statements(document)) })
  const { identityPolicies, scps, rcps, resourcePolicy, sessionPolicy, boundary } = line
  return {
    ...line,
    ...(identityPolicies && {
      identityPolicies: mix(identityPolicies).map((p) => ({ ...p, document: inside(p.document) })),
    }),
    ...(boundary && { boundary: mix(boundary).map(inside) }),
    ...(scps && { scps: mix(scps).map((level) => mix(level).map(inside)) }),
    ...(rcps && { rcps: mix(rcps).map((level) => mix(level).map(inside)) }),
    ...(resourcePolicy && { resourcePolicy: inside(resourcePolicy) }),
    ...(sessionPolicy && { sessionPolicy: inside(sessionPolicy) }),
  }
}

/** The line with each unknown key missing, or with one of the values. */
export function settled(line: Line, seed: number, valuesOf: (key: string) => readonly string[]): Line {
  const random = new Random(seed)
  const entries = Object.entries(line.context ?? {}).flatMap(([key, given]) => {
    if (typeof given !== 'object' || Array.isArray(given)) return [[key, given] as const]
    return random.chance(0.3) ? [] : [[key, random.pick(valuesOf(key))] as const]
  })
  return { ...line, context: Object.fromEntries(entries) }
}
