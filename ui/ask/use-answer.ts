import { useEffect, useState } from 'react'
import type { ApiProblem } from '../../app/server/api.ts'
import { ask, type Outcome } from './ask.ts'

/** Answers of one page load: the estate behind them does not change while the server runs. */
const known = new Map<string, Outcome<unknown>>()
const MOST_KNOWN = 200

export type Answer<T> =
  | { readonly state: 'idle' }
  /** `last` is the answer to the question before, to be shown until the new one is there. */
  | { readonly state: 'loading'; readonly last: T | undefined }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly problem: ApiProblem; readonly retry: () => void }

/** The server's answer to `path`; `null` asks nothing. */
export function useAnswer<T>(path: string | null): Answer<T> {
  const [attempt, setAttempt] = useState(0)
  const [held, setHeld] = useState<{ readonly path: string; readonly outcome: Outcome<T> } | null>(null)

  useEffect(() => {
    if (path === null || known.has(path)) return
    const abort = new AbortController()
    ask<T>(path, abort.signal).then(
      (outcome) => {
        if (outcome.ok) {
          if (known.size >= MOST_KNOWN) known.clear()
          known.set(path, outcome)
        }
        setHeld({ path, outcome })
      },
      () => undefined,
    )
    return () => abort.abort()
  }, [path, attempt])

  if (path === null) return { state: 'idle' }
  const outcome =
    (known.get(path) as Outcome<T> | undefined) ?? (held?.path === path ? held.outcome : undefined)
  if (outcome === undefined) {
    return { state: 'loading', last: held?.outcome.ok ? held.outcome.value : undefined }
  }
  if (outcome.ok) return { state: 'ready', value: outcome.value }
  const retry = (): void => {
    setHeld(null)
    setAttempt(attempt + 1)
  }
  return { state: 'failed', problem: outcome.problem, retry }
}
