import { request } from 'node:http'
import { GomeisaError } from '../../graph/index.ts'
import type { AgentHome } from './agent-home.ts'
import { AGENT_SOCKET } from './agent.ts'

export interface AgentAnswer {
  readonly status: number
  readonly body: unknown
}

/** Asks the running agent over its Unix socket; what does not begin with `/agent/` goes on to the broker. */
export function askAgent(home: AgentHome, method: string, path: string, body?: object): Promise<AgentAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<AgentAnswer>()
  const fail = (cause: unknown) => {
    const remedy = 'start it: `gomeisa agent run`, or its systemd unit'
    reject(new GomeisaError('BROKER_UNREACHABLE', 'the agent does not run here', { remedy, cause }))
  }
  const asked = request({ socketPath: home.path(AGENT_SOCKET), method, path, agent: false }, (answer) => {
    let text = ''
    answer.setEncoding('utf8')
    answer.on('data', (part: string) => (text += part))
    answer.once('error', fail)
    answer.once('end', () => {
      try {
        resolve({ status: answer.statusCode ?? 0, body: text === '' ? null : (JSON.parse(text) as unknown) })
      } catch (cause) {
        fail(cause)
      }
    })
  })
  asked.once('error', fail)
  asked.end(body === undefined ? undefined : JSON.stringify(body))
  return promise
}
