import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdirSync, readdirSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { GomeisaError, type JsonObject } from '../../graph/index.ts'
import { keyInFile } from '../devices/key-file.ts'

/** No token lives longer than this, in milliseconds. */
export const LONGEST_TOKEN = 600_000
/** What a cloud's clock may be behind: a key stays published that much longer. */
const SKEW = 300_000

/** A key that signs tokens for clouds. */
export interface SigningKey {
  /** RFC 7638: SHA-256 over the public key's members, base64url. */
  readonly id: string
  /** Milliseconds since 1970; 0 for the first key. */
  readonly signsFrom: number
  readonly key: KeyObject
  /** RFC 7517, with no member that clouds which take an uploaded set would refuse. */
  readonly publicJwk: JsonObject
}

const NAME = /^(\d{1,15})\.pem$/

/**
 * The issuer's keys (RSA, because not every cloud takes anything else), a file each in one folder, mode 0600, named after the
 * moment from which they sign. All that is to be known stands in these names, so that several processes need not agree on more. A
 * key is published before it signs, and after it for as long as a token of its own could live.
 */
export class SigningKeys {
  readonly #folder: string
  readonly #now: () => number
  readonly #read = new Map<string, SigningKey>()

  /** Makes the first key when there is none. Throws `STORE_UNUSABLE` as `keyInFile` does. */
  constructor(folder: string, now: () => number) {
    this.#folder = folder
    this.#now = now
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (this.#names().length === 0) this.#make(0)
  }

  /** The key that signs now. */
  current(): SigningKey {
    const all = this.#all()
    const found = all.findLast(({ signsFrom }) => signsFrom <= this.#now()) ?? all[0]
    if (found !== undefined) return found
    throw new GomeisaError('STORE_UNUSABLE', `there is no key in \`${this.#folder}\``, {
      remedy: 'start the broker anew: it makes one, which clouds must then be told',
    })
  }

  /** Keys whose tokens are to be believed, and the next ones. */
  published(): readonly SigningKey[] {
    const all = this.#all()
    return all.filter((_, i) => (all[i + 1]?.signsFrom ?? Infinity) + LONGEST_TOKEN + SKEW > this.#now())
  }

  /** A JSON Web Key Set (RFC 7517). */
  jwks(): JsonObject {
    return { keys: this.published().map(({ publicJwk }) => publicJwk) }
  }

  /** Makes a key that signs from then on (milliseconds since 1970), and removes those that are not published any more. */
  rotate(signsFrom: number): SigningKey {
    const made = this.#make(signsFrom)
    const kept = new Set(this.published().map(({ id }) => id))
    this.#remove(({ id }) => !kept.has(id))
    return made
  }

  /** A key that became known: a new one signs from now on, and no other is published any more. */
  replaceAll(): SigningKey {
    const made = this.#make(this.#now())
    this.#remove(({ id }) => id !== made.id)
    return made
  }

  #remove(which: (key: SigningKey) => boolean): void {
    for (const key of this.#all().filter(which)) unlinkSync(join(this.#folder, `${key.signsFrom}.pem`))
  }

  /** Oldest first. The folder is read each time: the operator's command changes it while the broker runs. */
  #all(): readonly SigningKey[] {
    const names = this.#names()
    for (const name of this.#read.keys()) if (!names.includes(name)) this.#read.delete(name)
    return names.map((name) => this.#key(name)).sort((a, b) => a.signsFrom - b.signsFrom)
  }

  #names(): readonly string[] {
    return readdirSync(this.#folder).filter((name) => NAME.test(name))
  }

  #make(signsFrom: number): SigningKey {
    const name = `${signsFrom}.pem`
    keyInFile(join(this.#folder, name), () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)
    return this.#key(name)
  }

  /** Never makes one: a key that was removed a moment ago must not come back under its old name. */
  #key(name: string): SigningKey {
    const known = this.#read.get(name)
    if (known !== undefined) return known
    const file = join(this.#folder, name)
    const key = keyInFile(file)
    if (key.asymmetricKeyType !== 'rsa')
      throw new GomeisaError('STORE_UNUSABLE', `\`${file}\` holds no RSA key`, {
        remedy: 'put the key back from its backup, or remove the file: a new one is made',
      })
    const { n = '', e = '' } = createPublicKey(key).export({ format: 'jwk' })
    const id = createHash('sha256')
      .update(JSON.stringify({ e, kty: 'RSA', n }))
      .digest('base64url')
    const publicJwk = { kty: 'RSA', alg: 'RS256', use: 'sig', kid: id, n, e }
    const made = { id, signsFrom: Number(NAME.exec(name)?.[1]), key, publicJwk }
    this.#read.set(name, made)
    return made
  }
}
