import { json } from '../demo-file.ts'
import type { DemoFile } from '../demo-file.ts'
import { etag } from '../identifiers.ts'
import { ORGANIZATION } from './projects.ts'
import published from './predefined-roles.json' with { type: 'json' }

/** Service -> resource -> verbs separated by a space. */
type Tree = Readonly<Record<string, Readonly<Record<string, string>>>>
type Published = { readonly title: string; readonly stage: string; readonly permissions: Tree }

const PREDEFINED = new Map<string, Published>(
  Object.entries(published.roles as Readonly<Record<string, Published>>),
)

function permissionsOf(tree: Tree): string[] {
  return Object.entries(tree)
    .flatMap(([service, resources]) =>
      Object.entries(resources).flatMap(([resource, verbs]) =>
        verbs
          .split(' ')
          .map((verb) => (resource === '' ? `${service}.${verb}` : `${service}.${resource}.${verb}`)),
      ),
    )
    .sort()
}

type RoleDescription = {
  readonly etag: string
  readonly includedPermissions: readonly string[]
  readonly name: string
  readonly stage: string
  readonly title: string
  readonly description?: string
}

/** The three basic roles: each includes the one before it. */
function basicRoles(): RoleDescription[] {
  const { basic } = published as unknown as { basic: Readonly<Record<string, Tree>> }
  let sofar: string[] = []
  return ['Viewer', 'Editor', 'Owner'].map((title) => {
    const name = `roles/${title.toLowerCase()}`
    sofar = [...sofar, ...permissionsOf(basic[name] ?? {})].sort()
    return { etag: 'AA==', includedPermissions: sofar, name, stage: 'GA', title }
  })
}

/** The organization's own roles. */
const CUSTOM: readonly (readonly [
  id: string,
  title: string,
  description: string,
  permissions: readonly string[],
])[] = [
  [
    'deployer',
    'Deployer',
    'Deploys services; may act as the service accounts it is given',
    ['run.services.create', 'run.services.get', 'run.services.list', 'run.services.update'],
  ],
  [
    'costViewer',
    'Cost viewer',
    'Reads budgets and usage',
    [
      'billing.budgets.get',
      'billing.budgets.list',
      'resourcemanager.projects.get',
      'resourcemanager.projects.list',
    ],
  ],
  [
    'incidentResponder',
    'Incident responder',
    'Looks at everything and stops machines',
    [
      'compute.instances.get',
      'compute.instances.list',
      'compute.instances.stop',
      'logging.logEntries.list',
      'monitoring.timeSeries.list',
      'resourcemanager.projects.get',
    ],
  ],
]

export function customRole(id: string): string {
  return `organizations/${ORGANIZATION.id}/roles/${id}`
}

/** Predefined roles that some policy of the estate names; the list of permissions is Google's. */
export function predefinedRoleNames(): string[] {
  return [...PREDEFINED.keys(), 'roles/viewer', 'roles/editor', 'roles/owner']
}

/** `gcloud iam roles describe`, one file a role; permissions from iann0036/iam-dataset (MIT). */
export function roleFiles(): DemoFile[] {
  const predefined: RoleDescription[] = [...PREDEFINED].map(([name, role]) => ({
    etag: 'AA==',
    includedPermissions: permissionsOf(role.permissions),
    name,
    stage: role.stage,
    title: role.title,
  }))
  const custom = CUSTOM.map(([id, title, description, includedPermissions]) => ({
    description,
    etag: etag(`role/${id}`),
    includedPermissions,
    name: customRole(id),
    stage: 'GA',
    title,
  }))
  return [
    ...[...predefined, ...basicRoles()].map((role) => json(`gcp/roles/${role.name.slice(6)}.json`, role)),
    ...custom.map((role) =>
      json(`gcp/roles/custom-${role.title.toLowerCase().replaceAll(' ', '-')}.json`, role),
    ),
  ]
}
