import { isObject, own, ownString, type Json, type JsonObject } from '../../graph/index.ts'
import { Refusal } from '../refusal.ts'
import { isLevel, type AttestationLevel } from './identity.ts'

/** What a TPM shows of itself; bytes travel as base64. */
export interface TpmClaims {
  /** EK certificate (DER) as the TPM keeps it, when it keeps one. */
  readonly ekCertificate: Buffer | undefined
  /** Certificates between it and the manufacturer's root, when the device has them. */
  readonly ekChain: readonly Buffer[]
  /** TPMT_PUBLIC of the endorsement key, of the attestation key and of the link's key. */
  readonly ekPublic: Buffer
  readonly akPublic: Buffer
  readonly keyPublic: Buffer
}

/** First message: a new device shows its token, a known one says who it is. */
export interface BeginRequest {
  readonly who: { readonly token: string } | { readonly device: string }
  /** Undefined for a key in software, and at renewal, where the broker asks for what it knows. */
  readonly tpm: TpmClaims | undefined
}

export interface BeginAnswer {
  readonly session: string
  readonly nonce: Buffer
  /** Present when the device must show that its keys are in the TPM of the endorsement key. */
  readonly credential: { readonly blob: Buffer; readonly seed: Buffer } | undefined
}

/** Second message: the request, signed by the key, and the TPM's answers. */
export interface FinishRequest {
  readonly session: string
  readonly request: Buffer
  /** ECDSA-SHA256 (r ‖ s) of `enrolmentProof` by the key of the request. */
  readonly proof: Buffer
  readonly tpm:
    { readonly secret: Buffer; readonly attestation: Buffer; readonly signature: Buffer } | undefined
}

export interface FinishAnswer {
  readonly device: string
  readonly person: string
  readonly name: string
  readonly level: AttestationLevel
  /** PEM. */
  readonly certificate: string
  /** Unix milliseconds. */
  readonly notAfter: number
  readonly enrolledUntil: number
}

/** Where a device links, on the host of the enrolment port. */
export interface LinkPorts {
  readonly door: number
  /** The side door, for keys that TLS cannot use. */
  readonly exporter: number
}

export function readLinkPorts(json: unknown): LinkPorts {
  const message = object(json, 'the answer')
  const port = (key: string): number => {
    const value = own(message, key)
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 65_535) {
      throw malformed(`\`${key}\` is no port`)
    }
    return value
  }
  return { door: port('door'), exporter: port('exporter') }
}

/** Bytes of one field: far above the largest certificate, far below what would hurt. */
const MOST_BYTES = 8192
const MOST_CHAIN = 4

export function readBeginRequest(json: unknown): BeginRequest {
  const message = object(json, 'the request')
  const token = ownString(message, 'token')
  const device = ownString(message, 'device')
  if ((token === undefined) === (device === undefined))
    throw malformed('the request names one of token and device')
  const tpm = own(message, 'tpm')
  return {
    who: token === undefined ? { device: device ?? '' } : { token },
    tpm: tpm === undefined ? undefined : readClaims(object(tpm, 'tpm')),
  }
}

function readClaims(claims: JsonObject): TpmClaims {
  const chain = own(claims, 'ekChain') ?? []
  if (!Array.isArray(chain) || chain.length > MOST_CHAIN) throw malformed('`ekChain` is no short list')
  return {
    ekCertificate: own(claims, 'ekCertificate') === undefined ? undefined : bytes(claims, 'ekCertificate'),
    ekChain: (chain as readonly Json[]).map((each) => decoded(each, 'ekChain')),
    ekPublic: bytes(claims, 'ekPublic'),
    akPublic: bytes(claims, 'akPublic'),
    keyPublic: bytes(claims, 'keyPublic'),
  }
}

export function readFinishRequest(json: unknown): FinishRequest {
  const message = object(json, 'the request')
  const tpm = own(message, 'tpm')
  const answers = tpm === undefined ? undefined : object(tpm, 'tpm')
  return {
    session: text(message, 'session'),
    request: bytes(message, 'request'),
    proof: bytes(message, 'proof'),
    tpm: answers && {
      secret: bytes(answers, 'secret'),
      attestation: bytes(answers, 'attestation'),
      signature: bytes(answers, 'signature'),
    },
  }
}

export function readBeginAnswer(json: unknown): BeginAnswer {
  const message = object(json, 'the answer')
  const credential = own(message, 'credential')
  const given = credential === undefined ? undefined : object(credential, 'credential')
  return {
    session: text(message, 'session'),
    nonce: bytes(message, 'nonce'),
    credential: given && { blob: bytes(given, 'blob'), seed: bytes(given, 'seed') },
  }
}

export function readFinishAnswer(json: unknown): FinishAnswer {
  const message = object(json, 'the answer')
  const level = own(message, 'level')
  const notAfter = own(message, 'notAfter')
  const enrolledUntil = own(message, 'enrolledUntil')
  if (!isLevel(level) || typeof notAfter !== 'number' || typeof enrolledUntil !== 'number') {
    throw malformed('the answer lacks level or times')
  }
  const [device, person, name] = [text(message, 'device'), text(message, 'person'), text(message, 'name')]
  return { device, person, name, level, certificate: text(message, 'certificate'), notAfter, enrolledUntil }
}

/** A message as JSON: bytes become base64, absent fields stay out. */
export const wire = (message: object): string => JSON.stringify(encoded(message))

function encoded(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(encoded)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, encoded(each)]))
}

const malformed = (message: string): Refusal => new Refusal('malformed', message)

function object(json: unknown, what: string): JsonObject {
  if (!isObject(json)) throw malformed(`${what} is no JSON object`)
  return json
}

function text(message: JsonObject, key: string): string {
  const value = ownString(message, key)
  if (value === undefined || value.length > MOST_BYTES) throw malformed(`\`${key}\` is no text`)
  return value
}

const bytes = (message: JsonObject, key: string): Buffer => decoded(own(message, key), key)

function decoded(value: unknown, key: string): Buffer {
  const isBase64 =
    typeof value === 'string' && value.length <= MOST_BYTES * 1.5 && /^[A-Za-z0-9+/]*={0,2}$/.test(value)
  if (!isBase64) throw malformed(`\`${key}\` is no base64`)
  return Buffer.from(value, 'base64')
}
