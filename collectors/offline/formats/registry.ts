import { CLOUDS, type PerCloud } from '../../../graph/index.ts'
import type { Format } from '../format.ts'
import { AWS_FORMATS } from './aws/index.ts'
import { AZURE_FORMATS } from './azure/index.ts'
import { GCP_FORMATS } from './gcp/index.ts'

const BY_CLOUD: PerCloud<readonly Format[]> = { aws: AWS_FORMATS, gcp: GCP_FORMATS, azure: AZURE_FORMATS }

/** Every accepted format. A document is taken by the first that recognises it, so the more particular come first. */
export const FORMATS: readonly Format[] = CLOUDS.flatMap((cloud) => BY_CLOUD[cloud])
