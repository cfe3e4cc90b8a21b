/** An invented organization, in the forms in which Google's interfaces give it. */
export const ORGANIZATION = 'organizations/1'
export const SECRET = 'planted-secret-value'

const RM = '//cloudresourcemanager.googleapis.com/'
const folders = Array.from({ length: 4 }, (_, n) => `folders/${10 + n}`)
const projects = Array.from({ length: 23 }, (_, n) => `projects/p${n}`)
export const CONTAINERS = [ORGANIZATION, ...folders, ...projects]

interface Binding {
  readonly role: string
  readonly members: readonly string[]
  readonly condition?: { readonly expression: string; readonly title: string }
}

export interface Policy {
  readonly resource: string
  readonly assetType: string
  readonly project?: string
  readonly organization: string
  readonly policy: { readonly version: number; readonly bindings: readonly Binding[] }
}

const ADMIN: Binding = { role: 'roles/owner', members: ['group:admins@example.com'] }

/** 23 projects and their buckets, the organization: 47 allow policies. */
export const POLICIES: readonly Policy[] = [
  {
    resource: `${RM}${ORGANIZATION}`,
    assetType: 'cloudresourcemanager.googleapis.com/Organization',
    organization: ORGANIZATION,
    policy: { version: 1, bindings: [ADMIN] },
  },
  ...projects.flatMap((project, n): Policy[] => [
    {
      resource: `${RM}${project}`,
      assetType: 'cloudresourcemanager.googleapis.com/Project',
      project,
      organization: ORGANIZATION,
      policy: {
        version: 3,
        bindings: [
          {
            role: 'roles/viewer',
            members: [`user:u${n}@example.com`, `serviceAccount:run@p${n}.iam.gserviceaccount.com`],
            condition: {
              expression: `request.time < timestamp("2030-01-0${1 + (n % 9)}T00:00:00Z")`,
              title: 'soon over',
            },
          },
        ],
      },
    },
    {
      resource: `//storage.googleapis.com/data-${n}`,
      assetType: 'storage.googleapis.com/Bucket',
      project,
      organization: ORGANIZATION,
      policy: {
        version: 1,
        bindings: [{ role: 'roles/storage.objectViewer', members: ['group:Readers@example.com'] }],
      },
    },
  ]),
]

export interface Asset {
  readonly name: string
  readonly assetType: string
  readonly ancestors: readonly string[]
  readonly resource: { readonly version: string; readonly parent: string; readonly data: object }
}

const container = (name: string, type: string, parent: string, data: object): Asset => ({
  name: `${RM}${name}`,
  assetType: `cloudresourcemanager.googleapis.com/${type}`,
  ancestors: parent === '' ? [name] : [name, ...(parent === ORGANIZATION ? [] : [parent]), ORGANIZATION],
  resource: { version: 'v3', parent: parent === '' ? '' : `${RM}${parent}`, data },
})

export const ASSETS: readonly Asset[] = [
  container(ORGANIZATION, 'Organization', '', { name: ORGANIZATION, displayName: 'example.com' }),
  ...folders.map((name) => container(name, 'Folder', ORGANIZATION, { name, displayName: `folder ${name}` })),
  ...projects.map((name, n) =>
    container(name, 'Project', folders[n % 4] ?? '', {
      projectId: name.slice(9),
      projectNumber: String(100 + n),
      labels: { n: String(n) },
    }),
  ),
  ...projects.map((project, n): Asset => {
    const email = `run@p${n}.iam.gserviceaccount.com`
    return {
      name: `//iam.googleapis.com/${project}/serviceAccounts/${email}`,
      assetType: 'iam.googleapis.com/ServiceAccount',
      ancestors: [project, ORGANIZATION],
      resource: {
        version: 'v1',
        parent: `${RM}${project}`,
        data: { email, uniqueId: String(900 + n), disabled: n % 2 === 1 },
      },
    }
  }),
  ...projects.map((project, n): Asset => ({
    name: `//run.googleapis.com/${project}/locations/europe-west1/services/web`,
    assetType: 'run.googleapis.com/Service',
    ancestors: [project, ORGANIZATION],
    resource: {
      version: 'v1',
      parent: `${RM}${project}`,
      data: {
        labels: { tier: 'web' },
        spec: {
          template: {
            spec: {
              serviceAccountName: `run@p${n}.iam.gserviceaccount.com`,
              containers: [{ image: 'i', env: [{ name: 'TOKEN', value: SECRET }], command: [SECRET] }],
            },
          },
        },
      },
    },
  })),
]

export const ROLES = Array.from({ length: 7 }, (_, n) => ({
  name: `roles/${['owner', 'viewer', 'storage.objectViewer', 'editor', 'browser', 'x.a', 'x.b'][n] ?? ''}`,
  includedPermissions: ['storage.objects.get', `x.things.get${n}`],
}))

/** Of the organization and of each third project. */
export const DENIALS: readonly { readonly name: string; readonly rules: readonly object[] }[] =
  CONTAINERS.filter((_, n) => n % 3 === 0).map((at) => ({
    name: `policies/${encodeURIComponent(`cloudresourcemanager.googleapis.com/${at}`)}/denypolicies/d1`,
    rules: [
      {
        denyRule: {
          deniedPrincipals: ['principalSet://goog/group/denied@example.com'],
          deniedPermissions: ['storage.googleapis.com/objects.get'],
        },
      },
    ],
  }))

export const BOUNDARIES = [1, 2, 3].map((n) => ({
  name: `${ORGANIZATION}/locations/global/principalAccessBoundaryPolicies/b${n}`,
  details: { rules: [{ resources: [`${RM}projects/p${n}`], effect: 'ALLOW' }], enforcementVersion: '3' },
}))
export const BINDINGS = BOUNDARIES.map((policy, n) => ({
  name: `projects/p${n}/locations/global/policyBindings/pb${n}`,
  policy: policy.name,
  policyKind: 'PRINCIPAL_ACCESS_BOUNDARY',
  target: { principalSet: `${RM}projects/p${n}` },
}))

export const ENTITLEMENTS = projects.slice(0, 9).map((project) => ({
  name: `${project}/locations/global/entitlements/break-glass`,
  state: 'AVAILABLE',
  eligibleUsers: [{ principals: ['group:oncall@example.com'] }],
  privilegedAccess: {
    gcpIamAccess: { resource: `${RM}${project}`, roleBindings: [{ role: 'roles/editor' }] },
  },
}))

const user = (name: string) => ({ type: 'USER', id: `${name}@example.com` })
const group = (name: string) => ({ type: 'GROUP', id: `${name}@example.com` })
/** Admins hold the nested, which hold the admins; nobody is denied. */
export const GROUPS: ReadonlyMap<string, readonly { readonly type: string; readonly id: string }[]> = new Map(
  [
    ['admins@example.com', [user('ada'), group('nested')]],
    ['nested@example.com', [user('ben'), group('admins')]],
    ['readers@example.com', Array.from({ length: 9 }, (_, n) => user(`reader${n}`))],
    ['oncall@example.com', [user('eve')]],
    ['denied@example.com', []],
  ],
)
