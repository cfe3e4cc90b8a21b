import { address, navigate } from '../../routing/location.ts'

/** What the list is narrowed to, as it stands in the address: empty for everything. */
export interface FindingFilters {
  /** Comma-separated. */
  readonly severity: string
  readonly rule: string
  readonly cloud: string
  readonly scope: string
  readonly q: string
}

export function filtersOf(params: URLSearchParams): FindingFilters {
  const text = (name: string): string => params.get(name) ?? ''
  return {
    severity: text('severity'),
    rule: text('rule'),
    cloud: text('cloud'),
    scope: text('scope'),
    q: text('q'),
  }
}

/** Shows the list so narrowed, from its first page. Typing replaces the address instead of filling the history. */
export function narrow(filters: FindingFilters, how: { readonly replace?: boolean } = {}): void {
  navigate(address('/findings', { ...filters }), how)
}
