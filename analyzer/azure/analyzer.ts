import type { CloudAnalyzer } from '../cloud-analyzer.ts'
import { derive } from './derive/derive.ts'
import { AzureEngine } from './engine.ts'
import { buildState } from './load/build.ts'
import { nodesAndEdges } from './load/nodes.ts'
import { read } from './load/read.ts'
import type { AzureState } from './state.ts'

/** Azure's and Entra's part of the analyzer. */
export const azureAnalyzer: CloudAnalyzer = {
  cloud: 'azure',
  async load(reader) {
    const collected = await read(reader)
    const state = buildState(collected, reader.snapshot)
    return { ...nodesAndEdges(state, collected), state }
  },
  engine: (state) => new AzureEngine(state as AzureState),
  derive,
}
