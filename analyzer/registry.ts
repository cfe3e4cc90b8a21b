import type { Cloud, PerCloud } from '../graph/index.ts'
import { awsAnalyzer } from './aws/analyzer.ts'
import { Simulator as AwsSimulator } from './aws/simulate/simulator.ts'
import { azureAnalyzer } from './azure/analyzer.ts'
import type { CloudAnalyzer } from './cloud-analyzer.ts'
import { gcpAnalyzer } from './gcp/analyzer.ts'
import type { LineSimulator } from './line-simulator.ts'

/** Every cloud's analyzer. */
export const ANALYZERS: PerCloud<CloudAnalyzer> = { aws: awsAnalyzer, gcp: gcpAnalyzer, azure: azureAnalyzer }

/** A new simulator of each cloud that has one. */
export const SIMULATORS: { readonly [C in Cloud]?: () => LineSimulator } = { aws: () => new AwsSimulator() }
