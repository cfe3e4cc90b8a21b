import type { PerCloud } from '../graph/index.ts'
import { awsAnalyzer } from './aws/analyzer.ts'
import { azureAnalyzer } from './azure/analyzer.ts'
import { simulateAzure } from './azure/simulate/simulate.ts'
import type { CloudAnalyzer } from './cloud-analyzer.ts'
import { gcpAnalyzer } from './gcp/analyzer.ts'
import { simulateGcp } from './gcp/simulate/simulate.ts'
import type { Simulate } from './simulation.ts'

/** Every cloud's analyzer. */
export const ANALYZERS: PerCloud<CloudAnalyzer> = { aws: awsAnalyzer, gcp: gcpAnalyzer, azure: azureAnalyzer }

/** The clouds whose decisions can be simulated. */
export const SIMULATORS: Partial<PerCloud<Simulate>> = { gcp: simulateGcp, azure: simulateAzure }
