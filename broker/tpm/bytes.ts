import { Refusal } from '../refusal.ts'

/** Big-endian integers and sized buffers, as TPM 2.0 marshals them (Trusted Platform Module Library, part 2, section 3). */
export const u8 = (value: number): Buffer => Buffer.from([value])

export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}

/** TPM2B: a length of two bytes and that many bytes. */
export const sized = (bytes: Uint8Array): Buffer => Buffer.concat([u16(bytes.byteLength), bytes])

export const EMPTY: Buffer = Buffer.alloc(0)

/** Reads marshalled bytes from outside; what is too short or too long is refused as `malformed`. */
export class ByteReader {
  readonly #bytes: Buffer
  readonly #what: string
  #at = 0

  /** `what` is named in a refusal. */
  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#what = what
  }

  take(count: number): Buffer {
    const end = this.#at + count
    if (end > this.#bytes.length) throw new Refusal('malformed', `${this.#what} ends too early`)
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }

  u8 = (): number => this.take(1).readUInt8()
  u16 = (): number => this.take(2).readUInt16BE()
  u32 = (): number => this.take(4).readUInt32BE()
  u64 = (): bigint => this.take(8).readBigUInt64BE()
  /** TPM2B. */
  sized = (): Buffer => this.take(this.u16())
  rest = (): Buffer => this.take(this.#bytes.length - this.#at)

  /** Everything has been read. */
  end(): void {
    if (this.#at !== this.#bytes.length) {
      throw new Refusal('malformed', `${this.#what} has ${this.#bytes.length - this.#at} bytes too many`)
    }
  }
}
