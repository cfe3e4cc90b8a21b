import type { ApiProblem } from '../../app/server/api.ts'

export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ApiProblem }

const failed = (
  status: number,
  code: string,
  title: string,
  detail: string,
): { ok: false; problem: ApiProblem } => ({
  ok: false,
  problem: { type: 'about:blank', status, code, title, detail },
})

function isProblem(value: unknown): value is ApiProblem {
  return (
    typeof value === 'object' && value !== null && 'title' in value && 'detail' in value && 'code' in value
  )
}

/** Asks the server one question. Never rejects, except when aborted: everything that can go wrong is a problem. */
export async function ask<T>(path: string, signal?: AbortSignal): Promise<Outcome<T>> {
  let response: Response
  try {
    response = await fetch(`/api/v1${path}`, signal ? { signal } : {})
  } catch (error) {
    if (signal?.aborted) throw error
    return failed(
      0,
      'OFFLINE',
      'Gomeisa does not answer',
      'The server on this machine is not running any more. Start it again in the terminal and open the new link.',
    )
  }
  const body: unknown = await response.json().catch(() => null)
  if (response.ok && body !== null) return { ok: true, value: body as T }
  if (isProblem(body)) return { ok: false, problem: body }
  return failed(
    response.status,
    'INTERNAL',
    'The answer makes no sense',
    'The server sent something that is not an answer.',
  )
}
