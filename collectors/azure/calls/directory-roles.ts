import { type JsonObject, ownList, ownObject, ownString } from '../../../graph/index.ts'
import { idBy } from '../../transport/crawled.ts'
import { asked, type AzureCall, eachId, isActivationRule, only, rowsOf, some } from './call.ts'
import { manageable } from './directory.ts'

const once = {
  lane: 'pim',
  place: 'once',
  starts: () => [{}],
  rows: 'value',
  id: idBy('id'),
  about: () => '*',
} as const satisfies Partial<AzureCall>

const at = (path: string): AzureCall['how'] => ({ service: 'graph', path: `v1.0/${path}`, query: {} })

const policies = (filter: string): AzureCall['how'] => ({
  service: 'graph',
  path: 'v1.0/policies/roleManagementPolicyAssignments',
  query: { $filter: filter, $expand: 'policy($expand=rules)' },
})

/** The rules of activations; those of assignments and notifications matter to nobody here. */
function activationPolicies(page: JsonObject): JsonObject {
  return {
    value: rowsOf(page).map((row) => {
      const policy = ownObject(row, 'policy') ?? {}
      return {
        ...some(row, ['id', 'policyId', 'scopeId', 'scopeType', 'roleDefinitionId']),
        policy: { ...some(policy, ['id']), rules: ownList(policy, 'rules').filter(isActivationRule) },
      }
    }),
  }
}

/** The tenant has no licence of Privileged Identity Management: then nobody is eligible. */
const NO_PIM = ['AadPremiumLicenseRequired']

/** Directory roles, administrative units, and what Privileged Identity Management adds to both and to groups. */
export const DIRECTORY_ROLE_CALLS: readonly AzureCall[] = [
  {
    ...once,
    name: 'graph:directoryRoleDefinitions.list',
    permissions: ['RoleManagement.Read.Directory'],
    yields: 'azure.directory-role-definitions',
    gap: 'directory-role-definitions',
    lost: 'what the directory roles allow is not known',
    how: at('roleManagement/directory/roleDefinitions'),
  },
  {
    ...once,
    name: 'graph:directoryRoleAssignments.list',
    permissions: ['RoleManagement.Read.Directory'],
    yields: 'azure.directory-role-assignments',
    gap: 'directory-roles',
    lost: 'who administers the directory is not known',
    how: at('roleManagement/directory/roleAssignments'),
    keep: only('id', 'roleDefinitionId', 'principalId', 'directoryScopeId', 'appScopeId', 'condition'),
  },
  {
    ...once,
    name: 'graph:directoryRoleEligibilityScheduleInstances.list',
    permissions: ['RoleEligibilitySchedule.Read.Directory'],
    yields: 'azure.directory-role-eligibilities',
    gap: 'directory-role-eligibilities',
    lost: 'who may activate which directory role is not known',
    absent: NO_PIM,
    how: at('roleManagement/directory/roleEligibilityScheduleInstances'),
    keep: only(
      'id',
      'roleDefinitionId',
      'principalId',
      'directoryScopeId',
      'appScopeId',
      'memberType',
      'startDateTime',
      'endDateTime',
    ),
  },
  {
    name: 'graph:groups.eligibilityScheduleInstances.list',
    permissions: ['PrivilegedEligibilitySchedule.Read.AzureADGroup'],
    lane: 'pim',
    place: 'each group that is neither dynamic nor synchronized',
    after: [{ call: 'graph:groups.list', each: 'each group', targets: manageable }],
    yields: 'azure.group-eligibilities',
    rows: 'value',
    id: idBy('id'),
    gap: 'group-eligibilities',
    lost: 'who may become a member or owner of the group is not known',
    // The tenant has no such licence, or the group was deleted since the listing.
    absent: [...NO_PIM, 'ResourceNotFound'],
    about: asked('group'),
    how: {
      service: 'graph',
      path: 'v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances',
      query: { $filter: "groupId eq '{group}'" },
    },
    keep: only('id', 'groupId', 'principalId', 'accessId', 'memberType', 'startDateTime', 'endDateTime'),
  },
  {
    ...once,
    name: 'graph:directoryRolePolicies.list',
    permissions: ['RoleManagementPolicy.Read.Directory'],
    yields: 'azure.directory-role-policies',
    gap: 'directory-role-policies',
    lost: 'what activating the directory roles asks for (approval, MFA) is not known',
    absent: NO_PIM,
    how: policies("scopeId eq '/' and scopeType eq 'DirectoryRole'"),
    keep: activationPolicies,
  },
  {
    name: 'graph:groups.activationPolicies.list',
    permissions: ['RoleManagementPolicy.Read.AzureADGroup'],
    lane: 'pim',
    place: 'each group that somebody may become a member or owner of',
    after: [
      {
        call: 'graph:groups.eligibilityScheduleInstances.list',
        each: 'each group with eligible members',
        targets: (page) =>
          rowsOf(page).flatMap((row) => {
            const group = ownString(row, 'groupId')
            return group === undefined ? [] : [{ group }]
          }),
      },
    ],
    yields: 'azure.directory-role-policies',
    rows: 'value',
    id: idBy('id'),
    gap: 'directory-role-policies',
    lost: 'what activating a membership of the group asks for (approval, MFA) is not known',
    absent: [...NO_PIM, 'ResourceNotFound'],
    about: asked('group'),
    how: policies("scopeId eq '{group}' and scopeType eq 'Group'"),
    keep: activationPolicies,
  },
  {
    ...once,
    name: 'graph:administrativeUnits.list',
    permissions: ['AdministrativeUnit.Read.All'],
    lane: 'graph',
    yields: 'azure.administrative-units',
    gap: 'administrative-units',
    lost: 'which administrative units there are, and whom they hold, is not known',
    how: {
      service: 'graph',
      path: 'v1.0/directory/administrativeUnits',
      query: { $select: 'id,displayName,isMemberManagementRestricted,membershipType' },
    },
    keep: only('id', 'displayName', 'isMemberManagementRestricted', 'membershipType'),
  },
  {
    name: 'graph:administrativeUnits.members.list',
    permissions: ['AdministrativeUnit.Read.All'],
    lane: 'graph',
    place: 'each administrative unit',
    after: [
      { call: 'graph:administrativeUnits.list', each: 'each administrative unit', targets: eachId('unit') },
    ],
    yields: 'azure.administrative-unit-members',
    rows: 'value',
    gap: 'administrative-unit-members',
    lost: 'whom the administrative unit holds is not known',
    absent: ['Request_ResourceNotFound'],
    about: asked('unit'),
    how: {
      service: 'graph',
      path: 'v1.0/directory/administrativeUnits/{unit}/members',
      query: { $top: '999' },
    },
    keep: only('@odata.type', 'id', 'displayName', 'userPrincipalName'),
  },
]
