import type { Joint } from '../../../grants/escalation/joint.ts'
import { alone, best } from '../../../grants/escalation/joint.ts'
import type { Holder } from '../../../grants/holders.ts'
import type { Derivation } from '../../../../graph/index.ts'
import { nodeId, observed } from '../../../../graph/index.ts'
import type { Context } from '../context.ts'

/** Application permissions of Microsoft Graph by their ids (Microsoft Graph permissions reference). */
const IDS: ReadonlyMap<string, string> = new Map([
  ['RoleManagement.ReadWrite.Directory', '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8'],
  ['RoleAssignmentSchedule.ReadWrite.Directory', 'dd199f4a-f148-40a4-a2ec-f0069cc799ec'],
  ['RoleEligibilitySchedule.ReadWrite.Directory', 'fee28b28-e1f3-4841-818e-2704dc62245f'],
  ['AppRoleAssignment.ReadWrite.All', '06b708a9-e830-4db3-a914-8e69da51d44f'],
  ['Application.ReadWrite.All', '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9'],
  ['Application.ReadUpdate.All', 'fc023787-fd04-4e44-9bc7-d454f00c0f0a'],
  ['Group.ReadWrite.All', '62a82d76-70ea-41e2-9197-370581804d09'],
  ['GroupMember.ReadWrite.All', 'dbaae8cf-10b5-4b86-a4a1-f871c94c6695'],
  ['Directory.ReadWrite.All', '19dbc75e-c2e2-444c-a770-ec69d8559fc7'],
  ['PrivilegedAccess.ReadWrite.AzureADGroup', '2f6817f8-7b12-4f0f-bc18-eeaf60705a9e'],
  ['PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup', '41202f2c-f7ab-45be-b001-85c9728b9d69'],
  ['PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup', '618b6020-bca8-4de6-99f6-ef445fa4d857'],
  ['UserAuthenticationMethod.ReadWrite.All', '50483e42-d915-4231-9639-7fdb7fd190e5'],
  ['UserAuthMethod-TAP.ReadWrite.All', '627169a8-8c15-451c-861a-5b80e383de5c'],
  ['User-PasswordProfile.ReadWrite.All', 'cc117bb9-00cf-4eb8-b580-ea2a878fe8f7'],
  ['Domain.ReadWrite.All', '7e05723c-0bb0-42da-be95-ae9f08a6e53c'],
  ['Organization.ReadWrite.All', '292d869f-3427-49a8-9dab-8c70152b74e9'],
])

/** Who has application permissions of Microsoft Graph. The ids of permissions are the same in every tenant. */
export class GraphPermissions {
  private readonly byRole = new Map<string, Holder[]>()
  private readonly says = new Map<unknown, string>()

  constructor({ state }: Context) {
    const names = new Map([...IDS].map(([name, id]) => [id, name]))
    for (const { principal, appRole, ofGraph, at } of state.appRoles) {
      const { id, name } = state.principals[principal] ?? { id: '', name: '' }
      const permission = names.get(appRole)
      if (permission === undefined || ofGraph === false) continue
      const grant = { scope: 'directory:/', role: -1, grantees: [principal], conditions: [], at }
      // Another API may use the same id for a permission of its own.
      const says = 'whether the permission is one of Microsoft Graph: its service principal was not imported'
      const doubts = ofGraph === null ? [{ what: 'service-principals', says }] : []
      const holder = { grantee: principal, principal: nodeId('azure', id), grant, conditions: [], doubts }
      this.says.set(grant, `${name} has the application permission ${permission}`)
      const known = this.byRole.get(permission)
      if (known === undefined) this.byRole.set(permission, [holder])
      else known.push(holder)
    }
  }

  of(permission: string): readonly Joint[] {
    return best((this.byRole.get(permission) ?? []).map(alone))
  }

  /** Undefined: the holder is one by an assignment of a role. */
  because({ grant }: Holder): Derivation | undefined {
    const says = this.says.get(grant)
    return says === undefined ? undefined : observed(grant.at, says)
  }
}
