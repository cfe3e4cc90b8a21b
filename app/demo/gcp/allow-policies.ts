import { json } from '../demo-file.ts'
import type { DemoFile } from '../demo-file.ts'
import { found } from '../found.ts'
import { etag } from '../identifiers.ts'
import { DATASET_READER, DATASET_RESOURCE, FEDERATION, federatedMember } from '../stories/dataset-path.ts'
import { messyBindings } from '../stories/hygiene-gcp.ts'
import type { Binding } from './binding.ts'
import { groupEmail } from './groups.ts'
import {
  FOLDERS,
  ORGANIZATION,
  PROJECTS,
  ancestorsOf,
  applicationsOf,
  folderId,
  projectNamed,
} from './projects.ts'
import type { FolderName, Project } from './projects.ts'
import { customRole } from './roles.ts'
import { SERVICE_ACCOUNTS, emailOf } from './service-accounts.ts'

/** A row of `gcloud asset search-all-iam-policies`. */
type PolicyRow = {
  readonly assetType: string
  readonly folders?: readonly string[]
  readonly organization: string
  readonly policy: { readonly bindings: readonly Binding[]; readonly etag: string; readonly version: number }
  readonly project?: string
  readonly resource: string
}

const group = (name: string) => `group:${groupEmail(name)}`
const serviceAccount = (email: string) => `serviceAccount:${email}`

function organizationBindings(): Binding[] {
  return [
    { members: [`domain:${ORGANIZATION.domain}`], role: 'roles/browser' },
    { members: [group('organization-admins')], role: 'roles/resourcemanager.organizationAdmin' },
    { members: [group('security')], role: 'roles/cloudasset.viewer' },
    { members: [group('security')], role: 'roles/iam.roleViewer' },
    { members: [group('billing')], role: 'roles/billing.viewer' },
    { members: [group('on-call')], role: customRole('incidentResponder') },
  ]
}

const FOLDER_BINDINGS: Readonly<Record<FolderName, readonly Binding[]>> = {
  prod: [{ members: [group('platform')], role: 'roles/monitoring.viewer' }],
  staging: [{ members: [group('platform')], role: 'roles/logging.viewer' }],
  dev: [{ members: [group('platform')], role: 'roles/logging.viewer' }],
  platform: [{ members: [group('platform-admins')], role: 'roles/resourcemanager.folderViewer' }],
  sandbox: [{ members: [group('platform')], role: 'roles/logging.viewer' }],
}

/** What a team's people do in their project: build in development, look in production. */
function peopleBindings(project: Project): Binding[] {
  const team = group(project.team)
  if (project.folder === 'dev') {
    return [
      'roles/run.developer',
      'roles/bigquery.dataEditor',
      'roles/bigquery.jobUser',
      'roles/compute.viewer',
    ].map((role) => ({
      members: [team],
      role,
    }))
  }
  return ['roles/logging.viewer', 'roles/monitoring.viewer', 'roles/errorreporting.user'].map((role) => ({
    members: [team],
    role,
  }))
}

function workloadBindings(project: Project): Binding[] {
  const applications = applicationsOf(project)
  if (applications.length === 0) return []
  const members = (suffix: string) =>
    applications.map(({ name }) => serviceAccount(emailOf(`${name}-${suffix}`, project)))
  return [
    { members: members('run'), role: 'roles/logging.logWriter' },
    { members: members('run'), role: 'roles/monitoring.metricWriter' },
    { members: members('loader'), role: 'roles/bigquery.jobUser' },
    { members: members('loader'), role: 'roles/pubsub.subscriber' },
    { members: members('ci'), role: customRole('deployer') },
    { members: members('ci'), role: 'roles/artifactregistry.writer' },
    {
      members: members('export'),
      role: 'roles/storage.objectViewer',
      condition: {
        expression: "resource.name.startsWith('projects/_/buckets/lumenly-exports-')",
        title: 'exports-only',
      },
    },
    { members: [serviceAccount(emailOf('terraform', project))], role: 'roles/storage.admin' },
  ]
}

function row(
  assetType: string,
  resource: string,
  bindings: readonly Binding[],
  project?: Project,
): PolicyRow {
  const conditional = bindings.some((binding) => binding.condition !== undefined)
  const folders = project === undefined ? {} : { folders: [found(ancestorsOf(project)[1], 'folder')] }
  return {
    assetType,
    ...folders,
    organization: `organizations/${ORGANIZATION.id}`,
    policy: { bindings, etag: etag(resource), version: conditional ? 3 : 1 },
    ...(project === undefined ? {} : { project: `projects/${project.number}` }),
    resource,
  }
}

function merged(bindings: readonly Binding[]): Binding[] {
  const byRole = new Map<string, Binding>()
  for (const binding of bindings) {
    const key = `${binding.role} ${binding.condition?.expression ?? ''}`
    const before = byRole.get(key)
    byRole.set(
      key,
      before === undefined ? binding : { ...before, members: [...before.members, ...binding.members] },
    )
  }
  return [...byRole.values()]
}

/** The way into the dataset: pool subject -> service account -> dataset. */
function datasetPathRows(): PolicyRow[] {
  const project = projectNamed(DATASET_READER.project)
  const account = found(
    SERVICE_ACCOUNTS.find((each) => each.email === DATASET_READER.email),
    'customer events reader',
  )
  return [
    row(
      'iam.googleapis.com/ServiceAccount',
      `//iam.googleapis.com/projects/${project.id}/serviceAccounts/${account.uniqueId}`,
      [
        {
          members: [federatedMember(projectNamed(FEDERATION.project).number)],
          role: 'roles/iam.workloadIdentityUser',
        },
      ],
      project,
    ),
    row(
      'bigquery.googleapis.com/Dataset',
      DATASET_RESOURCE,
      [
        {
          members: [group('customer-insights'), serviceAccount(DATASET_READER.email)],
          role: 'roles/bigquery.dataViewer',
        },
      ],
      project,
    ),
  ]
}

/** Everything granted, one row a resource. */
export function policyRows(): PolicyRow[] {
  const messy = messyBindings()
  const projects = PROJECTS.map((project) => {
    const extra =
      project.id === DATASET_READER.project
        ? [
            {
              members: [group('customer-insights'), serviceAccount(DATASET_READER.email)],
              role: 'roles/bigquery.jobUser',
            },
          ]
        : []
    return row(
      'cloudresourcemanager.googleapis.com/Project',
      `//cloudresourcemanager.googleapis.com/projects/${project.id}`,
      merged([
        ...peopleBindings(project),
        ...workloadBindings(project),
        ...extra,
        ...(messy.projects[project.id] ?? []),
      ]),
      project,
    )
  })
  return [
    row(
      'cloudresourcemanager.googleapis.com/Organization',
      `//cloudresourcemanager.googleapis.com/organizations/${ORGANIZATION.id}`,
      organizationBindings(),
    ),
    ...FOLDERS.map((folder) => ({
      ...row(
        'cloudresourcemanager.googleapis.com/Folder',
        `//cloudresourcemanager.googleapis.com/folders/${folderId(folder)}`,
        FOLDER_BINDINGS[folder],
      ),
      folders: [`folders/${folderId(folder)}`],
    })),
    ...projects,
    ...datasetPathRows(),
    ...messy.resources.map((each) =>
      row(each.assetType, each.resource, each.bindings, projectNamed(each.project)),
    ),
  ]
}

export function allowPoliciesFile(): DemoFile {
  return json('gcp/search-all-iam-policies.json', policyRows())
}
