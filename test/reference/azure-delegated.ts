import type { Json } from '../../graph/index.ts'
import type { Exported } from '../analyzer/memory-reader.ts'

/** A small tenant with applications that have delegated permissions. Everything is named by a letter and a number. */
export interface DelegatedEstate {
  /** Who is directly in each group: users `u0`…, groups `g0`…; null: its members were not listed. */
  readonly groups: readonly (readonly string[] | null)[]
  /** Owner of a subscription `s0`, `s1`. `x`: nobody knows what it is. */
  readonly owners: readonly (readonly [who: string, subscription: string])[]
  readonly roles: readonly (readonly [who: string, role: keyof typeof ROLES])[]
  /** Users who own applications. */
  readonly owned: readonly (readonly [user: string, application: string])[]
  readonly grants: readonly DelegatedGrant[]
}

export interface DelegatedGrant {
  readonly client: string
  /** Null: every user. */
  readonly user: string | null
  readonly api: 'graph' | 'arm' | 'unseen' | 'other'
  readonly scopes: readonly string[]
}

export const USERS = ['u0', 'u1', 'u2']
export const CLIENTS = ['a0', 'a1', 'a2']
export const SUBSCRIPTIONS = ['s0', 's1']
export const TENANT = 'cccccccc-0000-4000-8000-000000000000'

const ROLES = {
  global: '62e90394-69f5-4237-9190-012177145e10',
  privileged: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  application: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
}
const CLIENT_IDS = {
  graph: '00000003-0000-0000-c000-000000000000',
  arm: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
  other: 'other-api',
}
const ALL = 'https://graph.microsoft.com/'

/** The scope with its API, as a token request spells it; of an API that is not known, each that it may be. */
function meant(api: DelegatedGrant['api'], scope: string): readonly string[] {
  const known = [`${ALL}${scope}`, ...(scope === 'user_impersonation' ? ['arm'] : [])]
  if (api === 'unseen') return known
  if (api === 'graph') return known.slice(0, 1)
  return api === 'arm' ? known.slice(1) : []
}

const TOLD = [
  'arm',
  `${ALL}RoleManagement.ReadWrite.Directory`,
  `${ALL}AppRoleAssignment.ReadWrite.All`,
  `${ALL}Application.ReadWrite.All`,
]

/** Groups that hold somebody, read again and again until no more are found. */
function groupsAbove(estate: DelegatedEstate, who: string): ReadonlySet<string> {
  const found = new Set([who])
  for (let before = 0; before !== found.size;) {
    before = found.size
    estate.groups.forEach((members, i) => {
      if (members?.some((member) => found.has(member)) === true) found.add(`g${i}`)
    })
  }
  return found
}

/** What somebody who is all of these may do that one delegated permission covers. */
function rights(estate: DelegatedEstate, are: ReadonlySet<string>, permission: string): readonly string[] {
  const has = (...roles: string[]): boolean =>
    estate.roles.some(([who, role]) => are.has(who) && roles.includes(role))
  switch (permission) {
    case 'arm':
      return has('global')
        ? SUBSCRIPTIONS
        : estate.owners.filter(([who]) => are.has(who)).map(([, subscription]) => subscription)
    case `${ALL}RoleManagement.ReadWrite.Directory`:
    case `${ALL}AppRoleAssignment.ReadWrite.All`:
      return has('global', 'privileged') ? ['tenant'] : []
    case `${ALL}Application.ReadWrite.All`: {
      const own = estate.owned.filter(([user]) => are.has(user)).map(([, application]) => application)
      return has('global', 'application') ? [...own, ...CLIENTS.filter((one) => canDo(estate, one))] : own
    }
    default:
      return []
  }
}

/** An application that can do nothing at all is worth no credential. */
function canDo(estate: DelegatedEstate, application: string): boolean {
  return (
    estate.owners.some(([who]) => who === application) ||
    estate.grants.some(
      ({ client, api, scopes }) =>
        client === application && scopes.some((scope) => meant(api, scope).some((one) => TOLD.includes(one))),
    )
  )
}

/**
 * What each application may do in somebody's name, as `application end`: conditional (that user signs in), or unknown.
 * https://learn.microsoft.com/entra/identity-platform/permissions-consent-overview
 */
export function delegatedReach(estate: DelegatedEstate): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const tell = (client: string, ends: readonly string[], isSure: boolean): void => {
    for (const end of ends) {
      const key = `${client} ${end}`
      if (isSure) found.set(key, 'conditional')
      else if (!found.has(key)) found.set(key, 'unknown')
    }
  }
  const strangers = ['x', ...estate.groups.flatMap((members, i) => (members === null ? [`g${i}`] : []))]
  for (const { client, user, api, scopes } of estate.grants) {
    for (const permission of scopes.flatMap((scope) => meant(api, scope))) {
      for (const who of user === null ? USERS : [user])
        tell(client, rights(estate, groupsAbove(estate, who), permission), api !== 'unseen')
      // Somebody of whom nothing is known may be a user, too.
      for (const who of user === null ? strangers : [])
        tell(client, rights(estate, groupsAbove(estate, who), permission), false)
    }
  }
  return found
}

const LETTERS = ['u', 'g', 'a', 'o', 'x', 'workload']

/** The object id of what is named so. */
export function guidOf(name: string): string {
  const [, letters = '', number = '0'] = /^([a-z]+)(\d*)$/.exec(name) ?? []
  return `0000000${LETTERS.indexOf(letters)}-0000-4000-8000-${number.padStart(12, '0')}`
}

/** The estate as exports. A group has a workload in it besides, which never signs in as a user does. */
export function delegatedExports(estate: DelegatedEstate): readonly Exported[] {
  const type = (who: string): Json =>
    who.startsWith('u') ? 'User' : who.startsWith('g') ? 'Group' : who === 'x' ? null : 'ServicePrincipal'
  const directoryRole = (id: string, ...allowed: string[]): Json => ({
    id,
    displayName: id,
    rolePermissions: [{ allowedResourceActions: allowed }],
  })
  const credentials = 'microsoft.directory/applications/credentials/update'
  const application = (id: string): Json => ({
    id: guidOf(id),
    appId: `app-${id}`,
    appOwnerOrganizationId: TENANT,
  })
  return [
    {
      kind: 'azure.subscriptions',
      rows: SUBSCRIPTIONS.map((id) => ({ id, name: id, tenantId: TENANT })),
    },
    {
      kind: 'azure.role-definitions',
      rows: [{ name: 'owner', roleName: 'Owner', permissions: [{ actions: ['*'], notActions: [] }] }],
    },
    {
      kind: 'azure.role-assignments',
      rows: estate.owners.map(([who, subscription], i) => ({
        id: `a${i}`,
        scope: `/subscriptions/${subscription}`,
        roleDefinitionId: 'owner',
        principalId: guidOf(who),
        principalType: type(who),
        condition: null,
      })),
    },
    {
      kind: 'azure.directory-role-definitions',
      rows: [
        directoryRole(ROLES.global, credentials),
        directoryRole(ROLES.privileged),
        directoryRole(ROLES.application, credentials),
      ],
    },
    {
      kind: 'azure.directory-role-assignments',
      rows: estate.roles.map(([who, role], i) => ({
        id: `d${i}`,
        roleDefinitionId: ROLES[role],
        principalId: guidOf(who),
        directoryScopeId: '/',
      })),
    },
    { kind: 'azure.users', rows: USERS.map((id) => ({ id: guidOf(id), displayName: id })) },
    { kind: 'azure.groups', rows: estate.groups.map((_, i) => ({ id: guidOf(`g${i}`), groupTypes: [] })) },
    ...estate.groups.flatMap((members, i): Exported[] => {
      if (members === null) return []
      const kinds = { u: 'user', g: 'group' } as const
      const rows = members.map((id) => ({
        '@odata.type': `#microsoft.graph.${kinds[id.startsWith('u') ? 'u' : 'g']}`,
        id: guidOf(id),
      }))
      const workload = { '@odata.type': '#microsoft.graph.servicePrincipal', id: guidOf('workload') }
      return [
        { kind: 'azure.group-members', parameters: { group: guidOf(`g${i}`) }, rows: [...rows, workload] },
      ]
    }),
    {
      kind: 'azure.applications',
      rows: CLIENTS.map((id) => ({ id: guidOf(id.replace('a', 'o')), appId: `app-${id}` })),
    },
    {
      kind: 'azure.service-principals',
      rows: [
        ...CLIENTS.map(application),
        ...Object.entries(CLIENT_IDS).map(([name, appId]) => ({ id: `api-${name}`, appId })),
      ],
    },
    ...estate.owned.map(([user, client]): Exported => ({
      kind: 'azure.owners',
      parameters: { id: guidOf(client.replace('a', 'o')) },
      rows: [{ '@odata.type': '#microsoft.graph.user', id: guidOf(user) }],
    })),
    {
      kind: 'azure.delegated-permissions',
      rows: estate.grants.map(({ client, user, api, scopes }, i) => ({
        id: `p${i}`,
        clientId: guidOf(client),
        consentType: user === null ? 'AllPrincipals' : 'Principal',
        principalId: user === null ? null : guidOf(user),
        resourceId: `api-${api}`,
        scope: scopes.join(' '),
      })),
    },
  ]
}
