import { createHash } from 'node:crypto'
import { canonicalJson, type JsonObject } from '../../graph/index.ts'
import type { DeviceLevel, Presence } from '../../policies/index.ts'

/**
 * Where a request is. `awaiting`: something is still to be shown, or its start is still to come. `activated`: there is a grant,
 * which lives its own life. The rest are ends without one.
 */
export const REQUEST_STATES = ['awaiting', 'activated', 'denied', 'withdrawn', 'expired'] as const
export type RequestState = (typeof REQUEST_STATES)[number]

/** What somebody asks for, in words of the operator's catalogue. Times are milliseconds since 1970. */
export interface RequestTerms {
  readonly person: string
  readonly entitlement: string
  /** From activation on; for an extension: from the start of the grant, what it had before included. */
  readonly durationSeconds: number
  readonly reason: string | undefined
  readonly ticket: string | undefined
  /** Not before then; undefined: at once. */
  readonly startsAt: number | undefined
  /** The person asks for the emergency way, in so many words. */
  readonly breakGlass: boolean
  /** The grant that is to last longer; undefined: a new one. */
  readonly extends: string | undefined
}

/** Somebody's yes, and what they had shown when they said it. */
export interface Vote {
  readonly person: string
  readonly device: string
  readonly at: number
  /** `contentHash` of what was agreed to. */
  readonly content: string
  readonly level: DeviceLevel
  readonly presence: Presence
  readonly phone: boolean
  readonly proximity: boolean
  /** The record of the presence, which verifies offline. */
  readonly record: string | undefined
}

export interface AccessRequest extends RequestTerms {
  readonly id: string
  /** The device over which it was asked for: the only one whose evidence counts. */
  readonly device: string
  readonly askedAt: number
  /** Votes and activation are possible until then. */
  readonly openUntil: number
  readonly state: RequestState
  readonly votes: readonly Vote[]
  readonly activatedAt: number | undefined
  readonly grant: string | undefined
  /** Who said no, and why. */
  readonly deniedBy: string | undefined
  readonly why: string | undefined
  /** Rises with every write; a write of an older version is refused. */
  readonly version: number
}

/** The request as people agree to it: what is shown, signed and voted on. */
export function contentOf(request: RequestTerms & { readonly id: string }): JsonObject {
  const { id, person, entitlement, durationSeconds, breakGlass } = request
  return {
    request: id,
    person,
    entitlement,
    durationSeconds,
    reason: request.reason ?? null,
    ticket: request.ticket ?? null,
    startsAt: request.startsAt === undefined ? null : new Date(request.startsAt).toISOString(),
    breakGlass,
    extends: request.extends ?? null,
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** SHA-256 over the canonical form (RFC 8785) of `contentOf`: a vote counts for exactly this. */
export const contentHash = (request: RequestTerms & { readonly id: string }): string =>
  sha256(canonicalJson(contentOf(request)))

/** What a presence is shown for: the name of the decision, and what is signed. */
export interface Matter {
  readonly decision: string
  readonly request: JsonObject
}

export const elevation = (request: AccessRequest): Matter => ({
  decision: `elevate ${request.id}`,
  request: contentOf(request),
})

/** One presence for one request, or for several together: then it is good for exactly these. */
export function approvalOf(requests: readonly AccessRequest[]): Matter {
  const [first, ...more] = requests
  if (first !== undefined && more.length === 0) {
    return { decision: `approve ${first.id}`, request: { approve: [contentOf(first)] } }
  }
  const sorted = [...requests].sort((a, b) => (a.id < b.id ? -1 : 1))
  const name = sha256(sorted.map(({ id }) => id).join(' ')).slice(0, 32)
  return { decision: `approve batch ${name}`, request: { approve: sorted.map(contentOf) } }
}
