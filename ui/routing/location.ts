import { useMemo, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
const announce = (): void => listeners.forEach((listener) => listener())
window.addEventListener('popstate', announce)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const current = (): string => window.location.pathname + window.location.search

/** Goes to an in-app address. `replace`: a change of view within the page, which the back button should skip. */
export function navigate(href: string, how: { readonly replace?: boolean } = {}): void {
  if (href === current()) return
  const samePage = new URL(href, window.location.href).pathname === window.location.pathname
  if (how.replace) window.history.replaceState(null, '', href)
  else window.history.pushState(null, '', href)
  announce()
  if (!samePage && !how.replace) window.scrollTo(0, 0)
}

export interface Place {
  readonly path: string
  readonly params: URLSearchParams
}

/** Where the browser is; the component renders again when that changes. */
export function usePlace(): Place {
  const href = useSyncExternalStore(subscribe, current)
  return useMemo(() => {
    const url = new URL(href, window.location.origin)
    return { path: url.pathname, params: url.searchParams }
  }, [href])
}

/** An address with query parameters; those that are empty are left out. */
export function address(
  path: string,
  params: Readonly<Record<string, string | number | null | undefined>>,
): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value))
  }
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}
