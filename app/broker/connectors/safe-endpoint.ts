import type { Fields } from '../../../policies/index.ts'

/** The field `endpoint`. Credentials go there: only over TLS, or to this machine. */
export function safeEndpoint(from: Fields): string {
  const text = from.string('endpoint')
  const url = URL.canParse(text) ? new URL(text) : undefined
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(url?.hostname ?? '')
  const fits = url?.protocol === 'https:' || (url?.protocol === 'http:' && here)
  return fits ? text : from.wrong('endpoint', 'an https address, or an http one of this machine')
}
