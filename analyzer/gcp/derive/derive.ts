import type { CloudAnalyzer, Derived } from '../../cloud-analyzer.ts'
import { GcpEngine } from '../engine.ts'

/** What follows from GCP's allow policies: edges, facts, and the tokens that are accepted and presented. */
export const derive: CloudAnalyzer['derive'] = (engine): Derived => {
  if (!(engine instanceof GcpEngine)) return { edges: [], facts: [] }
  return { edges: [], facts: [] }
}
