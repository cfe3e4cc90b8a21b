import type { CloudAnalyzer } from '../cloud-analyzer.ts'
import { derive } from './derive/derive.ts'
import { GcpEngine } from './engine.ts'
import { buildState } from './load/build.ts'
import { nodesAndEdges } from './load/nodes.ts'
import { read } from './load/read.ts'
import type { GcpState } from './state.ts'

/** GCP's part of the analyzer. */
export const gcpAnalyzer: CloudAnalyzer = {
  cloud: 'gcp',
  async load(reader) {
    const collected = await read(reader)
    const state = buildState(collected, reader.snapshot)
    return { ...nodesAndEdges(state, collected), state }
  },
  engine: (state) => new GcpEngine(state as GcpState),
  derive,
}
