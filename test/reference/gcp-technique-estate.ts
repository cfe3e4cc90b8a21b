import type { Json } from '../../graph/index.ts'
import type { Exported } from '../analyzer/memory-reader.ts'

/** A technique as `test/golden/gcp-techniques/cases.json` tells it. */
export interface TechniqueCase {
  readonly id: string
  readonly whom: string
  readonly types: readonly string[]
  readonly gets: string
  readonly certainty: string
  /** Permission, and on what, of each way. */
  readonly ways: readonly (readonly (readonly [permission: string, on: string])[])[]
  readonly exists?: string
}

/** What is different from the estate in which the technique works. */
export interface Variation {
  readonly drop?: number
  readonly deny?: string
  readonly condition?: number
  readonly without?: string
}

/** A project of its own for one way of one technique. */
export interface TechniqueProject extends Variation {
  readonly technique: TechniqueCase
  readonly way: number
  readonly n: number
}

const CRM = '//cloudresourcemanager.googleapis.com/'
export const CONDITION = 'resource.name.startsWith("projects/_/buckets/logs")'

const id = ({ n }: TechniqueProject) => `p${n}`
const number = ({ n }: TechniqueProject) => String(500_000 + n)
const email = (of: TechniqueProject, name: string) => `${name}@${id(of)}.iam.gserviceaccount.com`
const account = (of: TechniqueProject, name: string) =>
  `//iam.googleapis.com/projects/${id(of)}/serviceAccounts/${email(of, name)}`

export const attackerOf = (of: TechniqueProject) => `user:u${of.n}@example.com`

/** What the attacker gets. */
export function prizeOf(of: TechniqueProject): string {
  switch (of.technique.whom) {
    case 'container':
      return of.technique.types[0] === 'projects'
        ? CRM + `projects/${id(of)}`
        : `${CRM}${of.technique.types[0] ?? ''}/${number(of)}`
    case 'custom-role':
      return `${CRM}projects/${id(of)}`
    case 'agent': {
      const service = of.technique.types[0] === 'apis' ? 'cloudservices' : 'cloudbuild'
      return `serviceAccount:${number(of)}@${service}.gserviceaccount.com`
    }
    case 'workload':
      return `serviceAccount:${id(of)}.svc.id.goog[app/web]`
    case 'pool':
      return `principal://iam.googleapis.com/projects/${number(of)}/locations/global/workloadIdentityPools/ci/subject/x`
    case 'jewel':
      return jewelOf(of)
    default:
      return `serviceAccount:${email(of, 'prize')}`
  }
}

export const jewelOf = (of: TechniqueProject) => `//${host(of)}/projects/${id(of)}/jewels/j${of.n}`
const host = ({ technique }: TechniqueProject) =>
  (technique.types[0] ?? 'x.googleapis.com/X').split('/')[0] ?? ''
const hostName = (of: TechniqueProject) => `//${host(of)}/projects/${id(of)}/hosts/h`

function placeOf(of: TechniqueProject, on: string): string {
  if (on === 'resource') return hostName(of)
  if (on === 'project' || on === 'role') return `${CRM}projects/${id(of)}`
  if (of.technique.whom === 'container') return prizeOf(of)
  if (of.technique.whom === 'jewel') return jewelOf(of)
  return account(of, of.technique.whom === 'delegated' ? 'first' : 'prize')
}

/** The permissions that the attacker keeps. */
export function permissionsLeft(of: TechniqueProject): ReadonlySet<string> {
  const needs = (of.technique.ways[of.way] ?? []).filter((_, i) => i !== of.drop)
  return new Set(needs.map(([permission]) => permission).filter((permission) => permission !== of.deny))
}

/** `service.googleapis.com/resource.verb`, as deny policies spell a permission. */
function denySpelling(permission: string): string {
  const dot = permission.indexOf('.')
  const service = permission.slice(0, dot)
  return `${service === 'resourcemanager' ? 'cloudresourcemanager' : service}.googleapis.com/${permission.slice(dot + 1)}`
}

/** The exports of an organization with a project for each. */
export function techniqueExports(projects: readonly TechniqueProject[]): readonly Exported[] {
  const policies: Json[] = []
  const roles: Json[] = [{ name: 'roles/none', includedPermissions: ['x.things.get'] }]
  const assets: Json[] = []
  const denies: Json[] = []
  const folders: Json[] = []
  const organizations: Json[] = [{ name: 'organizations/1', displayName: 'example.com' }]
  for (const of of projects) {
    const { technique } = of
    const attacker = attackerOf(of)
    const bind = (resource: string, role: string, member: string, conditional = false) => {
      const condition = conditional ? { condition: { title: 't', expression: CONDITION } } : {}
      policies.push({ resource, policy: { bindings: [{ role, members: [member], ...condition }] } })
    }
    for (const [i, [permission, on]] of (technique.ways[of.way] ?? []).entries()) {
      if (i === of.drop) continue
      const name = `organizations/1/roles/${id(of)}n${i}`
      roles.push({ name, includedPermissions: [permission] })
      bind(placeOf(of, on), name, attacker, i === of.condition)
    }
    const project = `${CRM}projects/${id(of)}`
    if (['agent', 'workload', 'pool'].includes(technique.whom)) bind(project, 'roles/none', prizeOf(of))
    if (technique.whom === 'custom-role') {
      roles.push({ name: `projects/${id(of)}/roles/own`, includedPermissions: ['x.things.get'] })
      if (of.without !== 'role') bind(project, `projects/${id(of)}/roles/own`, attacker)
    }
    if (technique.whom === 'delegated') {
      roles.push({
        name: `projects/${id(of)}/roles/mint`,
        includedPermissions: ['iam.serviceAccounts.getAccessToken'],
      })
      if (of.without !== 'second')
        bind(account(of, 'prize'), `projects/${id(of)}/roles/mint`, `serviceAccount:${email(of, 'first')}`)
    }
    for (const name of technique.whom === 'delegated' ? ['first', 'prize'] : ['prize']) {
      assets.push(
        asset(account(of, name), 'iam.googleapis.com/ServiceAccount', of, { email: email(of, name) }),
      )
    }
    if (technique.whom === 'host' && of.without !== 'host')
      assets.push(asset(hostName(of), technique.types[0] ?? '', of, { serviceAccount: email(of, 'prize') }))
    if (technique.whom === 'jewel') assets.push(asset(jewelOf(of), technique.types[0] ?? '', of, {}))
    if (technique.exists !== undefined && of.without !== 'exists')
      assets.push(asset(`//exists.googleapis.com/projects/${id(of)}/e/e`, technique.exists, of, {}))
    if (technique.whom === 'container' && technique.types[0] === 'folders')
      folders.push({ name: `folders/${number(of)}`, parent: 'organizations/1' })
    if (technique.whom === 'container' && technique.types[0] === 'organizations')
      organizations.push({ name: `organizations/${number(of)}`, displayName: 'other.example' })
    if (of.deny !== undefined) denies.push(denial(of, of.deny))
  }
  return [
    { kind: 'gcp.iam-policies', rows: policies },
    { kind: 'gcp.roles', rows: roles },
    {
      kind: 'gcp.projects',
      rows: projects.map((of) => ({
        projectId: id(of),
        projectNumber: number(of),
        parent: { type: 'organization', id: '1' },
      })),
    },
    { kind: 'gcp.folders', rows: folders },
    { kind: 'gcp.organizations', rows: organizations },
    { kind: 'gcp.assets', rows: assets },
    { kind: 'gcp.deny-policies', rows: denies },
  ]
}

function denial(of: TechniqueProject, permission: string): Json {
  const at = of.technique.whom === 'container' ? prizeOf(of) : `${CRM}projects/${id(of)}`
  return {
    name: `policies/${encodeURIComponent(at.slice(2))}/denypolicies/d${of.n}`,
    rules: [
      {
        denyRule: {
          deniedPrincipals: [`principal://goog/subject/${attackerOf(of).slice(5)}`],
          deniedPermissions: [denySpelling(permission)],
        },
      },
    ],
  }
}

function asset(name: string, assetType: string, of: TechniqueProject, data: Json): Json {
  return {
    name,
    assetType,
    ancestors: [`projects/${number(of)}`, 'organizations/1'],
    resource: { parent: `${CRM}projects/${number(of)}`, data },
  }
}
