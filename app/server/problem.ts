import { GomeisaError, type ErrorCode } from '../../graph/index.ts'
import type { ApiProblem } from './api.ts'
import { AmbiguousNodeError } from './handlers.ts'

export type HttpErrorStatus = 400 | 401 | 403 | 404 | 405 | 409 | 421 | 500 | 503

const STATUS: Partial<Record<ErrorCode, HttpErrorStatus>> = {
  USAGE: 400,
  NOT_FOUND: 404,
  AMBIGUOUS: 409,
  NO_SNAPSHOT: 503,
  NO_ESTATE: 503,
}

const TITLE: Record<HttpErrorStatus, string> = {
  400: 'The question is not complete',
  401: 'Not signed in',
  403: 'Refused',
  404: 'Not found',
  405: 'Read only',
  409: 'The name fits several',
  421: 'Wrong host name',
  500: 'Something broke inside Gomeisa',
  503: 'Nothing is analysed yet',
}

export function problem(
  status: HttpErrorStatus,
  code: string,
  detail: string,
): ApiProblem & { status: HttpErrorStatus } {
  return { type: 'about:blank', title: TITLE[status], status, code, detail }
}

/**
 * The problem document of an error. Expected errors keep their sentence and remedy; of anything else the browser learns
 * only that it happened: the sentence may quote what a client has no business to read.
 */
export function problemOf(error: unknown): ApiProblem & { status: HttpErrorStatus } {
  const status = error instanceof GomeisaError ? STATUS[error.code] : undefined
  if (!(error instanceof GomeisaError) || status === undefined) {
    return problem(
      500,
      'INTERNAL',
      'The answer could not be worked out. The terminal that runs Gomeisa says more.',
    )
  }
  const detail = error.remedy === undefined ? error.message : `${error.message}: ${error.remedy}`
  const answer = problem(status, error.code, detail)
  return error instanceof AmbiguousNodeError ? { ...answer, candidates: error.nodes } : answer
}
