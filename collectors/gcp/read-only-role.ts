import { allPermissions } from './calls/table.ts'

/**
 * The custom role that allows exactly the calls of the table, as `gcloud iam roles create --file` takes it.
 * https://docs.cloud.google.com/iam/docs/creating-custom-roles
 */
export function readOnlyRole(): string {
  return [
    'title: Gomeisa read-only',
    'description: Gomeisa reads who may do what. It can change nothing and reads no data.',
    'stage: GA',
    'includedPermissions:',
    ...allPermissions().map((permission) => `  - ${permission}`),
    '',
  ].join('\n')
}
