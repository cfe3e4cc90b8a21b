import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify, type JWTVerifyResult } from 'jose'
import type { Milliseconds } from '../devices/device.ts'
import { demand, Refusal } from '../refusal.ts'

/** A nonce is good in the window in which it was given and in the next. */
const WINDOW: Milliseconds = 60_000
const LONGEST_JTI = 128
/** Proofs remembered at a time; above it nothing is accepted, because a replay could not be told. */
const MOST_PROOFS = 100_000

export interface ProofOf {
  readonly method: string
  /** Scheme, host and path. */
  readonly url: string
  /** The token that is shown with it; none when one is asked for. */
  readonly token?: string
}

/**
 * Checks DPoP proofs (RFC 9449, section 4.3). A proof must carry a nonce of ours, so the clock of the client does not
 * matter; each is good once. Nonces are keyed with a secret of this process: a proof from before a restart is refused, which is
 * why remembering the spent ones in memory is enough.
 */
export class DpopProofs {
  readonly #secret = randomBytes(32)
  readonly #now: () => Milliseconds
  #spent = new Set<string>()
  #spentBefore = new Set<string>()
  #window = 0

  constructor(now: () => Milliseconds) {
    this.#now = now
  }

  /** A nonce for the client's next proof. */
  nonce(): string {
    return this.#nonceOf(this.#currentWindow())
  }

  /** The thumbprint (RFC 7638) of the key that signed the proof; refuses a proof of anything else than this request. */
  async verify(proof: string, of: ProofOf): Promise<string> {
    const { payload, protectedHeader } = await signed(proof)
    const jwk = protectedHeader.jwk
    demand(jwk !== undefined && !('d' in jwk), 'proof-invalid', 'the proof shows no public key')
    const { htm, htu, jti, nonce, ath } = payload
    demand(
      htm === of.method && typeof htu === 'string' && plain(htu) === plain(of.url),
      'proof-invalid',
      'the proof is for another request',
    )
    demand(
      typeof jti === 'string' && jti !== '' && jti.length <= LONGEST_JTI,
      'proof-invalid',
      'the proof has no sound id',
    )
    const expected =
      of.token === undefined ? undefined : createHash('sha256').update(of.token).digest('base64url')
    demand(ath === expected, 'proof-invalid', 'the proof is for another token')
    if (typeof nonce !== 'string' || !this.#isOurs(nonce)) {
      throw new Refusal('nonce-required', 'the proof needs a fresh nonce of this server')
    }
    const thumbprint = await calculateJwkThumbprint(jwk)
    this.#spend(`${thumbprint}.${jti}`)
    return thumbprint
  }

  #currentWindow(): number {
    const window = Math.floor(this.#now() / WINDOW)
    if (window === this.#window) return window
    // A proof lives in two windows: what was spent before both can be forgotten.
    this.#spentBefore = window === this.#window + 1 ? this.#spent : new Set()
    this.#spent = new Set()
    this.#window = window
    return window
  }

  #nonceOf(window: number): string {
    return createHmac('sha256', this.#secret).update(String(window)).digest('base64url')
  }

  #isOurs(nonce: string): boolean {
    const window = this.#currentWindow()
    const given = Buffer.from(nonce)
    return [window, window - 1].some((each) => {
      const ours = Buffer.from(this.#nonceOf(each))
      return ours.length === given.length && timingSafeEqual(ours, given)
    })
  }

  #spend(id: string): void {
    this.#currentWindow()
    demand(!this.#spent.has(id) && !this.#spentBefore.has(id), 'proof-replayed', 'the proof was used before')
    demand(this.#spent.size < MOST_PROOFS, 'too-many', 'too many proofs in a minute')
    this.#spent.add(id)
  }
}

function signed(proof: string): Promise<JWTVerifyResult> {
  // The time is the nonce's affair: `iat` is not compared with a clock, and there is no `exp`.
  const options = {
    typ: 'dpop+jwt',
    algorithms: ['ES256', 'EdDSA', 'Ed25519'],
    requiredClaims: ['iat', 'jti'],
  }
  return jwtVerify(proof, EmbeddedJWK, options).catch(() => {
    throw new Refusal('proof-invalid', 'the proof is not valid')
  })
}

/** Without query and fragment (section 4.3, step 9); undefined for what is no URL. */
function plain(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}
