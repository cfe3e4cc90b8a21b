import { callAnswer } from '../call-answer.ts'
import { awsTime, daysAgo } from '../clock.ts'
import { awsJson, jsonLines } from '../demo-file.ts'
import type { DemoFile, Week } from '../demo-file.ts'
import { found } from '../found.ts'
import { uuid } from '../identifiers.ts'
import { accountNamed } from './accounts.ts'
import { assignments, identityCenterPeople, identityGroups } from './assignments.ts'
import type { Assignment, IdentityGroup } from './assignments.ts'
import { managedPolicyArn } from './managed-policies.ts'
import { IDENTITY_STORE_ID, INSTANCE_ARN, PERMISSION_SETS, permissionSetArn } from './permission-sets.ts'
import { TENANT_ID } from '../stories/dataset-path.ts'

function assignmentRow(assignment: Assignment, groups: readonly IdentityGroup[]): Record<string, string> {
  const common = {
    AccountId: accountNamed(assignment.account).id,
    PermissionSetArn: permissionSetArn(assignment.permissionSet),
  }
  const { to } = assignment
  if ('person' in to) return { ...common, PrincipalType: 'USER', PrincipalId: to.person.identityCenterId }
  const group = found(
    groups.find((each) => each.name === to.group),
    `Identity Center group ${to.group}`,
  )
  return { ...common, PrincipalType: 'GROUP', PrincipalId: group.id }
}

/** Answers of `aws sso-admin …`. */
function permissionSetFiles(groups: readonly IdentityGroup[]): DemoFile[] {
  const folder = 'aws/sso-admin'
  const question = (name: string) => ({ InstanceArn: INSTANCE_ARN, PermissionSetArn: permissionSetArn(name) })
  return [
    awsJson(`${folder}/list-instances.json`, {
      Instances: [
        {
          InstanceArn: INSTANCE_ARN,
          IdentityStoreId: IDENTITY_STORE_ID,
          OwnerAccountId: accountNamed('management').id,
          Name: 'lumenly',
          CreatedDate: awsTime(daysAgo(1700)),
          Status: 'ACTIVE',
        },
      ],
    }),
    ...PERMISSION_SETS.map((set) =>
      awsJson(`${folder}/describe-permission-set-${set.name}.json`, {
        PermissionSet: {
          Name: set.name,
          PermissionSetArn: permissionSetArn(set.name),
          Description: set.description,
          CreatedDate: awsTime(daysAgo(1500)),
          SessionDuration: set.session,
        },
      }),
    ),
    awsJson(`${folder}/list-account-assignments.json`, {
      AccountAssignments: assignments().map((assignment) => assignmentRow(assignment, groups)),
    }),
    jsonLines(
      `${folder}/calls.jsonl`,
      PERMISSION_SETS.flatMap((set) => [
        callAnswer('sso-admin:ListManagedPoliciesInPermissionSet', question(set.name), {
          AttachedManagedPolicies: set.managed.map((name) => ({ Name: name, Arn: managedPolicyArn(name) })),
        }),
        callAnswer('sso-admin:ListCustomerManagedPolicyReferencesInPermissionSet', question(set.name), {
          CustomerManagedPolicyReferences: [],
        }),
        callAnswer('sso-admin:GetInlinePolicyForPermissionSet', question(set.name), {
          InlinePolicy: set.inline === undefined ? '' : JSON.stringify(set.inline),
        }),
      ]),
    ),
  ]
}

/** Answers of `aws identitystore …`. */
function directoryFiles(week: Week, groups: readonly IdentityGroup[]): DemoFile[] {
  const folder = 'aws/identitystore'
  return [
    awsJson(`${folder}/list-users.json`, {
      Users: identityCenterPeople(week).map((person) => ({
        UserName: person.email,
        UserId: person.identityCenterId,
        Name: { FamilyName: person.family, GivenName: person.given },
        DisplayName: `${person.given} ${person.family}`,
        Emails: [{ Value: person.email, Type: 'work', Primary: true }],
        // Entra provisions the directory: the external id is the object id there.
        ExternalIds: [{ Issuer: `https://sts.windows.net/${TENANT_ID}/`, Id: person.entraId }],
        Title: person.title,
        IdentityStoreId: IDENTITY_STORE_ID,
      })),
    }),
    awsJson(`${folder}/list-groups.json`, {
      Groups: groups.map((group) => ({
        GroupId: group.id,
        DisplayName: group.name,
        Description: group.description,
        IdentityStoreId: IDENTITY_STORE_ID,
      })),
    }),
    ...groups.map((group) =>
      awsJson(`${folder}/list-group-memberships-${group.name}.json`, {
        GroupMemberships: group.members.map((person) => ({
          IdentityStoreId: IDENTITY_STORE_ID,
          MembershipId: uuid(`membership/${group.name}/${person.login}`),
          GroupId: group.id,
          MemberId: { UserId: person.identityCenterId },
        })),
      }),
    ),
  ]
}

export function identityCenterFiles(week: Week): DemoFile[] {
  const groups = identityGroups(week)
  return [...permissionSetFiles(groups), ...directoryFiles(week, groups)]
}
