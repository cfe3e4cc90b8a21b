import { isObject, ownString } from '../../graph/index.ts'
import { Refusal } from '../refusal.ts'
import { jsonAnswer, jsonBody } from './answers.ts'
import { x5tOf, type BoundTokens } from './bound-token.ts'
import type { Peer } from './peer.ts'

/** Answers requests that came in by the door; undefined leaves them to the next. Each room of the broker adds one. */
export type DeviceRoutes = (request: Request, peer: Peer) => Promise<Response | undefined>

/** Who am I, and a token for where the connection does not reach. */
export function identityRoutes(tokens: BoundTokens): DeviceRoutes {
  return async (request, peer) => {
    const route = `${request.method} ${new URL(request.url).pathname}`
    const { id, person, name, level } = peer.device
    if (route === 'GET /v1/whoami') {
      await showsOwnToken(tokens, request, peer)
      return jsonAnswer(JSON.stringify({ device: id, person, name, level, notAfter: peer.notAfter }))
    }
    if (route === 'POST /v1/token') {
      const body = await jsonBody(request)
      const jkt = isObject(body) ? ownString(body, 'jkt') : undefined
      const { token, expiresAt } = await tokens.issue(peer, jkt)
      return jsonAnswer(JSON.stringify({ token, expiresAt, type: jkt === undefined ? 'Bearer' : 'DPoP' }))
    }
    return undefined
  }
}

/** A token is not needed here; one that is shown must be bound to this very certificate. */
async function showsOwnToken(tokens: BoundTokens, request: Request, peer: Peer): Promise<void> {
  const [scheme, token] = (request.headers.get('authorization') ?? '').split(' ')
  if (scheme === '') return
  if (scheme !== 'Bearer' || token === undefined) throw new Refusal('token-invalid', 'the token is not valid')
  const device = await tokens.verify(token, { 'x5t#S256': x5tOf(peer.thumbprint) })
  if (device.id !== peer.device.id) throw new Refusal('token-invalid', 'the token is of another device')
}
