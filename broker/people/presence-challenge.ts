import { createHash } from 'node:crypto'
import type { Place } from './person.ts'

/** First words of what is hashed, so that a signature for one purpose or place cannot stand in for another. */
const TAGS: Record<Place, string> = {
  desk: 'gomeisa presence at the desk v1',
  phone: 'gomeisa presence on the phone v1',
}

/**
 * What the authenticator signs: SHA-256 of tag, decision, nonce and canonical request (RFC 8785), each followed by a line feed.
 * None of the first three can hold one, so two different inputs never spell the same bytes.
 */
export function presenceChallenge(of: {
  readonly place: Place
  readonly decision: string
  readonly nonce: string
  readonly request: string
}): Buffer {
  const { place, decision, nonce, request } = of
  return createHash('sha256').update(`${TAGS[place]}\n${decision}\n${nonce}\n${request}\n`).digest()
}
