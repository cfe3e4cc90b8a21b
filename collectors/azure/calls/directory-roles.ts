import { idBy } from '../../transport/crawled.ts'
import { asked, type AzureCall, eachId, only } from './call.ts'
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
