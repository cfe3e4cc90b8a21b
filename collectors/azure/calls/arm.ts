import { isObject, type Json, type JsonObject, ownList, ownObject, ownString } from '../../../graph/index.ts'
import { idBy } from '../../transport/crawled.ts'
import type { Following } from '../../transport/page-call.ts'
import { asked, type AzureCall, isActivationRule, only, rowsOf, some } from './call.ts'

const SUBSCRIPTIONS = 'arm:subscriptions.list'
const GROUPS = 'arm:managementGroups.get'

/** A subscription is asked whole; what is above and below is in its answer. */
const eachSubscription: Following = {
  call: SUBSCRIPTIONS,
  each: 'each subscription',
  targets: (page) =>
    rowsOf(page).flatMap((row) => {
      const id = ownString(row, 'subscriptionId')
      return id === undefined || ownString(row, 'state') === 'Deleted'
        ? []
        : [{ scope: `subscriptions/${id}` }]
    }),
}

/** Of a management group only what stands on it and above it: each subscription tells the rest. */
const eachManagementGroup: Following = {
  call: GROUPS,
  each: 'each management group',
  targets: (page) => groupsIn(page).map((id) => ({ scope: id.replace(/^\//, ''), filter: 'atScope()' })),
}

function groupsIn(group: JsonObject): readonly string[] {
  const children = ownList(ownObject(group, 'properties') ?? group, 'children').filter((child) =>
    isObject(child),
  )
  const id = ownString(group, 'id') ?? ''
  return [...(/\/managementgroups\/[^/]+$/i.test(id) ? [id] : []), ...children.flatMap(groupsIn)]
}

const listed = {
  lane: 'arm',
  place: 'each subscription and management group',
  after: [eachSubscription, eachManagementGroup],
  rows: 'value',
  id: idBy('id'),
  about: asked('scope'),
} as const satisfies Partial<AzureCall>

const authorization = (type: string, version: string): AzureCall['how'] => ({
  service: 'arm',
  path: `{+scope}/providers/Microsoft.Authorization/${type}`,
  query: { 'api-version': version, $filter: '{filter}' },
})

const ASSIGNMENT = [
  'principalId',
  'principalType',
  'roleDefinitionId',
  'scope',
  'condition',
  'conditionVersion',
  'createdOn',
  'delegatedManagedIdentityResourceId',
]
const INSTANCE = [
  ...ASSIGNMENT,
  'memberType',
  'assignmentType',
  'status',
  'startDateTime',
  'endDateTime',
  'linkedRoleEligibilityScheduleInstanceId',
]

/** Keeps these properties of each row: no names of people, no descriptions. */
const properties =
  (...names: readonly string[]) =>
  (page: JsonObject): JsonObject => ({
    value: rowsOf(page).map((row) => ({
      ...some(row, ['id', 'name', 'type']),
      properties: some(ownObject(row, 'properties') ?? {}, names),
    })),
  })

const ELIGIBLE = 'arm:roleEligibilityScheduleInstances.list'
const POLICY = ['scope', 'roleDefinitionId', 'policyId', 'effectiveRules']

/** An activation policy is of one role at one scope; those of roles that nobody may activate matter to nobody. */
function eachEligible(page: JsonObject): readonly JsonObject[] {
  return rowsOf(page).flatMap((row) => {
    const found = ownObject(row, 'properties') ?? {}
    const [scope, role] = [ownString(found, 'scope'), ownString(found, 'roleDefinitionId')]
    return scope === undefined || role === undefined ? [] : [{ scope: scope.replace(/^\//, ''), role }]
  })
}

/** Keeps the rules of activations; those of assignments and notifications matter to nobody here. */
function activationRules(row: JsonObject): JsonObject {
  const found = ownObject(row, 'properties') ?? {}
  const effectiveRules = ownList(found, 'effectiveRules').filter(isActivationRule)
  return { ...row, properties: { ...found, effectiveRules } }
}

/** The tenant has no licence of Privileged Identity Management: then nobody is eligible. */
const NO_PIM = ['AadPremiumLicenseRequired']

export const ARM_CALLS: readonly AzureCall[] = [
  {
    name: SUBSCRIPTIONS,
    permissions: ['Microsoft.Resources/subscriptions/read'],
    lane: 'arm',
    place: 'once',
    starts: () => [{}],
    yields: 'azure.subscriptions',
    rows: 'value',
    id: idBy('subscriptionId'),
    gap: 'subscriptions',
    lost: 'which subscriptions there are is not known',
    about: () => '*',
    how: { service: 'arm', path: 'subscriptions', query: { 'api-version': '2022-12-01' } },
    keep: only('id', 'subscriptionId', 'displayName', 'state', 'tenantId', 'managedByTenants'),
  },
  {
    name: GROUPS,
    permissions: ['Microsoft.Management/managementGroups/read'],
    lane: 'arm',
    place: 'once',
    starts: (tenant) => [{ group: tenant }],
    yields: 'azure.management-groups',
    rows: 'value',
    gap: 'management-groups',
    lost: 'which subscriptions are below which management group is not known',
    about: asked('group'),
    how: {
      service: 'arm',
      path: 'providers/Microsoft.Management/managementGroups/{group}',
      query: { 'api-version': '2020-05-01', $expand: 'children', $recurse: 'true' },
    },
  },
  {
    name: 'arm:roleDefinitions.listBuiltIn',
    permissions: ['Microsoft.Authorization/roleDefinitions/read'],
    lane: 'arm',
    place: 'once',
    starts: () => [{}],
    yields: 'azure.role-definitions',
    rows: 'value',
    id: idBy('id'),
    gap: 'role-definitions',
    lost: 'what the built-in roles allow is not known',
    about: () => '*',
    how: {
      service: 'arm',
      path: 'providers/Microsoft.Authorization/roleDefinitions',
      query: { 'api-version': '2022-04-01', $filter: "type eq 'BuiltInRole'" },
    },
  },
  {
    ...listed,
    name: 'arm:roleDefinitions.listCustom',
    permissions: ['Microsoft.Authorization/roleDefinitions/read'],
    yields: 'azure.role-definitions',
    gap: 'role-definitions',
    lost: 'what the custom roles allow is not known',
    how: {
      service: 'arm',
      path: '{+scope}/providers/Microsoft.Authorization/roleDefinitions',
      query: { 'api-version': '2022-04-01', $filter: "type eq 'CustomRole'" },
    },
  },
  {
    ...listed,
    name: 'arm:roleAssignments.list',
    permissions: ['Microsoft.Authorization/roleAssignments/read'],
    yields: 'azure.role-assignments',
    gap: 'role-assignments',
    lost: 'who was given which role is not known',
    how: authorization('roleAssignments', '2022-04-01'),
    keep: properties(...ASSIGNMENT),
  },
  {
    ...listed,
    name: 'arm:denyAssignments.list',
    permissions: ['Microsoft.Authorization/denyAssignments/read'],
    yields: 'azure.deny-assignments',
    gap: 'deny-assignments',
    lost: 'deny assignments are not known: what seems allowed may be denied by one',
    how: authorization('denyAssignments', '2022-04-01'),
  },
  {
    ...listed,
    name: ELIGIBLE,
    permissions: ['Microsoft.Authorization/roleEligibilityScheduleInstances/read'],
    yields: 'azure.role-eligibilities',
    gap: 'role-eligibilities',
    lost: 'who may activate which role is not known',
    absent: NO_PIM,
    how: authorization('roleEligibilityScheduleInstances', '2020-10-01'),
    keep: properties(...INSTANCE),
  },
  {
    name: 'arm:roleManagementPolicyAssignments.list',
    permissions: ['Microsoft.Authorization/roleManagementPolicyAssignments/read'],
    lane: 'arm',
    place: 'each role that somebody may activate, at its scope',
    after: [{ call: ELIGIBLE, each: 'each eligible role and scope', targets: eachEligible }],
    yields: 'azure.role-policies',
    rows: 'value',
    id: idBy('id'),
    gap: 'role-policies',
    lost: 'what activating the role asks for (approval, MFA) is not known',
    about: asked('scope'),
    how: {
      service: 'arm',
      path: '{+scope}/providers/Microsoft.Authorization/roleManagementPolicyAssignments',
      query: { 'api-version': '2020-10-01', $filter: "roleDefinitionId eq '{role}'" },
    },
    keep: (page) => ({ value: rowsOf(properties(...POLICY)(page)).map(activationRules) }),
  },
  {
    name: 'arm:userAssignedIdentities.federatedIdentityCredentials.list',
    permissions: ['Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read'],
    lane: 'arm',
    place: 'each user-assigned identity',
    after: [
      {
        call: 'resourcegraph:resources',
        each: 'each user-assigned identity',
        targets: (page) =>
          rowsOf(page, 'data').flatMap((row) => {
            const id = ownString(row, 'id')
            const type = ownString(row, 'type')?.toLowerCase()
            return id === undefined || type !== 'microsoft.managedidentity/userassignedidentities'
              ? []
              : [{ id }]
          }),
      },
    ],
    yields: 'azure.federated-credentials',
    rows: 'value',
    gap: 'federated-credentials',
    lost: 'which outside workloads can sign in as the identity is not known',
    // It was deleted since the listing.
    absent: ['ResourceNotFound', 'ParentResourceNotFound'],
    about: asked('id'),
    how: {
      service: 'arm',
      path: '{+id}/federatedIdentityCredentials',
      query: { 'api-version': '2023-01-31' },
    },
    keep: (page) => ({ value: rowsOf(page).map(flat) }),
  },
]

/** As the directory writes the credentials of an application. */
function flat(row: JsonObject): Json {
  return {
    ...some(row, ['name']),
    ...some(ownObject(row, 'properties') ?? {}, [
      'issuer',
      'subject',
      'audiences',
      'claimsMatchingExpression',
    ]),
  }
}
