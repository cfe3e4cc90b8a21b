import { GomeisaError, type Json } from '../../graph/index.ts'
import { jsonAnswer, textBody } from '../gateway/answers.ts'
import type { DeviceRoutes } from '../gateway/device-routes.ts'
import type { DeviceKills } from '../kill/device-kills.ts'
import { readingHostile, Refusal } from '../refusal.ts'
import { API_ROUTES, bodyFields, type ApiRoute } from './api-routes.ts'
import type { Requests } from './requests.ts'

const MOST_BYTES = 65_536

/** The HTTP API over the link of a device: `API_ROUTES` and nothing else. Problems are answered by the door (RFC 9457). */
export function requestRoutes(requests: Requests, kills: DeviceKills, now: () => number): DeviceRoutes {
  return async (request, { device }) => {
    const path = new URL(request.url).pathname
    for (const route of API_ROUTES) {
      const id = matched(route, request.method, path)
      if (id === undefined) continue
      try {
        const text = route.method === 'GET' ? '' : await textBody(request, MOST_BYTES)
        const body = readingHostile('the body', () =>
          bodyFields(text === '' ? {} : (JSON.parse(text) as Json)),
        )
        return jsonAnswer(
          JSON.stringify(await route.answers({ requests, kills, device, id, body, now: now() })),
        )
      } catch (error) {
        throw asRefusal(error)
      }
    }
    return undefined
  }
}

/** The id in the path, `''` where the route has none; undefined where the route is another. */
function matched(route: ApiRoute, method: string, path: string): string | undefined {
  if (route.method !== method) return undefined
  const [wanted, given] = [route.path.split('/'), path.split('/')]
  if (wanted.length !== given.length) return undefined
  let id = ''
  for (const [i, part] of wanted.entries()) {
    const found = given[i] ?? ''
    if (part === '{id}') id = found
    else if (part !== found) return undefined
  }
  return id
}

/** What is no bug but says no in the words of another room. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof GomeisaError) || error instanceof Refusal) return error
  const { message } = error
  if (error.code === 'INPUT_SHAPE') return new Refusal('malformed', message)
  if (error.code === 'REFUSED') return new Refusal('state-other', message)
  return error
}
