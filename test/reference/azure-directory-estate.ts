import type { Json } from '../../graph/index.ts'
import type { Exported } from '../analyzer/memory-reader.ts'
import type { TechniqueCase } from './azure-technique-estate.ts'

/** What is different from the directory in which the technique works. */
export interface DirectoryVariation {
  readonly drop?: number
  readonly condition?: number
  /** What the target lacks, or is besides. */
  readonly target?: 'powerless' | 'foreign' | 'other-kind' | 'synced' | 'role' | 'role-group' | 'no-admin'
  /** The permission of the same id is one of another API. */
  readonly otherApi?: boolean
}

export interface DirectoryCase extends DirectoryVariation {
  readonly technique: TechniqueCase
  /** Ids of Graph permissions by their names. */
  readonly graph: Readonly<Record<string, string>>
}

export const TENANT = 'aaaaaaaa-0000-4000-8000-000000000000'
export const ATTACKER = '11111111-0000-4000-8000-000000000000'
const PRIZE = '22222222-0000-4000-8000-000000000000'
const APP = '33333333-0000-4000-8000-000000000000'
const GRAPH = '44444444-0000-4000-8000-000000000000'
const GROUP = '55555555-0000-4000-8000-000000000000'
const GLOBAL_READER = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451'
export const CONDITION = '@Resource.x in @Subject.y'

export const prizeOf = ({ technique }: DirectoryCase) =>
  technique.whom === 'directory' ? `/tenants/${TENANT}` : PRIZE

const isGraph = ({ technique }: DirectoryCase) => technique.ways[0]?.[0]?.[1] === 'graph'

/** A group of the kind that the technique is about, or of another one. */
function group(of: DirectoryCase): Json {
  const kind = of.technique.types[0]
  const other = of.target === 'other-kind'
  return {
    id: PRIZE,
    displayName: 'prize',
    isAssignableToRole: kind === 'role' ? !other : kind === 'assigned' && other ? true : null,
    groupTypes: [
      ...((kind === 'dynamic') !== (other && kind !== 'role' && kind !== 'assigned' && kind !== 'unified')
        ? ['DynamicMembership']
        : []),
      ...(kind === 'unified' && !other ? ['Unified'] : []),
    ],
    onPremisesSyncEnabled: of.target === 'synced' ? true : null,
    securityEnabled: true,
  }
}

/** The exports of a tenant with an attacker and a prize. */
export function directoryExports(of: DirectoryCase): readonly Exported[] {
  const { technique } = of
  const roles: Json[] = []
  const assigned: Json[] = []
  const assign = (id: string, principalId: string, condition: string | null = null) =>
    assigned.push({
      id: `${id}-${principalId}`,
      roleDefinitionId: id,
      principalId,
      directoryScopeId: '/',
      condition,
    })
  const permissions: Json[] = []
  for (const [i, [permission]] of (technique.ways[0] ?? []).entries()) {
    if (isGraph(of)) {
      const appRoleId = of.graph[permission] ?? ''
      const row = { principalId: ATTACKER, principalType: 'ServicePrincipal', appRoleId, resourceId: GRAPH }
      if (i !== of.drop) permissions.push(row)
      continue
    }
    const id = `9999999${i}-0000-4000-8000-000000000000`
    roles.push({ id, displayName: id, rolePermissions: [{ allowedResourceActions: [permission] }] })
    if (i !== of.drop) assign(id, ATTACKER, i === of.condition ? CONDITION : null)
  }
  roles.push({ id: GLOBAL_READER, displayName: 'Global Reader', rolePermissions: [] })
  if (of.target === 'role') assign(GLOBAL_READER, PRIZE)
  const kind = technique.whom
  const power = {
    id: 'a',
    scope: '/subscriptions/s',
    roleDefinitionId: 'none',
    principalId: PRIZE,
    principalType: kind === 'application' ? 'ServicePrincipal' : kind === 'user' ? 'User' : 'Group',
  }
  const owner = of.target === 'foreign' ? 'bbbbbbbb-0000-4000-8000-000000000000' : TENANT
  const graphApp = of.otherApi === true ? 'other' : '00000003-0000-0000-c000-000000000000'
  return [
    { kind: 'azure.subscriptions', rows: [{ id: 's', name: 's', tenantId: TENANT }] },
    { kind: 'azure.directory-role-definitions', rows: roles },
    { kind: 'azure.directory-role-assignments', rows: assigned },
    { kind: 'azure.app-role-assignments', rows: permissions },
    {
      kind: 'azure.role-assignments',
      rows: of.target === 'powerless' || kind === 'directory' ? [] : [power],
    },
    {
      kind: 'azure.users',
      rows: [
        ...(isGraph(of) ? [] : [{ id: ATTACKER, displayName: 'attacker' }]),
        ...(kind === 'user' ? [{ id: PRIZE, displayName: 'prize' }] : []),
      ],
    },
    {
      kind: 'azure.groups',
      rows: [
        ...(kind === 'group' ? [group(of)] : []),
        { id: GROUP, displayName: 'tier0', isAssignableToRole: true, groupTypes: [] },
      ],
    },
    {
      kind: 'azure.group-members',
      parameters: { group: GROUP },
      rows: of.target === 'role-group' ? [{ id: PRIZE, '@odata.type': '#microsoft.graph.user' }] : [],
    },
    ...(kind === 'group'
      ? [{ kind: 'azure.group-members' as const, parameters: { group: PRIZE }, rows: [] }]
      : []),
    { kind: 'azure.applications', rows: kind === 'application' ? [{ id: APP, appId: 'app' }] : [] },
    {
      kind: 'azure.service-principals',
      rows: [
        { id: GRAPH, appId: graphApp, displayName: 'API' },
        ...(isGraph(of) ? [{ id: ATTACKER, appId: 'attacker', appOwnerOrganizationId: TENANT }] : []),
        ...(kind === 'application' ? [{ id: PRIZE, appId: 'app', appOwnerOrganizationId: owner }] : []),
      ],
    },
  ]
}
