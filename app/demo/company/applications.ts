/** A thing that a team runs; each runs in production, staging and development. */
export type Application = {
  readonly name: string
  readonly team: string
  readonly cloud: 'aws' | 'gcp' | 'azure'
  readonly classification: 'public' | 'internal' | 'confidential' | 'restricted'
}

type Row = readonly [name: string, team: string, classification: Application['classification']]

const AWS: readonly Row[] = [
  ['checkout-api', 'payments', 'confidential'],
  ['card-vault', 'payments', 'restricted'],
  ['refunds', 'payments', 'confidential'],
  ['payout-scheduler', 'payments', 'confidential'],
  ['payroll-api', 'payroll', 'restricted'],
  ['payroll-export', 'payroll', 'restricted'],
  ['tax-tables', 'payroll', 'internal'],
  ['ledger-core', 'ledger', 'confidential'],
  ['journal', 'ledger', 'confidential'],
  ['reconciliation', 'ledger', 'confidential'],
  ['search-api', 'search', 'internal'],
  ['search-indexer', 'search', 'internal'],
  ['storefront', 'web', 'public'],
  ['session', 'web', 'confidential'],
  ['web-bff', 'web', 'internal'],
  ['push', 'mobile', 'internal'],
  ['mobile-bff', 'mobile', 'internal'],
  ['webhooks', 'integrations', 'internal'],
  ['partner-gateway', 'integrations', 'confidential'],
  ['event-ingest', 'data-platform', 'confidential'],
  ['warehouse-sync', 'data-platform', 'confidential'],
  ['lake-compaction', 'data-platform', 'confidential'],
]

const GCP: readonly Row[] = [
  ['warehouse', 'data-platform', 'confidential'],
  ['event-stream', 'data-platform', 'confidential'],
  ['quality-checks', 'data-platform', 'internal'],
  ['feature-store', 'ml', 'confidential'],
  ['scoring', 'ml', 'internal'],
  ['training', 'ml', 'internal'],
  ['ranking', 'search', 'internal'],
  ['query-logs', 'search', 'confidential'],
  ['dashboards', 'product', 'internal'],
  ['campaigns', 'marketing', 'internal'],
]

const AZURE: readonly Row[] = [
  ['erp', 'finance', 'confidential'],
  ['invoicing', 'finance', 'confidential'],
  ['helpdesk', 'support', 'internal'],
  ['transcripts', 'support', 'confidential'],
  ['intranet', 'people', 'internal'],
  ['device-management', 'it', 'internal'],
]

function rows(cloud: Application['cloud'], table: readonly Row[]): Application[] {
  return table.map(([name, team, classification]) => ({ name, team, cloud, classification }))
}

export const APPLICATIONS: readonly Application[] = [
  ...rows('aws', AWS),
  ...rows('gcp', GCP),
  ...rows('azure', AZURE),
]

export function applicationsIn(cloud: Application['cloud']): Application[] {
  return APPLICATIONS.filter((application) => application.cloud === cloud)
}
