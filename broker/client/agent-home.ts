import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { GomeisaError, isObject, own, ownObject, ownString, type JsonObject } from '../../graph/index.ts'
import type { FinishAnswer, LinkPorts } from '../protocol/enrolment-messages.ts'
import { readLinkPorts } from '../protocol/enrolment-messages.ts'
import { isLevel, type AttestationLevel } from '../protocol/identity.ts'
import type { TpmKeys } from './tpm/tpm-device.ts'

/** How this machine is enrolled, as it lies in the agent's folder. */
export interface Enrolled {
  /** `https://host:port` of the enrolment port. */
  readonly broker: string
  readonly ports: LinkPorts
  /** PEM. */
  readonly authority: string
  readonly certificate: string
  readonly device: string
  readonly person: string
  readonly name: string
  readonly level: AttestationLevel
  /** Unix milliseconds. */
  readonly issuedAt: number
  readonly notAfter: number
  readonly enrolledUntil: number
  readonly keys: DeviceKeys
}

/** Where the link's key is. */
export type DeviceKeys =
  /** PKCS#8 PEM, in a file that only the owner reads. */
  | { readonly kind: 'software'; readonly pem: string }
  /** Address of the TPM, and its wrapped keys. */
  | { readonly kind: 'tpm'; readonly address: string; readonly keys: TpmKeys }

const FILE = 'device.json'
const VERSION = 1

/** The agent's folder: only its owner may enter, every file is written whole or not at all. */
export class AgentHome {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  /** Makes the folder, and keeps others out of it. */
  prepare(): void {
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 })
      chmodSync(this.folder, 0o700)
    } catch (cause) {
      throw new GomeisaError('OUTPUT_UNWRITABLE', `the agent's folder \`${this.folder}\` cannot be made`, {
        remedy: 'check the path and the permissions, or name another with --home',
        cause,
      })
    }
  }

  write(name: string, text: string): void {
    const aside = this.path(`.${name}.${process.pid}`)
    try {
      writeFileSync(aside, text, { mode: 0o600 })
      renameSync(aside, this.path(name))
    } catch (cause) {
      rmSync(aside, { force: true })
      throw new GomeisaError('OUTPUT_UNWRITABLE', `\`${this.path(name)}\` cannot be written`, {
        remedy: 'check the permissions and the free space',
        cause,
      })
    }
  }

  save(enrolled: Enrolled): void {
    this.prepare()
    this.write(FILE, `${JSON.stringify({ version: VERSION, ...enrolled }, base64, 2)}\n`)
  }

  /** Throws `NOT_ENROLLED` when there is none. */
  read(): Enrolled {
    const file = this.path(FILE)
    if (!existsSync(file)) {
      throw new GomeisaError('NOT_ENROLLED', `this machine is not enrolled: there is no \`${file}\``, {
        remedy: 'gomeisa agent enroll --broker https://… --token …',
      })
    }
    try {
      const read: unknown = JSON.parse(readFileSync(file, 'utf8'))
      if (isObject(read) && own(read, 'version') === VERSION) return enrolledOf(read)
    } catch (cause) {
      throw damaged(file, cause)
    }
    throw damaged(file, undefined)
  }
}

/** What stays of an enrolment when a new certificate comes. */
export const certificateOf = (answer: FinishAnswer, now: number) => ({
  certificate: answer.certificate,
  device: answer.device,
  person: answer.person,
  name: answer.name,
  level: answer.level,
  issuedAt: now,
  notAfter: answer.notAfter,
  enrolledUntil: answer.enrolledUntil,
})

const damaged = (file: string, cause: unknown): GomeisaError =>
  new GomeisaError('NOT_ENROLLED', `\`${file}\` is damaged`, { remedy: 'enrol this machine again', cause })

/** Bytes are buffers, which have become `{type, data}` when a replacer sees them. */
function base64(_key: string, value: unknown): unknown {
  const isBuffer = isObject(value) && own(value, 'type') === 'Buffer'
  return isBuffer ? Buffer.from(own(value, 'data') as number[]).toString('base64') : value
}

function enrolledOf(read: JsonObject): Enrolled {
  const level = own(read, 'level')
  if (!isLevel(level)) throw damaged(FILE, undefined)
  return {
    broker: text(read, 'broker'),
    ports: readLinkPorts(own(read, 'ports')),
    authority: text(read, 'authority'),
    certificate: text(read, 'certificate'),
    device: text(read, 'device'),
    person: text(read, 'person'),
    name: text(read, 'name'),
    level,
    issuedAt: number(read, 'issuedAt'),
    notAfter: number(read, 'notAfter'),
    enrolledUntil: number(read, 'enrolledUntil'),
    keys: keysOf(object(read, 'keys')),
  }
}

function keysOf(read: JsonObject): DeviceKeys {
  if (text(read, 'kind') === 'software') return { kind: 'software', pem: text(read, 'pem') }
  const keys = object(read, 'keys')
  const wrapped = (key: string) => {
    const pair = object(keys, key)
    const bytes = (part: string) => Buffer.from(text(pair, part), 'base64')
    return { publicArea: bytes('publicArea'), wrapped: bytes('wrapped') }
  }
  return {
    kind: 'tpm',
    address: text(read, 'address'),
    keys: {
      attestationKey: wrapped('attestationKey'),
      linkKey: wrapped('linkKey'),
      endorsement: number(keys, 'endorsement'),
    },
  }
}

function text(read: JsonObject, key: string): string {
  const value = ownString(read, key)
  if (value === undefined) throw damaged(FILE, undefined)
  return value
}

function number(read: JsonObject, key: string): number {
  const value = own(read, key)
  if (typeof value !== 'number') throw damaged(FILE, undefined)
  return value
}

function object(read: JsonObject, key: string): JsonObject {
  const value = ownObject(read, key)
  if (value === undefined) throw damaged(FILE, undefined)
  return value
}
