import { daysAgo } from '../clock.ts'
import { json } from '../demo-file.ts'
import type { DemoFile } from '../demo-file.ts'
import { etag, uuid } from '../identifiers.ts'
import { groupEmail } from './groups.ts'
import { ORGANIZATION, folderId } from './projects.ts'

type DenyRule = {
  readonly description: string
  readonly denyRule: Readonly<Record<string, readonly string[]>>
}

function denyPolicy(
  id: string,
  attachment: string,
  displayName: string,
  rules: readonly DenyRule[],
): DemoFile {
  const point = encodeURIComponent(`cloudresourcemanager.googleapis.com/${attachment}`)
  return json(`gcp/deny-policies/${id}.json`, {
    createTime: daysAgo(500),
    displayName,
    etag: etag(`deny/${id}`),
    kind: 'DenyPolicy',
    name: `policies/${point}/denypolicies/${id}`,
    rules,
    uid: uuid(`deny/${id}`),
    updateTime: daysAgo(120),
  })
}

/** `gcloud iam policies get ID --attachment-point=… --kind=denypolicies --format=json`, one file each. */
export function denyPolicyFiles(): DemoFile[] {
  return [
    denyPolicy('no-new-keys', `organizations/${ORGANIZATION.id}`, 'Nobody downloads service account keys', [
      {
        description: 'Workloads use federation',
        denyRule: {
          deniedPermissions: ['iam.googleapis.com/serviceAccountKeys.create'],
          deniedPrincipals: ['principalSet://goog/public:all'],
          exceptionPrincipals: [`principalSet://goog/group/${groupEmail('organization-admins')}`],
        },
      },
    ]),
    denyPolicy('keep-production', `folders/${folderId('prod')}`, 'Production projects are not deleted', [
      {
        description: 'Deletion goes through the organization administrators',
        denyRule: {
          deniedPermissions: [
            'cloudresourcemanager.googleapis.com/projects.delete',
            'bigquery.googleapis.com/datasets.delete',
          ],
          deniedPrincipals: ['principalSet://goog/public:all'],
          exceptionPrincipals: [`principalSet://goog/group/${groupEmail('organization-admins')}`],
        },
      },
    ]),
  ]
}
