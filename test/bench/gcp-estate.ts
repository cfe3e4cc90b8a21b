import { EstateFiles, listOf } from './estate-files.ts'

/** Sizes of a synthetic Google Cloud organization. */
export const GCP_SIZES = {
  'G/4': { projects: 1_250 },
  'G/2': { projects: 2_500 },
  G: { projects: 5_000 },
} as const

const ORGANIZATION = '123456789012'
const DOMAIN = 'contoso.example'
const PROJECT_ROLES = [
  ...[
    'roles/viewer',
    'roles/editor',
    'roles/logging.viewer',
    'roles/monitoring.viewer',
    'roles/run.developer',
  ],
  ...['roles/bigquery.dataEditor', 'roles/bigquery.jobUser', 'roles/storage.admin', 'roles/compute.viewer'],
  ...['roles/iam.serviceAccountUser', 'roles/iam.serviceAccountTokenCreator', 'roles/pubsub.subscriber'],
  ...['roles/secretmanager.secretAccessor', 'roles/cloudsql.client', 'roles/artifactregistry.writer'],
] as const
const BUCKET_ROLES = ['roles/storage.objectViewer', 'roles/storage.objectAdmin'] as const

/**
 * Writes an organization as `gcloud` shows it (docs/import.md): for each project eight service accounts, fifteen bindings,
 * four buckets with policies of their own; a group of thirty people and folders of twenty projects. Gives the number of
 * bytes.
 */
export function writeOrganization(size: keyof typeof GCP_SIZES, folder: string, seed = 42): number {
  const { projects } = GCP_SIZES[size]
  const files = new EstateFiles(folder, seed)
  const folders = Math.ceil(projects / 20)
  const people = projects * 10
  files.json('organizations.json', [
    { displayName: DOMAIN, lifecycleState: 'ACTIVE', name: `organizations/${ORGANIZATION}` },
  ])
  files.json(
    'folders.json',
    listOf(folders, (i) => ({
      displayName: `folder-${i}`,
      name: `folders/${700_000 + i}`,
      parent: `organizations/${ORGANIZATION}`,
      state: 'ACTIVE',
    })),
  )
  files.json('projects.json', listOf(projects, project))
  files.lines('resources.jsonl', listOf(projects, assets).flat())
  files.json('search-all-iam-policies.json', listOf(projects, (i) => policies(files, i, projects)).flat())
  files.lines(
    'group-memberships.jsonl',
    listOf(projects, (i) => memberships(files, i, people)),
  )
  return files.written
}

const idOf = (i: number) => `project-${i}`
const numberOf = (i: number) => String(500_000_000_000 + i)
const folderOf = (i: number) => String(700_000 + Math.floor(i / 20))
const group = (i: number) => `group-${i}@${DOMAIN}`
const person = (i: number) => `person-${i}@${DOMAIN}`
const account = (i: number, k: number) => `app-${k}@${idOf(i)}.iam.gserviceaccount.com`
const ancestors = (i: number) => [
  `projects/${numberOf(i)}`,
  `folders/${folderOf(i)}`,
  `organizations/${ORGANIZATION}`,
]

function project(i: number): object {
  return {
    createTime: '2023-02-14T09:30:11Z',
    labels: { env: i % 3 === 0 ? 'prod' : 'dev' },
    lifecycleState: 'ACTIVE',
    name: idOf(i),
    parent: { id: folderOf(i), type: 'folder' },
    projectId: idOf(i),
    projectNumber: numberOf(i),
  }
}

function assets(i: number): object[] {
  const asset = (type: string, name: string, data: object) => ({
    name,
    asset_type: type,
    resource: {
      version: 'v1',
      parent: `//cloudresourcemanager.googleapis.com/projects/${numberOf(i)}`,
      data,
    },
    ancestors: ancestors(i),
  })
  return [
    ...listOf(8, (k) => {
      const uniqueId = String(100_000_000_000_000_000_000n + BigInt(i * 8 + k))
      return asset(
        'iam.googleapis.com/ServiceAccount',
        `//iam.googleapis.com/projects/${idOf(i)}/serviceAccounts/${uniqueId}`,
        {
          email: account(i, k),
          name: `projects/${idOf(i)}/serviceAccounts/${account(i, k)}`,
          projectId: idOf(i),
          uniqueId,
        },
      )
    }),
    ...listOf(4, (k) =>
      asset('storage.googleapis.com/Bucket', `//storage.googleapis.com/${idOf(i)}-b${k}`, {
        iamConfiguration: { uniformBucketLevelAccess: { enabled: true } },
        id: `${idOf(i)}-b${k}`,
        name: `${idOf(i)}-b${k}`,
        projectNumber: numberOf(i),
      }),
    ),
  ]
}

function policies(files: EstateFiles, i: number, projects: number): object[] {
  const member = () => {
    const draw = files.below(10)
    if (draw < 4) return `group:${group(files.chance(0.7) ? i : files.below(projects))}`
    if (draw < 9)
      return `serviceAccount:${account(files.chance(0.9) ? i : files.below(projects), files.below(8))}`
    return `user:${person(files.below(projects * 10))}`
  }
  const row = (assetType: string, resource: string, bindings: readonly object[]) => ({
    assetType,
    folders: [`folders/${folderOf(i)}`],
    organization: `organizations/${ORGANIZATION}`,
    policy: { bindings, etag: 'BwYABC=', version: 1 },
    project: `projects/${numberOf(i)}`,
    resource,
  })
  const binding = (role: string) => ({ members: [...new Set(listOf(1 + files.below(4), member))], role })
  return [
    row(
      'cloudresourcemanager.googleapis.com/Project',
      `//cloudresourcemanager.googleapis.com/projects/${idOf(i)}`,
      PROJECT_ROLES.map(binding),
    ),
    ...listOf(4, (k) =>
      row('storage.googleapis.com/Bucket', `//storage.googleapis.com/${idOf(i)}-b${k}`, [
        binding(files.pick(BUCKET_ROLES)),
      ]),
    ),
  ]
}

function memberships(files: EstateFiles, i: number, people: number): object {
  const name = (member: string) => `groups/g${i}/memberships/${member.length}${files.below(1e9)}`
  const user = (member: string) => ({
    name: name(member),
    preferredMemberKey: { id: member },
    roles: [{ name: 'MEMBER' }],
    type: 'USER',
  })
  const members = [...new Set(listOf(30, () => person(files.below(people))))].map(user)
  const nested = i > 0 && files.chance(0.1) ? [{ ...user(group(files.below(i))), type: 'GROUP' }] : []
  return {
    call: 'cloudidentity:groups.memberships.list',
    parameters: { group: group(i) },
    response: { memberships: [...members, ...nested] },
  }
}
