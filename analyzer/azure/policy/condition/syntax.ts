/**
 * A condition of a role assignment, role definition or deny assignment, taken apart (Azure RBAC documentation, "Azure
 * role assignment condition format and syntax"). Plain data; `print` writes it, `parse` reads it.
 */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  /** `ActionMatches{'…'}`, `SubOperationMatches{'…'}`: one of the patterns covers it. */
  | { readonly kind: 'action' | 'sub-operation'; readonly patterns: readonly string[] }
  | { readonly kind: 'exists'; readonly attribute: Attribute }
  | Comparison

export interface Comparison {
  readonly kind: 'compare'
  /** As in `ForAnyOfAllValues`: any value on the left, all on the right. Null: a plain comparison. */
  readonly quantifier: { readonly left: Count; readonly right: Count } | null
  /** In the documented spelling where it is a documented one, else as written. */
  readonly operator: string
  readonly left: Operand
  readonly right: Operand
}

export type Count = 'any' | 'all'

export type Operand =
  | { readonly kind: 'attribute'; readonly attribute: Attribute }
  | { readonly kind: 'values'; readonly values: readonly Literal[]; readonly braced: boolean }

/** A value as written: in quotes (`text`, backslashes kept), or a bare word: number, GUID, `true`. */
export interface Literal {
  readonly type: 'text' | 'word'
  readonly text: string
}

export const SOURCES = ['Resource', 'Request', 'Principal', 'Environment'] as const
export type Source = (typeof SOURCES)[number]

export interface Attribute {
  readonly source: Source
  /** What stands in the brackets, as written. */
  readonly name: string
}

const CASE_SENSITIVE_KEY = /:([^:]*)<\$key_case_sensitive\$>$/i

/**
 * The name under which two spellings of an attribute are one. ARM names know no letter case, the keys of tags do
 * (`tags:Project<$key_case_sensitive$>`).
 */
export function attributeKey(name: string): string {
  const key = CASE_SENSITIVE_KEY.exec(name)?.[1]
  if (key === undefined) return name.trim().toLowerCase()
  const head = name.slice(0, name.lastIndexOf(':'))
  return `${head.trim().toLowerCase()}:${key}<$key_case_sensitive$>`
}
