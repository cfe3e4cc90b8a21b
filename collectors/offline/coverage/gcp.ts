import { type Coverage, type CoverageRow, missingRows } from './coverage.ts'

const POLICIES = ['gcp.iam-policies', 'gcp.assets'] as const

const ROWS: readonly CoverageRow[] = [
  {
    what: 'allow-policies',
    when: [
      'gcp.roles',
      'gcp.projects',
      'gcp.folders',
      'gcp.organizations',
      'gcp.deny-policies',
      'gcp.group-memberships',
    ],
    by: POLICIES,
    consequence: 'nobody’s access is known: there are no allow policies',
    remedy: 'gcloud asset search-all-iam-policies --scope=organizations/ID --format=json',
  },
  {
    what: 'role-definitions',
    when: POLICIES,
    by: ['gcp.roles'],
    consequence: 'what the granted roles allow is not known',
    remedy:
      'gcloud iam roles list --format=json and gcloud iam roles describe ROLE --format=json (docs/import.md)',
  },
  {
    what: 'group-memberships',
    when: POLICIES,
    by: ['gcp.group-memberships', 'mentions no-groups'],
    consequence: 'who is in a group is not known: access granted to groups cannot be told of people',
    remedy: 'gcloud identity groups memberships list --group-email=GROUP --format=json',
  },
  {
    what: 'hierarchy',
    when: POLICIES,
    by: ['gcp.projects', 'gcp.folders', 'mentions hierarchy'],
    consequence: 'which folders and projects are below which is not known: inherited access cannot be told',
    remedy:
      'gcloud projects list --format=json and gcloud resource-manager folders list --organization=ID --format=json',
  },
  {
    what: 'deny-policies',
    when: POLICIES,
    by: ['gcp.deny-policies'],
    consequence: 'deny policies are not known: what seems allowed may be denied by one',
    remedy:
      'gcloud iam policies list --kind=denypolicies --attachment-point=… --format=json (docs/import.md)',
  },
]

export const gcpCoverage: Coverage = (seen) => missingRows('gcp', ROWS, seen)

/** Which row a refused command belongs to, by words of the command; the first that fits. */
export const GCP_COMMANDS: readonly (readonly [what: string, words: readonly string[]])[] = [
  ['boundary-policies', ['principal-access-boundary', 'policy-bindings']],
  ['deny-policies', ['iam policies', 'denypolicies']],
  ['role-definitions', ['iam roles']],
  ['group-memberships', ['identity groups']],
  ['allow-policies', ['get-iam-policy', 'search-all-iam-policies', 'asset']],
  ['hierarchy', ['projects list', 'folders list', 'organizations list', 'projects describe']],
]
