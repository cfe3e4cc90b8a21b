import { GomeisaError, isObject, ownString } from '../../graph/index.ts'
import type { AgentHome } from './agent-home.ts'
import { AGENT_SOCKET } from './agent.ts'
import { askSocket, type SocketAnswer } from './ask-socket.ts'
import { readLiveCredentials, type LiveCredentials } from './credential-desk.ts'

export type AgentAnswer = SocketAnswer

/** Asks the running agent over its Unix socket; what does not begin with `/agent/` goes on to the broker. */
export async function askAgent(
  home: AgentHome,
  method: string,
  path: string,
  body?: object,
): Promise<AgentAnswer> {
  try {
    return await askSocket(home.path(AGENT_SOCKET), method, path, body)
  } catch (cause) {
    const remedy = 'start it: `gomeisa agent run`, or its systemd unit'
    throw new GomeisaError('BROKER_UNREACHABLE', 'the agent does not run here', { remedy, cause })
  }
}

/**
 * Credentials of a grant by the running agent, which keeps them in its memory for all who ask. Waits for no person. Throws
 * `BROKER_UNREACHABLE`, or `REFUSED` with the broker's reason.
 */
export async function liveCredentials(home: AgentHome, grant: string): Promise<LiveCredentials> {
  const { status, body } = await askAgent(home, 'POST', '/agent/credentials', { grant })
  const live = readLiveCredentials(body)
  if (status === 200 && live !== undefined) return live
  const says = isObject(body) ? ownString(body, 'detail') : undefined
  if (isObject(body) && ownString(body, 'code') === 'BROKER_UNREACHABLE') {
    throw new GomeisaError('BROKER_UNREACHABLE', 'the agent has no link to the broker', {
      remedy: 'see `gomeisa agent status`',
    })
  }
  throw new GomeisaError('REFUSED', says ?? 'the broker gives out no credentials', {
    remedy: 'see that the grant is yours, was asked for on this machine, and is active',
  })
}
