import type { Expr } from './ast.ts'
import type { Value } from './value.ts'

/** What evaluation knows of a request. What it does not know stays in the result. */
export interface Scope {
  /** The value of an attribute by its dotted path (`resource.name`); `undefined`: not known. */
  attribute(path: string): Value | undefined
  /** A time (nanoseconds since 1970) that the attribute is known not to be before; `undefined`: no such. */
  notBefore?(path: string): bigint | undefined
  /** A function of the request (`resource.matchTag`, `api.getAttribute`); `undefined`: not known. */
  call(path: string, args: readonly Value[]): Value | undefined
}

/** Variables of macros; `undefined`: bound, but to what is not known. */
export type Locals = ReadonlyMap<string, Value | undefined>

/** What macros need of an evaluation. */
export interface Reducer {
  reduce(expr: Expr, locals: Locals): Expr
  isAttribute(path: string): boolean
}
