import { GomeisaError } from '../../graph/index.ts'
import { Refusal, type RefusalReason } from '../refusal.ts'

const JSON_HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }

export const jsonAnswer = (
  body: string,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response => new Response(body, { status, headers: { ...JSON_HEADERS, ...headers } })

const STATUS: Partial<Record<RefusalReason, number>> = {
  malformed: 400,
  'too-many': 429,
  'broker-unavailable': 503,
  'token-invalid': 401,
  'nonce-required': 401,
  'proof-invalid': 401,
  'proof-replayed': 401,
  'session-missing': 401,
  'entitlement-unknown': 404,
  'request-unknown': 404,
  'grant-unknown': 404,
  'kill-unknown': 404,
  'approved-before': 409,
  'state-other': 409,
}

/** A refusal as problem details (RFC 9457); anything else is told as little as that it happened. */
export function refusalAnswer(error: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  const refusal =
    error instanceof Refusal
      ? error
      : new Refusal('broker-unavailable', 'the broker cannot answer now', { cause: error })
  const status = STATUS[refusal.reason] ?? 403
  const { reason, message, remedy } = refusal
  const body = JSON.stringify({
    type: 'about:blank',
    status,
    code: refusal.code,
    reason,
    detail: message,
    remedy,
  })
  return jsonAnswer(body, status, { ...headers, 'Content-Type': 'application/problem+json' })
}

/** What is worth telling the operator: everything that is no refusal. */
export const isBug = (error: unknown): boolean => !(error instanceof GomeisaError)

/** A JSON body of at most `most` bytes; refuses a larger one before it is read to the end. */
export async function jsonBody(request: Request, most = 65_536): Promise<unknown> {
  const text = await textBody(request, most)
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new Refusal('malformed', 'the body is no JSON')
  }
}

/** A body of at most `most` bytes as text; refuses a larger one before it is read to the end. */
export async function textBody(request: Request, most: number): Promise<string> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of request.body ?? []) {
    const bytes = part as Uint8Array
    length += bytes.byteLength
    if (length > most) throw new Refusal('malformed', 'the body is too large')
    parts.push(bytes)
  }
  return Buffer.concat(parts).toString('utf8')
}
