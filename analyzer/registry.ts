import type { PerCloud } from '../graph/index.ts'
import { awsAnalyzer } from './aws/analyzer.ts'
import { Simulator as AwsSimulator } from './aws/simulate/simulator.ts'
import { azureAnalyzer } from './azure/analyzer.ts'
import { simulateAzure } from './azure/simulate/simulate.ts'
import type { CloudAnalyzer } from './cloud-analyzer.ts'
import { gcpAnalyzer } from './gcp/analyzer.ts'
import { simulateGcp } from './gcp/simulate/simulate.ts'
import type { LineSimulator } from './line-simulator.ts'
import { ObjectSimulator } from './object-simulator.ts'

/** Every cloud's analyzer. */
export const ANALYZERS: PerCloud<CloudAnalyzer> = { aws: awsAnalyzer, gcp: gcpAnalyzer, azure: azureAnalyzer }

/** A new simulator of each cloud. */
export const SIMULATORS: PerCloud<() => LineSimulator> = {
  aws: () => new AwsSimulator(),
  gcp: () => new ObjectSimulator(simulateGcp),
  azure: () => new ObjectSimulator(simulateAzure),
}
