import type { Cloud, PerCloud } from '../graph/index.ts'
import { awsAnalyzer } from './aws/analyzer.ts'
import { azureAnalyzer } from './azure/analyzer.ts'
import { simulateAzure } from './azure/simulate/simulate.ts'
import type { CloudAnalyzer } from './cloud-analyzer.ts'
import { gcpAnalyzer } from './gcp/analyzer.ts'
import type { Simulate } from './simulation.ts'

/** Every cloud's analyzer. */
export const ANALYZERS: PerCloud<CloudAnalyzer> = { aws: awsAnalyzer, gcp: gcpAnalyzer, azure: azureAnalyzer }

/** The clouds whose decision can be asked without an estate, by the name that the command line takes. */
export const SIMULATORS: ReadonlyMap<Cloud, Simulate> = new Map([['azure', simulateAzure]])
