import { homedir } from 'node:os'
import { join } from 'node:path'
import { AgentHome } from '../../broker/index.ts'

/** The agent's folder: the one that was named, or the usual place for a user's state (XDG). */
export function agentHome(named: string | undefined): AgentHome {
  const state = process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state')
  return new AgentHome(named ?? join(state, 'gomeisa', 'agent'))
}
