import type { IncomingMessage, ServerResponse } from 'node:http'
import { isObject, ownString } from '../../graph/index.ts'
import type { CredentialDesk } from './credential-desk.ts'

/** What the agent says when it has no link. */
export const NO_LINK = '{"code":"BROKER_UNREACHABLE"}'
const LARGEST = 4_096

/** `POST /agent/credentials` with `{grant}`, on the agent's socket: the broker's answer, or `NO_LINK`. */
export async function answerCredentials(
  desk: CredentialDesk,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const say = (status: number, text: string) => {
    response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(text)
  }
  try {
    const grant = await grantOf(request)
    if (grant === undefined) {
      say(400, '{"code":"USAGE","detail":"no grant is named"}')
      return
    }
    const { status, body } = await desk.get(grant)
    say(status, JSON.stringify(body))
  } catch {
    say(503, NO_LINK)
  }
}

async function grantOf(request: IncomingMessage): Promise<string | undefined> {
  let text = ''
  for await (const part of request) {
    text += String(part)
    if (text.length > LARGEST) return undefined
  }
  try {
    const body: unknown = JSON.parse(text)
    return isObject(body) ? ownString(body, 'grant') : undefined
  } catch {
    return undefined
  }
}
