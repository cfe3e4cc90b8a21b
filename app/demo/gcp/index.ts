import type { DemoFile, Week } from '../demo-file.ts'
import { allowPoliciesFile } from './allow-policies.ts'
import { assetsFile } from './assets.ts'
import { denyPolicyFiles } from './deny-policies.ts'
import { groupMembershipsFile } from './groups.ts'
import { hierarchyFiles } from './hierarchy.ts'
import { roleFiles } from './roles.ts'

/**
 * The Google Cloud half of the export, below `gcp/`.
 *
 * | file | command |
 * |---|---|
 * | organizations.json, folders.json, projects.json | gcloud organizations list, resource-manager folders list, projects list |
 * | search-all-iam-policies.json | gcloud asset search-all-iam-policies --scope=organizations/ID |
 * | asset-export-resource.jsonl | gcloud asset export --content-type=resource |
 * | deny-policies/*.json | gcloud iam policies get --kind=denypolicies |
 * | roles/*.json | gcloud iam roles describe |
 * | group-memberships.jsonl | Cloud Identity groups.memberships.list, each with its group |
 */
export function gcpFiles(week: Week): DemoFile[] {
  return [
    ...hierarchyFiles(),
    allowPoliciesFile(),
    assetsFile(),
    ...denyPolicyFiles(),
    ...roleFiles(),
    groupMembershipsFile(week),
  ]
}
