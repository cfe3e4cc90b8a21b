import type { CloudAnalyzer, Derived } from '../../cloud-analyzer.ts'
import { PowerEdges } from '../../grants/edges.ts'
import { AzureEngine } from '../engine.ts'
import { administerEdges, administratorsByContainer } from './administer.ts'
import { contextOf } from './context.ts'
import { delegatedEdges } from './delegated/delegated-edges.ts'
import { AzureEscalations } from './escalation/escalations.ts'
import { identityFacts } from './identity-facts.ts'
import { jewelEdges } from './jewels.ts'
import { ownerEdges } from './owners.ts'
import { powerFacts } from './power-facts.ts'
import { acceptEdges, presentedTokens } from './tokens.ts'

/** What follows from Azure's and the directory's assignments: edges, facts, and the tokens accepted and presented. */
export const derive: CloudAnalyzer['derive'] = (engine, loaded, jewels): Derived => {
  if (!(engine instanceof AzureEngine)) return { edges: [], facts: [] }
  const context = contextOf(engine, loaded.nodes)
  const edges = new PowerEdges()
  const administrators = administratorsByContainer(context)
  administerEdges(administrators, context, edges)
  ownerEdges(context, edges)
  const escalations = new AzureEscalations(administrators, context, jewels, edges)
  jewelEdges(jewels, context, edges)
  const accepts = acceptEdges(context, edges)
  const delegated = delegatedEdges(administrators, context, jewels, escalations)
  const power = powerFacts(administrators, context)
  const powerful = new Set(power.map(({ principal }) => principal))
  return {
    edges: [...edges.list(), ...escalations.edges, ...delegated.edges],
    nodes: [...escalations.nodes, ...delegated.nodes],
    facts: [...power, ...identityFacts(powerful, context)],
    presents: presentedTokens(context),
    accepts,
  }
}
