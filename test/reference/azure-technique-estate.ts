import type { Json } from '../../graph/index.ts'
import type { Exported } from '../analyzer/memory-reader.ts'

/** A technique as `test/golden/azure-techniques/cases.json` tells it. */
export interface TechniqueCase {
  readonly id: string
  readonly whom: string
  readonly types: readonly string[]
  readonly gets: string
  readonly certainty: string
  /** Permission, on what, and whether it is a data action, of each way. */
  readonly ways: readonly (readonly (readonly [permission: string, on: string, nature?: string])[])[]
}

/** What is different from the estate in which the technique works. */
export interface Variation {
  readonly drop?: number
  readonly deny?: number
  /** The deny assignment leaves the attacker out. */
  readonly excluded?: boolean
  readonly condition?: number
  readonly without?: string
}

/** A subscription of its own for one way of one technique. */
export interface TechniqueEstate extends Variation {
  readonly technique: TechniqueCase
  readonly way: number
  readonly n: number
}

export const CONDITION =
  "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'"

const guid = (kind: number, n: number) =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(n).padStart(12, '0')}`

export const attackerOf = ({ n }: TechniqueEstate) => guid(1, n)
const identityOf = ({ n }: TechniqueEstate) => guid(2, n)
const subscriptionOf = ({ n }: TechniqueEstate) => `/subscriptions/${guid(3, n)}`
const groupOf = (of: TechniqueEstate) => `${subscriptionOf(of)}/resourcegroups/g`
const resourceOf = (of: TechniqueEstate, type: string) => {
  const [provider = '', ...steps] = type.toLowerCase().split('/')
  return [groupOf(of), 'providers', provider, ...steps.flatMap((step) => [step, 'x'])].join('/')
}
const typeOf = ({ technique }: TechniqueEstate) => technique.types[0] ?? 'x.x/x'
const identityResource = (of: TechniqueEstate) =>
  resourceOf(of, 'Microsoft.ManagedIdentity/userAssignedIdentities')

export const jewelOf = (of: TechniqueEstate) => resourceOf(of, typeOf(of))

/** What the attacker gets. */
export function prizeOf(of: TechniqueEstate): string {
  switch (of.technique.whom) {
    case 'container':
      return subscriptionOf(of)
    case 'custom-role':
      return groupOf(of)
    case 'jewel':
      return jewelOf(of)
    default:
      return identityOf(of)
  }
}

function placeOf(of: TechniqueEstate, on: string): string {
  if (on === 'place') return groupOf(of)
  if (on === 'resource') return jewelOf(of)
  if (on === 'role') return subscriptionOf(of)
  return of.technique.whom === 'identity' ? identityResource(of) : prizeOf(of)
}

/** The permissions that the attacker keeps. */
export function permissionsLeft(of: TechniqueEstate): ReadonlySet<string> {
  const isLeft = (i: number) => i !== of.drop && (i !== of.deny || of.excluded === true)
  const needs = (of.technique.ways[of.way] ?? []).filter((_, i) => isLeft(i))
  return new Set(needs.map(([permission]) => permission))
}

/** The exports of a tenant with a subscription for each. */
export function techniqueExports(estates: readonly TechniqueEstate[]): readonly Exported[] {
  const assignments: Json[] = []
  const roles: Json[] = []
  const resources: Json[] = []
  const denies: Json[] = []
  for (const of of estates) {
    const { technique, n } = of
    const block = (i: number) => {
      const [permission = '', , nature] = technique.ways[of.way]?.[i] ?? []
      return nature === 'data' ? { dataActions: [permission] } : { actions: [permission] }
    }
    const define = (id: string, permissions: Json, more = {}) =>
      roles.push({ name: id, roleName: id, roleType: 'BuiltInRole', permissions: [permissions], ...more })
    const assign = (roleId: string, scope: string, conditional = false) =>
      assignments.push({
        id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${roleId}`,
        scope,
        roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${roleId}`,
        principalId: attackerOf(of),
        principalType: 'User',
        condition: conditional ? CONDITION : null,
        conditionVersion: conditional ? '2.0' : null,
      })
    for (const [i, [, on]] of (technique.ways[of.way] ?? []).entries()) {
      const id = guid(100 + i, n)
      define(id, block(i))
      if (i !== of.drop) assign(id, placeOf(of, on), i === of.condition)
    }
    if (technique.whom === 'custom-role') {
      const scopes = [subscriptionOf(of)]
      const more = { roleType: 'CustomRole', assignableScopes: scopes }
      define(guid(99, n), { actions: ['X.Y/z/read'] }, of.without === 'custom' ? {} : more)
      if (of.without !== 'role') assign(guid(99, n), groupOf(of))
    }
    if (technique.whom === 'identity')
      resources.push({
        id: identityResource(of),
        type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
        name: 'x',
        properties: { principalId: identityOf(of) },
      })
    const identity = { type: 'SystemAssigned', principalId: identityOf(of) }
    if (technique.whom === 'host' && of.without !== 'host')
      resources.push({ id: jewelOf(of), type: typeOf(of), name: 'x', identity })
    if (technique.whom === 'jewel') resources.push({ id: jewelOf(of), type: typeOf(of), name: 'x' })
    if (of.deny !== undefined) {
      denies.push({
        id: guid(5, n),
        denyAssignmentName: `d${n}`,
        scope: subscriptionOf(of),
        permissions: [block(of.deny)],
        principals: [{ id: guid(0, 0), type: 'SystemDefined' }],
        excludePrincipals: of.excluded === true ? [{ id: attackerOf(of), type: 'User' }] : [],
      })
    }
  }
  return [
    { kind: 'azure.role-assignments', rows: assignments },
    { kind: 'azure.role-definitions', rows: roles },
    { kind: 'azure.resources', rows: resources },
    { kind: 'azure.deny-assignments', rows: denies },
    {
      kind: 'azure.subscriptions',
      rows: estates.map((of) => ({ id: guid(3, of.n), name: `s${of.n}`, tenantId: guid(4, 0) })),
    },
    {
      kind: 'azure.management-groups',
      rows: [
        {
          name: guid(4, 0),
          tenantId: guid(4, 0),
          details: { parent: null },
          children: estates.map((of) => ({ name: guid(3, of.n), type: '/subscriptions' })),
        },
      ],
    },
  ]
}
