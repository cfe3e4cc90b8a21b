import type { Application } from '../company/applications.ts'
import { COMPANY } from '../company/company.ts'
import { uuid } from '../identifiers.ts'
import { HOME_REGION } from './accounts.ts'
import type { AwsAccount } from './accounts.ts'

/** The names of what an application has in an account; policies and inventory agree on them. */
export type ApplicationResources = {
  readonly bucket: string
  readonly table: string
  readonly queue: string
  readonly topic: string
  readonly secret: string
  readonly worker: string
  readonly service: string
  readonly key: string
}

/** Names that a story depends on, by application and account. */
const FIXED_BUCKETS: Readonly<Record<string, string>> = {
  'payroll-export/payroll-prod': 'lumenly-payroll-exports',
  'ledger-core/ledger-prod': 'lumenly-ledger-extracts',
  'lake-compaction/data-prod': 'lumenly-lake-curated',
  'event-ingest/data-prod': 'lumenly-lake-raw',
  'storefront/web-prod': 'lumenly-web-assets',
}

export function resourcesOf(application: Application, account: AwsAccount): ApplicationResources {
  const { name } = application
  const inRegion = (service: string) => `arn:aws:${service}:${HOME_REGION}:${account.id}`
  const environment = account.environment
  const bucket = FIXED_BUCKETS[`${name}/${account.name}`] ?? `${COMPANY.slug}-${name}-${environment}`
  return {
    bucket: `arn:aws:s3:::${bucket}`,
    table: `${inRegion('dynamodb')}:table/${name}`,
    queue: `${inRegion('sqs')}:${name}-events`,
    topic: `${inRegion('sns')}:${name}-alarms`,
    secret: `${inRegion('secretsmanager')}:secret:${name}/database-${uuid(`secret/${name}/${account.id}`).slice(0, 6)}`,
    worker: `${inRegion('lambda')}:function:${name}-worker`,
    service: `${inRegion('ecs')}:service/${account.name}/${name}`,
    key: `${inRegion('kms')}:key/${uuid(`key/${name}/${account.id}`)}`,
  }
}
