import type { PerCloud } from '../graph/index.ts'
import { awsAnalyzer } from './aws/analyzer.ts'
import { azureAnalyzer } from './azure/analyzer.ts'
import type { CloudAnalyzer } from './cloud-analyzer.ts'
import { gcpAnalyzer } from './gcp/analyzer.ts'

/** Every cloud's analyzer. */
export const ANALYZERS: PerCloud<CloudAnalyzer> = { aws: awsAnalyzer, gcp: gcpAnalyzer, azure: azureAnalyzer }
