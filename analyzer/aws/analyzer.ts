import type { GraphNode, NodeId } from '../../graph/index.ts'
import { GomeisaError } from '../../graph/index.ts'
import type { CloudAnalyzer } from '../cloud-analyzer.ts'
import { derive } from './derive/derive.ts'
import { AwsEngine } from './evaluate/engine.ts'
import { load } from './load/load.ts'
import type { AwsState } from './state.ts'
import { STATE_VERSION } from './state.ts'

function engine(state: unknown, nodes: ReadonlyMap<NodeId, GraphNode>): AwsEngine {
  if (!isState(state))
    throw new GomeisaError('STORE_VERSION', 'the AWS part of the estate is of another version')
  return new AwsEngine(state, nodes)
}

function isState(state: unknown): state is AwsState {
  return typeof state === 'object' && state !== null && 'version' in state && state.version === STATE_VERSION
}

/** AWS: users, roles, policies in all their layers, organizations, resource policies, Identity Center. */
export const awsAnalyzer: CloudAnalyzer = {
  cloud: 'aws',
  load,
  engine,
  derive(asked, loaded, jewels) {
    if (asked instanceof AwsEngine) return derive(asked, loaded, jewels)
    throw new GomeisaError('INTERNAL', 'the AWS analyzer was given the engine of another cloud')
  },
}
