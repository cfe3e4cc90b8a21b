import { isObject, own, ownString, type Json } from '../../graph/index.ts'

/** A policy's condition in Cedar's JSON form, read as plain JSON. */
export type Expression = Json

/** The one operator of an expression node and what it works on, or `undefined` for what is no node. */
export function operatorOf(expression: Expression): readonly [name: string, argument: Json] | undefined {
  if (!isObject(expression)) return undefined
  const [entry, ...others] = Object.entries(expression)
  return entry?.[1] === undefined || others.length > 0 ? undefined : [entry[0], entry[1]]
}

/** The expressions directly below a node. A literal has none. */
export function operandsOf(expression: Expression): readonly Expression[] {
  const node = operatorOf(expression)
  if (node === undefined || node[0] === 'Value' || node[0] === 'Var' || node[0] === 'Slot') return []
  const argument = node[1]
  if (Array.isArray(argument)) return argument as readonly Json[]
  if (!isObject(argument)) return []
  return Object.values(argument).filter(
    (value) => isObject(value) && operatorOf(value) !== undefined,
  ) as Json[]
}

/** Every node, outermost first. */
export function* nodesOf(
  expression: Expression,
): Generator<readonly [name: string, argument: Json, node: Expression]> {
  const node = operatorOf(expression)
  if (node === undefined) return
  yield [node[0], node[1], expression]
  for (const operand of operandsOf(expression)) yield* nodesOf(operand)
}

/** `['context', 'evidence', 'device']` for `context.evidence.device`; `undefined` for what is no path from a variable. */
export function pathOf(expression: Expression): readonly string[] | undefined {
  const node = operatorOf(expression)
  if (node === undefined) return undefined
  const [name, argument] = node
  if (name === 'Var' && typeof argument === 'string') return [argument]
  if (name !== '.' || !isObject(argument)) return undefined
  const left = pathOf(own(argument, 'left') ?? null)
  const attribute = ownString(argument, 'attr')
  return left === undefined || attribute === undefined ? undefined : [...left, attribute]
}

/** The longest paths that an expression reads: `context.evidence.device` and not `context` besides. */
export function* pathsOf(expression: Expression): Generator<readonly string[]> {
  const path = pathOf(expression)
  if (path !== undefined) yield path
  else for (const operand of operandsOf(expression)) yield* pathsOf(operand)
}

/** The parts that must all hold: `a && b && c` as `[a, b, c]`. */
export function conjuncts(expression: Expression): readonly Expression[] {
  const node = operatorOf(expression)
  if (node?.[0] !== '&&' || !isObject(node[1])) return [expression]
  return [...conjuncts(own(node[1], 'left') ?? null), ...conjuncts(own(node[1], 'right') ?? null)]
}

/** Both sides of a binary operator. */
export function sides(argument: Json): readonly [Expression, Expression] {
  return isObject(argument) ? [own(argument, 'left') ?? null, own(argument, 'right') ?? null] : [null, null]
}

/** The literal of a `Value` node, or `undefined`. */
export function literalOf(expression: Expression): Json | undefined {
  const node = operatorOf(expression)
  return node?.[0] === 'Value' ? node[1] : undefined
}

/** Every entity named anywhere in a value of Cedar's JSON, scope or condition: its type and id. */
export function* entitiesIn(value: Json | undefined): Generator<readonly [type: string, id: string]> {
  if (Array.isArray(value)) for (const item of value as readonly Json[]) yield* entitiesIn(item)
  if (!isObject(value)) return
  const type = ownString(value, 'type')
  const id = ownString(value, 'id')
  if (type !== undefined && id !== undefined) yield [type, id]
  else for (const inner of Object.values(value)) yield* entitiesIn(inner)
}
