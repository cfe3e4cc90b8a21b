import type { AccessLevel } from '../../graph/index.ts'

interface AccessAction {
  readonly level: AccessLevel
  readonly action: string
  readonly on: string
}

/**
 * Permissions that stand for reaching what a resource holds (each service's page of the IAM permissions reference).
 * `on` is appended to the resource's own name: nothing, they are asked on the resource itself.
 */
const ACTIONS: ReadonlyMap<string, readonly (readonly [AccessLevel, string])[]> = new Map([
  [
    'storage.googleapis.com/Bucket',
    [
      ['list', 'storage.objects.list'],
      ['read', 'storage.objects.get'],
      ['write', 'storage.objects.create'],
      ['administer', 'storage.buckets.setIamPolicy'],
    ],
  ],
  [
    'bigquery.googleapis.com/Dataset',
    [
      ['list', 'bigquery.tables.list'],
      ['read', 'bigquery.tables.getData'],
      ['write', 'bigquery.tables.updateData'],
      ['administer', 'bigquery.datasets.update'],
    ],
  ],
  [
    'bigquery.googleapis.com/Table',
    [
      ['read', 'bigquery.tables.getData'],
      ['write', 'bigquery.tables.updateData'],
      ['administer', 'bigquery.tables.setIamPolicy'],
    ],
  ],
  [
    'secretmanager.googleapis.com/Secret',
    [
      ['list', 'secretmanager.secrets.get'],
      ['read', 'secretmanager.versions.access'],
      ['write', 'secretmanager.versions.add'],
      ['administer', 'secretmanager.secrets.setIamPolicy'],
    ],
  ],
  [
    'cloudkms.googleapis.com/CryptoKey',
    [
      ['read', 'cloudkms.cryptoKeyVersions.useToDecrypt'],
      ['write', 'cloudkms.cryptoKeyVersions.useToEncrypt'],
      ['administer', 'cloudkms.cryptoKeys.setIamPolicy'],
    ],
  ],
  [
    'pubsub.googleapis.com/Topic',
    [
      ['write', 'pubsub.topics.publish'],
      ['administer', 'pubsub.topics.setIamPolicy'],
    ],
  ],
  [
    'spanner.googleapis.com/Database',
    [
      ['read', 'spanner.databases.select'],
      ['write', 'spanner.databases.write'],
      ['administer', 'spanner.databases.setIamPolicy'],
    ],
  ],
  [
    'sqladmin.googleapis.com/Instance',
    [
      ['read', 'cloudsql.instances.export'],
      ['write', 'cloudsql.instances.update'],
      ['administer', 'cloudsql.users.create'],
    ],
  ],
  [
    'compute.googleapis.com/Instance',
    [
      ['read', 'compute.instances.getSerialPortOutput'],
      ['write', 'compute.instances.setMetadata'],
      ['administer', 'compute.instances.setIamPolicy'],
    ],
  ],
])

export function accessActions(resourceType: string): readonly AccessAction[] {
  return (ACTIONS.get(resourceType) ?? []).map(([level, action]) => ({ level, action, on: '' }))
}
