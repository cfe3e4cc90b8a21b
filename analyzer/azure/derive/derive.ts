import type { CloudAnalyzer, Derived } from '../../cloud-analyzer.ts'
import { AzureEngine } from '../engine.ts'

/** What follows from Azure's and the directory's assignments: edges, facts, and the tokens accepted and presented. */
export const derive: CloudAnalyzer['derive'] = (engine): Derived => {
  if (!(engine instanceof AzureEngine)) return { edges: [], facts: [] }
  return { edges: [], facts: [] }
}
