import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { GomeisaError } from '../../../graph/index.ts'
import { ByteReader, EMPTY, sized, u16, u32, u8 } from '../../tpm/bytes.ts'
import { ALGORITHM, HANDLE } from '../../tpm/constants.ts'
import type { TpmTransport } from './transport.ts'

/** Command codes (part 2, section 6.5.2). */
const COMMAND = {
  createPrimary: 0x131,
  activateCredential: 0x147,
  certify: 0x148,
  nvRead: 0x14e,
  policySecret: 0x151,
  create: 0x153,
  load: 0x157,
  quote: 0x158,
  sign: 0x15d,
  contextLoad: 0x161,
  contextSave: 0x162,
  flushContext: 0x165,
  nvReadPublic: 0x169,
  readPublic: 0x173,
  startAuthSession: 0x176,
  getCapability: 0x17a,
} as const
type CommandName = keyof typeof COMMAND

/** TPM_RC_RETRY, TPM_RC_TESTING, TPM_RC_YIELDED: send the same command again. */
const AGAIN = new Set([0x922, 0x90a, 0x908])
const ATTEMPTS = 10
const FIRST_WAIT = 20

const TAG_PLAIN = 0x8001
const TAG_WITH_SESSIONS = 0x8002
const CONTINUE_SESSION = 1
const CAPABILITY_HANDLES = 1
const NV_CHUNK = 768

/** A command that the TPM refused. `rc` is its TPM_RC. */
export class TpmError extends GomeisaError {
  readonly rc: number

  constructor(command: string, code: number) {
    super('TPM_UNUSABLE', `the TPM refused \`${command}\` with 0x${code.toString(16)}`)
    this.name = 'TpmError'
    this.rc = code
  }
}

interface Call {
  readonly handles?: readonly number[]
  /** Handles of sessions that authorise, in the order of the handles that need it; `HANDLE.password` is an empty password. */
  readonly auth?: readonly number[]
  readonly parameters?: readonly Buffer[]
  readonly returnsHandle?: boolean
}

/** A key as the TPM gives it out: its public area, and its private part wrapped for its parent alone. */
export interface WrappedKey {
  readonly publicArea: Buffer
  readonly wrapped: Buffer
}

/** TPM 2.0 commands, typed: the ones that enrolling and signing need (Trusted Platform Module Library, part 3). */
export class Tpm {
  readonly transport: TpmTransport

  constructor(transport: TpmTransport) {
    this.transport = transport
  }

  /** Makes the primary key of a template; the same template gives the same key. */
  async createPrimary(hierarchy: number, template: Buffer): Promise<{ handle: number; publicArea: Buffer }> {
    const { handle, reader } = await this.#run('createPrimary', {
      handles: [hierarchy],
      auth: [HANDLE.password],
      parameters: creation(template),
      returnsHandle: true,
    })
    return { handle, publicArea: reader.sized() }
  }

  async create(parent: number, template: Buffer): Promise<WrappedKey> {
    const call = { handles: [parent], auth: [HANDLE.password], parameters: creation(template) }
    const { reader } = await this.#run('create', call)
    const wrapped = reader.sized()
    return { wrapped, publicArea: reader.sized() }
  }

  /** Loads a wrapped key below its parent and gives its handle. */
  async load(parent: number, { wrapped, publicArea }: WrappedKey): Promise<number> {
    const parameters = [sized(wrapped), sized(publicArea)]
    const call = { handles: [parent], auth: [HANDLE.password], parameters, returnsHandle: true }
    return (await this.#run('load', call)).handle
  }

  /** TPMT_PUBLIC of a loaded or persistent object. */
  async readPublic(handle: number): Promise<Buffer> {
    return (await this.#run('readPublic', { handles: [handle] })).reader.sized()
  }

  async flush(handle: number): Promise<void> {
    await this.#run('flushContext', { parameters: [u32(handle)] })
  }

  /** Takes a loaded object aside, so that its place is free; the copy is good until the TPM restarts. */
  async saveContext(handle: number): Promise<Buffer> {
    return (await this.#run('contextSave', { handles: [handle] })).reader.rest()
  }

  async loadContext(context: Buffer): Promise<number> {
    return (await this.#run('contextLoad', { parameters: [context], returnsHandle: true })).handle
  }

  /** Handles in use that begin with `first`'s kind: 0x80000000 transient objects, 0x02000000 sessions, 0x81000000 persistent. */
  async handles(first: number): Promise<number[]> {
    const parameters = [u32(CAPABILITY_HANDLES), u32(first), u32(64)]
    const { reader } = await this.#run('getCapability', { parameters })
    reader.u8()
    reader.u32()
    return Array.from({ length: reader.u32() }, () => reader.u32())
  }

  /** The bytes of an NV index that the owner may read; undefined when there is no such index. */
  async readNv(index: number): Promise<Buffer | undefined> {
    const area = await this.#run('nvReadPublic', { handles: [index] }).catch(absent)
    if (area === undefined) return undefined
    const description = area.reader.sized()
    const size = description.readUInt16BE(description.length - 2)
    const parts: Buffer[] = []
    for (let offset = 0; offset < size; offset += NV_CHUNK) {
      const parameters = [u16(Math.min(NV_CHUNK, size - offset)), u16(offset)]
      const call = { handles: [HANDLE.owner, index], auth: [HANDLE.password], parameters }
      parts.push((await this.#run('nvRead', call)).reader.sized())
    }
    return Buffer.concat(parts)
  }

  /** A policy session that satisfies PolicySecret(endorsement), as the default endorsement keys ask. */
  async endorsementSession(): Promise<number> {
    const parameters = [
      sized(randomBytes(16)),
      sized(EMPTY),
      u8(1),
      u16(ALGORITHM.null),
      u16(ALGORITHM.sha256),
    ]
    const call = { handles: [HANDLE.null, HANDLE.null], parameters, returnsHandle: true }
    const { handle } = await this.#run('startAuthSession', call)
    await this.#run('policySecret', {
      handles: [HANDLE.endorsement, handle],
      auth: [HANDLE.password],
      parameters: [sized(EMPTY), sized(EMPTY), sized(EMPTY), u32(0)],
    })
    return handle
  }

  /** Opens a credential that was made for the object `active` under the key `key`, authorised by `session`. */
  async activateCredential(
    active: number,
    key: number,
    session: number,
    credential: { readonly blob: Buffer; readonly seed: Buffer },
  ): Promise<Buffer> {
    const { reader } = await this.#run('activateCredential', {
      handles: [active, key],
      auth: [HANDLE.password, session],
      parameters: [sized(credential.blob), sized(credential.seed)],
    })
    return reader.sized()
  }

  /** The TPM's word, signed by `signer`, that it holds `object`; `extraData` (64 bytes at most) is part of it. */
  async certify(
    object: number,
    signer: number,
    extraData: Buffer,
  ): Promise<{ attestation: Buffer; signature: Buffer }> {
    const { reader } = await this.#run('certify', {
      handles: [object, signer],
      auth: [HANDLE.password, HANDLE.password],
      parameters: [sized(extraData), u16(ALGORITHM.null)],
    })
    const attestation = reader.sized()
    return { attestation, signature: reader.rest() }
  }

  /** The state of boot registers (SHA-256 bank), signed by `signer`. */
  async quote(
    signer: number,
    extraData: Buffer,
    registers: readonly number[],
  ): Promise<{ attestation: Buffer; signature: Buffer }> {
    const mask = Buffer.alloc(3)
    for (const each of registers) mask.writeUInt8(mask.readUInt8(each >> 3) | (1 << (each & 7)), each >> 3)
    const selection = Buffer.concat([u32(1), u16(ALGORITHM.sha256), sizedByte(mask)])
    const { reader } = await this.#run('quote', {
      handles: [signer],
      auth: [HANDLE.password],
      parameters: [sized(extraData), u16(ALGORITHM.null), selection],
    })
    const attestation = reader.sized()
    return { attestation, signature: reader.rest() }
  }

  /** ECDSA over a SHA-256 digest by an unrestricted P-256 key: r ‖ s. */
  async sign(key: number, digest: Buffer): Promise<Buffer> {
    // An empty ticket: the key may sign any digest.
    const ticket = Buffer.concat([u16(0x8024), u32(HANDLE.null), u16(0)])
    const scheme = Buffer.concat([u16(ALGORITHM.ecdsa), u16(ALGORITHM.sha256)])
    const parameters = [sized(digest), scheme, ticket]
    const { reader } = await this.#run('sign', { handles: [key], auth: [HANDLE.password], parameters })
    reader.u32()
    const [r, s] = [reader.sized(), reader.sized()]
    return Buffer.concat([Buffer.alloc(32 - r.length), r, Buffer.alloc(32 - s.length), s])
  }

  async #run(name: CommandName, call: Call): Promise<{ handle: number; reader: ByteReader }> {
    const { handles = [], auth, parameters = [] } = call
    const sessions = auth && Buffer.concat(auth.map(authorization))
    const body = Buffer.concat([
      ...handles.map(u32),
      ...(sessions ? [u32(sessions.length), sessions] : []),
      ...parameters,
    ])
    const tag = sessions ? TAG_WITH_SESSIONS : TAG_PLAIN
    const command = Buffer.concat([u16(tag), u32(10 + body.length), u32(COMMAND[name]), body])
    const response = new ByteReader(await this.#send(name, command), `the TPM's answer to ${name}`)
    response.take(10)
    const handle = call.returnsHandle === true ? response.u32() : 0
    if (sessions === undefined) return { handle, reader: response }
    return { handle, reader: new ByteReader(response.take(response.u32()), `the TPM's answer to ${name}`) }
  }

  async #send(name: CommandName, command: Buffer): Promise<Buffer> {
    for (let attempt = 0; ; attempt++) {
      const response = await this.transport.send(command)
      if (response.length < 10) throw new GomeisaError('TPM_UNUSABLE', 'the TPM answered too little')
      const code = response.readUInt32BE(6)
      if (code === 0) return response
      if (!AGAIN.has(code) || attempt === ATTEMPTS) throw new TpmError(name, code)
      await sleep(FIRST_WAIT * 2 ** Math.min(attempt, 6))
    }
  }
}

/** TPMS_AUTH_COMMAND with an empty nonce and an empty authorisation value. */
const authorization = (session: number): Buffer =>
  Buffer.concat([u32(session), sized(EMPTY), u8(CONTINUE_SESSION), sized(EMPTY)])

/** inSensitive (nothing), inPublic, outsideInfo (nothing), creationPCR (none). */
const creation = (template: Buffer): Buffer[] => [
  sized(Buffer.concat([sized(EMPTY), sized(EMPTY)])),
  sized(template),
  sized(EMPTY),
  u32(0),
]

const sizedByte = (bytes: Buffer): Buffer => Buffer.concat([u8(bytes.length), bytes])

/** TPM_RC_HANDLE for the first handle: no such index. */
function absent(error: unknown): undefined {
  if (error instanceof TpmError && error.rc === 0x18b) return undefined
  throw error
}
