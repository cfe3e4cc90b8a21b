import type { CloudAnalyzer, Derived } from '../../cloud-analyzer.ts'
import { PowerEdges } from '../../grants/edges.ts'
import { GcpEngine } from '../engine.ts'
import { administerEdges, administratorsByContainer } from './administer.ts'
import { contextOf } from './context.ts'
import { exposureFacts } from './exposure-facts.ts'
import { escalationEdges } from './escalation/escalations.ts'
import { jewelEdges } from './jewels.ts'
import { powerFacts } from './power-facts.ts'
import { acceptEdges, presentedTokens } from './tokens.ts'

/** What follows from GCP's allow policies: edges, facts, and the tokens that are accepted and presented. */
export const derive: CloudAnalyzer['derive'] = (engine, loaded, jewels): Derived => {
  if (!(engine instanceof GcpEngine)) return { edges: [], facts: [] }
  const context = contextOf(engine, loaded.nodes)
  const edges = new PowerEdges()
  const administrators = administratorsByContainer(context)
  administerEdges(administrators, context, edges)
  const more = escalationEdges(administrators, context, loaded.edges, jewels, edges)
  jewelEdges(jewels, context, edges)
  const accepts = acceptEdges(context, edges)
  return {
    edges: [...edges.list(), ...more.edges],
    nodes: more.nodes,
    facts: [...powerFacts(administrators, context), ...exposureFacts(context)],
    presents: presentedTokens(context),
    accepts,
  }
}
