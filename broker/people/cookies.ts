/** Cookies of the desk's pages. They are worth nothing without the device's link, so that they may travel over loopback HTTP. */
export const SESSION_COOKIE = 'gomeisa_session'
export const ATTEMPT_COOKIE = 'gomeisa_attempt'

export function cookieOf(request: Request, name: string): string | undefined {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}

/** `Lax`: the provider sends the browser back from another site. */
export const attemptCookie = (secret: string): string =>
  `${ATTEMPT_COOKIE}=${secret}; Path=/people/; Max-Age=300; HttpOnly; SameSite=Lax`
export const sessionCookie = (secret: string): string =>
  `${SESSION_COOKIE}=${secret}; Path=/people/; HttpOnly; SameSite=Lax`
export const forgotten = (name: string): string =>
  `${name}=; Path=/people/; Max-Age=0; HttpOnly; SameSite=Lax`
