import {
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { decodeCredentialPublicKey } from '@simplewebauthn/server/helpers'
import { createPublicKey } from 'node:crypto'
import { isObject, type Json } from '../../graph/index.ts'
import type { Milliseconds } from '../devices/device.ts'
import { demand, Refusal } from '../refusal.ts'
import type { Passkey, Place } from './person.ts'
import type { Verification } from './presence-record.ts'

/** Where WebAuthn happens: the domain that keys are made for, and the address of its pages. */
export interface Site {
  readonly rpId: string
  /** `http://localhost:8440`, `https://broker.example.com`. */
  readonly origin: string
}

/** ES256 first: every authenticator has it. */
const ALGORITHMS = [-7, -8, -257]

/** What the browser needs to make a passkey (`PublicKeyCredentialCreationOptionsJSON`). */
export function creationOptions(
  site: Site,
  challenge: Buffer,
  person: string,
  handle: Buffer,
  known: readonly Passkey[],
): object {
  return {
    rp: { id: site.rpId, name: 'Gomeisa' },
    user: { id: handle.toString('base64url'), name: person, displayName: person },
    challenge: challenge.toString('base64url'),
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    excludeCredentials: known.map(({ id }) => ({ type: 'public-key', id })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    attestation: 'none',
    timeout: 120_000,
  }
}

/** What the browser needs to use one of `known` (`PublicKeyCredentialRequestOptionsJSON`). */
export function requestOptions(
  site: Site,
  challenge: Buffer,
  known: readonly Passkey[],
  least: Verification,
): object {
  return {
    rpId: site.rpId,
    challenge: challenge.toString('base64url'),
    allowCredentials: known.map(({ id }) => ({ type: 'public-key', id })),
    userVerification: least === 'touch' ? 'discouraged' : 'required',
    timeout: 120_000,
  }
}

/** The passkey that a browser made, verified; refuses anything else, also one without user verification. */
export async function madePasskey(
  answer: Json,
  about: { readonly site: Site; readonly challenge: Buffer; readonly person: string; readonly place: Place },
  now: Milliseconds,
): Promise<Passkey> {
  const { site, challenge, person, place } = about
  demand(isObject(answer), 'malformed', 'the answer is no passkey')
  const verified = await verifyRegistrationResponse({
    response: answer as unknown as RegistrationResponseJSON,
    expectedChallenge: challenge.toString('base64url'),
    expectedOrigin: site.origin,
    expectedRPID: site.rpId,
    requireUserPresence: true,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch((cause: unknown) => {
    throw refusalFor(cause, 'passkey-invalid')
  })
  demand(verified.verified, 'passkey-invalid', 'the passkey was not made for this')
  const { credential, credentialDeviceType, credentialBackedUp, aaguid } = verified.registrationInfo
  const cose = Buffer.from(credential.publicKey)
  const { spki, algorithm } = plainKey(cose)
  return {
    id: credential.id,
    person,
    place,
    rpId: site.rpId,
    cose,
    spki,
    algorithm,
    counter: credential.counter,
    custody: credentialDeviceType === 'singleDevice' ? 'device-bound' : 'synced',
    backedUp: credentialBackedUp,
    aaguid,
    addedAt: now,
    revokedAt: undefined,
    revokedBecause: undefined,
  }
}

export interface Assertion {
  /** base64url, as they came. */
  readonly authenticatorData: string
  readonly clientData: string
  readonly signature: string
  readonly counter: number
}

/** Verifies that `passkey` signed `challenge` at `site`, with at least `least`; otherwise refuses. */
export async function usedPasskey(
  answer: Json,
  about: {
    readonly site: Site
    readonly challenge: Buffer
    readonly passkey: Passkey
    readonly least: Verification
  },
): Promise<Assertion> {
  const { site, challenge, passkey, least } = about
  const response = answer as unknown as AuthenticationResponseJSON
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge.toString('base64url'),
    expectedOrigin: site.origin,
    expectedRPID: site.rpId,
    requireUserVerification: least !== 'touch',
    credential: { id: passkey.id, publicKey: new Uint8Array(passkey.cose), counter: passkey.counter },
  }).catch((cause: unknown) => {
    throw refusalFor(cause, 'presence-invalid')
  })
  demand(verified.verified, 'presence-invalid', 'the signature is not that of the passkey')
  const { authenticatorData, clientDataJSON, signature } = response.response
  return {
    authenticatorData,
    clientData: clientDataJSON,
    signature,
    counter: verified.authenticationInfo.newCounter,
  }
}

/** The credential id that an answer names. */
export function credentialOf(answer: Json): string {
  const id = isObject(answer) ? answer['id'] : undefined
  demand(
    typeof id === 'string' && id !== '' && id.length <= 2_048,
    'malformed',
    'the answer names no passkey',
  )
  return id
}

/** The library tells its refusals by their texts alone; a text that is not known counts as the general refusal. */
function refusalFor(cause: unknown, otherwise: 'passkey-invalid' | 'presence-invalid'): Refusal {
  const text = cause instanceof Error ? cause.message : ''
  if (/user could not be verified/i.test(text)) {
    return new Refusal('verification-missing', 'PIN or biometric was asked for and not shown', { cause })
  }
  if (/counter value/i.test(text)) {
    return new Refusal('counter-back', 'the passkey counts less than before: there may be a copy of it', {
      cause,
    })
  }
  const says = otherwise === 'passkey-invalid' ? 'the passkey was not made for this' : 'this was not signed'
  return new Refusal(otherwise, says, { cause })
}

/** A COSE key as SubjectPublicKeyInfo. */
function plainKey(cose: Buffer): { spki: Buffer; algorithm: number } {
  const key = decodeCredentialPublicKey(new Uint8Array(cose)) as unknown as ReadonlyMap<number, unknown>
  const algorithm = key.get(3)
  const part = (label: number): string => {
    const value = key.get(label)
    demand(value instanceof Uint8Array, 'passkey-invalid', 'the key of the passkey cannot be read')
    return Buffer.from(value).toString('base64url')
  }
  const jwk =
    algorithm === -7
      ? { kty: 'EC', crv: 'P-256', x: part(-2), y: part(-3) }
      : algorithm === -8
        ? { kty: 'OKP', crv: 'Ed25519', x: part(-2) }
        : { kty: 'RSA', n: part(-1), e: part(-2) }
  demand(typeof algorithm === 'number', 'passkey-invalid', 'the key of the passkey has no algorithm')
  try {
    return {
      spki: createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' }),
      algorithm,
    }
  } catch (cause) {
    // A point that is not on its curve: nothing has checked it before, because the key has signed nothing yet.
    throw new Refusal('passkey-invalid', 'the key of the passkey cannot be read', { cause })
  }
}
