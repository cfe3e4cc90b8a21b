/** What GCP exports can be: kind → title and the read-only command that produces it. */
export const GCP_KINDS = {
  'gcp.iam-policies': {
    title: 'allow policies found by Cloud Asset Inventory',
    command: 'gcloud asset search-all-iam-policies --scope=organizations/ID --format=json',
  },
  'gcp.assets': {
    title: 'Cloud Asset Inventory export (resources and allow policies)',
    command: 'gcloud asset export --organization=ID --content-type=resource|iam-policy --output-path=gs://…',
  },
  'gcp.roles': { title: 'role definitions', command: 'gcloud iam roles describe ROLE --format=json' },
  'gcp.projects': { title: 'projects', command: 'gcloud projects list --format=json' },
  'gcp.folders': {
    title: 'folders',
    command: 'gcloud resource-manager folders list --organization=ID --format=json',
  },
  'gcp.organizations': { title: 'organizations', command: 'gcloud organizations list --format=json' },
  'gcp.deny-policies': {
    title: 'deny policies',
    command: 'gcloud iam policies get POLICY --kind=denypolicies --attachment-point=… --format=json',
  },
  'gcp.boundary-policies': {
    title: 'principal access boundary policies',
    command:
      'gcloud iam principal-access-boundary-policies list --organization=ID --location=global --format=json',
  },
  'gcp.policy-bindings': {
    title: 'bindings of principal access boundary policies',
    command: 'gcloud iam policy-bindings list --organization=ID --location=global --format=json',
  },
  'gcp.entitlements': {
    title: 'entitlements of Privileged Access Manager',
    command: 'gcloud pam entitlements list --project=ID --location=global --format=json',
  },
  'gcp.group-memberships': {
    title: 'group memberships',
    command: 'gcloud identity groups memberships list --group-email=GROUP --format=json',
  },
  'gcp.coverage': { title: 'what was asked', command: 'gomeisa collect gcp' },
} as const
