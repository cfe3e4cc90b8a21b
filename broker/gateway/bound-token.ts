import { randomUUID, timingSafeEqual } from 'node:crypto'
import { jwtVerify } from 'jose'
import { isObject, ownString } from '../../graph/index.ts'
import type { AuthorityKey } from '../devices/authority-key.ts'
import type { Device, Milliseconds } from '../devices/device.ts'
import type { DeviceStore } from '../devices/device-store.ts'
import { inGoodStanding } from '../devices/standing.ts'
import { demand, Refusal } from '../refusal.ts'
import type { Peer } from './peer.ts'

const ISSUER = 'gomeisa'
const LIFE: Milliseconds = 300_000

/** What a token is worth nothing without: the certificate of the connection (RFC 8705), or a key that signs proofs (RFC 9449). */
export type Confirmation = { readonly 'x5t#S256': string } | { readonly jkt: string }

export interface IssuedToken {
  readonly token: string
  readonly expiresAt: Milliseconds
  readonly confirmation: Confirmation
}

/** Access tokens (JWT, EdDSA) that are bound to their holder, live five minutes, and die with the lock of their device. */
export class BoundTokens {
  readonly #key: AuthorityKey
  readonly #store: DeviceStore
  readonly #now: () => Milliseconds

  constructor(key: AuthorityKey, store: DeviceStore, now: () => Milliseconds) {
    this.#key = key
    this.#store = store
    this.#now = now
  }

  /** A token for the device of a connection: bound to that connection's certificate, or to the key with thumbprint `jkt`. */
  async issue(peer: Peer, jkt?: string): Promise<IssuedToken> {
    const now = this.#now()
    const expiresAt = Math.min(now + LIFE, peer.notAfter)
    const confirmation: Confirmation = jkt === undefined ? { 'x5t#S256': x5tOf(peer.thumbprint) } : { jkt }
    const claims = {
      iss: ISSUER,
      aud: ISSUER,
      sub: peer.device.id,
      jti: randomUUID(),
      iat: Math.floor(now / 1000),
      exp: Math.floor(expiresAt / 1000),
      cnf: confirmation,
    }
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const signed = `${part({ alg: 'EdDSA', typ: 'at+jwt' })}.${part(claims)}`
    const signature = Buffer.from(await this.#key.sign(Buffer.from(signed))).toString('base64url')
    return { token: `${signed}.${signature}`, expiresAt, confirmation }
  }

  /** The device of a token that is shown together with what it is bound to; otherwise refuses. */
  async verify(token: string, holder: Confirmation): Promise<Device> {
    const { payload } = await jwtVerify(token, this.#key.publicKey, {
      algorithms: ['EdDSA'],
      typ: 'at+jwt',
      issuer: ISSUER,
      audience: ISSUER,
      currentDate: new Date(this.#now()),
      requiredClaims: ['exp', 'sub', 'cnf'],
    }).catch(() => {
      throw new Refusal('token-invalid', 'the token is not valid')
    })
    const { sub, cnf } = payload as { readonly sub?: unknown; readonly cnf?: unknown }
    demand(typeof sub === 'string' && isObject(cnf), 'token-invalid', 'the token is not valid')
    const [kind, value] =
      'jkt' in holder ? (['jkt', holder.jkt] as const) : (['x5t#S256', holder['x5t#S256']] as const)
    const bound = ownString(cnf, kind)
    demand(bound !== undefined && same(bound, value), 'token-invalid', 'the token is bound to another holder')
    return inGoodStanding(this.#store, sub, this.#now())
  }
}

/** The confirmation of a certificate (RFC 8705, section 3.1) from its hexadecimal thumbprint. */
export const x5tOf = (thumbprint: string): string => Buffer.from(thumbprint, 'hex').toString('base64url')

function same(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
