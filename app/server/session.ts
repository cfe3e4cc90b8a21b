import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
/** Compares digests: equal time whatever the lengths are. */
const same = (left: Buffer, right: string): boolean => timingSafeEqual(left, digest(right))

/**
 * The one browser session of a server: the token of the printed link is good for one use and buys a random session id.
 * Both are kept as digests only.
 */
export class Session {
  #token: Buffer | null
  #id: Buffer | null = null
  readonly cookieName: string

  /** Cookies know no port: the name carries it, so that two servers on one machine do not sign each other out. */
  constructor(token: string, port: number) {
    this.#token = digest(token)
    this.cookieName = `gomeisa_${port}`
  }

  /** The new session's `Set-Cookie`; undefined when the token is wrong or used. */
  redeem(token: string): string | undefined {
    if (this.#token === null || !same(this.#token, token)) return undefined
    this.#token = null
    const id = randomBytes(32).toString('base64url')
    this.#id = digest(id)
    return `${this.cookieName}=${id}; HttpOnly; SameSite=Strict; Path=/`
  }

  /** Whether a `Cookie` header carries the session. */
  admits(cookies: string | undefined): boolean {
    if (this.#id === null || cookies === undefined) return false
    const prefix = `${this.cookieName}=`
    const own = cookies.split(';').map((pair) => pair.trim())
    const value = own.find((pair) => pair.startsWith(prefix))?.slice(prefix.length)
    return value !== undefined && same(this.#id, value)
  }
}
