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
  patience?: number,
): Promise<AgentAnswer> {
  try {
    return await askSocket(home.path(AGENT_SOCKET), method, path, body, patience)
  } catch (cause) {
    const remedy = 'start it: `gomeisa agent run`, or its systemd unit'
    throw new GomeisaError('BROKER_UNREACHABLE', 'the agent does not run here', { remedy, cause })
  }
}

/** What people are told of a grant that gives no credentials. */
export const OWN_LOGIN = 'the grant is active, and your own login of the cloud has the access: use that'

/**
 * What a grant gives by the running agent: credentials, which the agent keeps in its memory for all who ask, or undefined where the
 * person's own login of the cloud has the access while the grant is active. Waits for no person, and `patience` milliseconds at
 * most. Throws `BROKER_UNREACHABLE`, or `REFUSED` with the broker's reason.
 */
export async function grantAccess(
  home: AgentHome,
  grant: string,
  patience?: number,
): Promise<LiveCredentials | undefined> {
  const { status, body } = await askAgent(home, 'POST', '/agent/credentials', { grant }, patience)
  const live = readLiveCredentials(body)
  if (status === 200 && live !== undefined) return live
  const says = isObject(body) ? ownString(body, 'detail') : undefined
  if (isObject(body) && ownString(body, 'code') === 'BROKER_UNREACHABLE') {
    throw new GomeisaError('BROKER_UNREACHABLE', 'the agent has no link to the broker', {
      remedy: 'see `gomeisa agent status`',
    })
  }
  // The broker says so of grants only that could be used at this moment.
  if (isObject(body) && ownString(body, 'reason') === 'grant-unfit') return undefined
  throw new GomeisaError('REFUSED', says ?? 'the broker gives out no credentials', {
    remedy: 'see that the grant is yours, was asked for on this machine, and is active',
  })
}

/** Credentials of a grant; throws as `grantAccess` does, and `REFUSED` where the person's own login has the access. */
export async function liveCredentials(home: AgentHome, grant: string): Promise<LiveCredentials> {
  const live = await grantAccess(home, grant)
  if (live !== undefined) return live
  throw new GomeisaError('REFUSED', OWN_LOGIN)
}
