import { analyze } from '../../analyzer/index.ts'
import type { Estate, GraphStore, MappedPerson, Snapshot } from '../../graph/index.ts'
import { snapshotReader, writeEstate } from '../../graph/index.ts'

export interface AnalyzeOptions {
  /** Patterns of resources that count as crown jewels besides the tagged ones. */
  readonly jewels: readonly string[]
  /** The operator's map of people and their accounts. */
  readonly people?: readonly MappedPerson[]
  readonly progress?: (step: string) => void
}

/** Analyses a snapshot and keeps the estate beside it. */
export async function analyzeSnapshot(
  store: GraphStore,
  snapshot: Snapshot,
  options: AnalyzeOptions,
): Promise<Estate> {
  const estate = await analyze(snapshotReader(store, snapshot), options)
  options.progress?.('writing')
  await writeEstate(store, snapshot.id, estate)
  return estate
}
