import type { ConfiguredConnector } from './connector-list.ts'
import type { ConnectorSection } from './connector-section.ts'
import { awsConfigured } from './aws/configured.ts'
import { azureConfigured } from './azure/configured.ts'
import { gcpConfigured } from './gcp/configured.ts'

/** The clouds that the broker can give access in, by their section of the file. */
export const CONNECTED: readonly {
  readonly section: string
  readonly configured: (section: ConnectorSection) => Promise<readonly ConfiguredConnector[]>
}[] = [
  { section: 'aws', configured: awsConfigured },
  { section: 'gcp', configured: gcpConfigured },
  { section: 'azure', configured: azureConfigured },
]
