import { join } from 'node:path'
import { expect } from 'vitest'
import { AgentHome } from '../../../broker/client/agent-home.ts'
import { Agent } from '../../../broker/client/agent.ts'
import { enrolDevice } from '../../../broker/client/enrol.ts'
import { credentialRoutes } from '../../../broker/credentials/credential-routes.ts'
import { tokenText } from '../../../broker/protocol/enrolment-token.ts'
import type { FederationStage } from '../../broker/gcp/federation-stage.ts'
import { running, until } from '../../broker/running.ts'
import { person } from './person.ts'

/** Ana on her machine, whose agent runs and asks a broker with the grants of `s`; tools find their settings below `folder`. */
export async function enrolledPerson(
  s: FederationStage,
  folder: string,
  env: Readonly<Record<string, string>> = {},
) {
  const home = new AgentHome(join(folder, 'agent'))
  const routes = credentialRoutes({
    ledger: s.ledger,
    connectors: s.connectors,
    now: () => s.clock.now(),
    deviceOf: () => Promise.resolve(home.read().device),
    decide: () => Promise.resolve({ allow: true }),
  })
  const w = await running({ routes: [routes] })
  const token = tokenText({ secret: w.leave(), authority: w.authority.fingerprint })
  const broker = `https://localhost:${w.broker.ports.enrolment}`
  await enrolDevice({ home, broker, token, place: { kind: 'software' }, now: Date.now })
  const agent = new Agent({ home, now: Date.now })
  await agent.start()
  await until(() => agent.status().link.kind === 'up', 15_000)
  const config = join(folder, 'gcloud')
  return {
    config,
    at: ['--home', home.folder],
    tools: person({ HOME: folder, CLOUDSDK_CONFIG: config, ...env }),
    async active(connector = 'gcp-federated', entitlement = 'objects'): Promise<string> {
      const deadline = s.clock.now() + 1_800_000
      const ana = 'ana@example.com'
      const asked = { person: ana, entitlement, connector, reason: 'test', by: ana, deadline }
      const { id } = await s.grants.intend(asked)
      expect((await s.grants.step(id)).state).toBe('active')
      return id
    },
    stop: () => agent.stop(),
  }
}
export type EnrolledPerson = Awaited<ReturnType<typeof enrolledPerson>>
