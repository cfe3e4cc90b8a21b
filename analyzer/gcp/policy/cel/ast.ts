import type { Value } from './value.ts'

/** Binary operators by rising precedence (Common Expression Language specification, "Syntax"). */
export const OPERATORS = [
  ['||'],
  ['&&'],
  ['==', '!=', '<', '<=', '>', '>=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
] as const

export type Sign = (typeof OPERATORS)[number][number]

/**
 * An expression. `known` is a value, which evaluation leaves behind; `error` is an expression that cannot have one
 * (`says` tells why), kept because `false && error` still is false.
 */
export type Expr =
  | { readonly op: 'known'; readonly value: Value }
  | { readonly op: 'error'; readonly says: string; readonly of: Expr }
  | { readonly op: 'name'; readonly name: string }
  | { readonly op: 'member'; readonly of: Expr; readonly name: string }
  | { readonly op: 'index'; readonly of: Expr; readonly at: Expr }
  | { readonly op: 'call'; readonly name: string; readonly on: Expr | null; readonly args: readonly Expr[] }
  | { readonly op: 'list'; readonly items: readonly Expr[] }
  | { readonly op: 'map'; readonly entries: readonly (readonly [key: Expr, value: Expr])[] }
  | { readonly op: 'not' | 'negate'; readonly of: Expr }
  | { readonly op: 'binary'; readonly sign: Sign; readonly left: Expr; readonly right: Expr }
  | { readonly op: 'choice'; readonly test: Expr; readonly then: Expr; readonly otherwise: Expr }

export type Known = Extract<Expr, { op: 'known' }>

export const TRUE: Known = { op: 'known', value: true }
export const FALSE: Known = { op: 'known', value: false }

export function known(value: Value): Known {
  return value === true ? TRUE : value === false ? FALSE : { op: 'known', value }
}

export function binary(sign: Sign, left: Expr, right: Expr): Expr {
  return { op: 'binary', sign, left, right }
}

/** The dotted path that an expression spells (`request.auth.claims`), or `undefined`. */
export function pathOf(expr: Expr): string | undefined {
  if (expr.op === 'name') return expr.name
  if (expr.op !== 'member') return undefined
  const of = pathOf(expr.of)
  return of === undefined ? undefined : `${of}.${expr.name}`
}
