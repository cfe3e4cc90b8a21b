import { peopleOf } from '../company/people.ts'
import { json } from '../demo-file.ts'
import type { DemoFile } from '../demo-file.ts'
import { found } from '../found.ts'
import { lowerAlphanumeric } from '../identifiers.ts'
import { BREAK_GLASS, GUESTS } from './directory-users.ts'

/** Built-in directory roles: template ids are the same in every tenant. */
const ROLES: Readonly<Record<string, string>> = {
  'Global Administrator': '62e90394-69f5-4237-9190-012177145e10',
  'Global Reader': 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  'Security Reader': '5d6b6bb7-de71-4623-b4af-96380a352509',
  'Helpdesk Administrator': '729827e3-9c14-49f7-bb1b-9608f156bbb8',
  'Conditional Access Administrator': 'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9',
  'Reports Reader': '4a5d8f65-41da-4de4-8968-e035b65339cf',
}

function person(team: string, index: number): string {
  return found(peopleOf(team)[index], `person ${index} of ${team}`).entraId
}

/** Standing assignments only: everything else is eligible for an hour at a time. */
function assigned(): (readonly [role: string, principal: string])[] {
  const guest = found(
    GUESTS.find((each) => each.displayName === 'Petra Novotna'),
    'guest administrator',
  )
  return [
    ...BREAK_GLASS.map((each) => ['Global Administrator', each.id] as const),
    ['Global Reader', person('security', 0)],
    ['Security Reader', person('security', 2)],
    ['Helpdesk Administrator', person('it', 1)],
    ['Helpdesk Administrator', person('it', 3)],
    ['Reports Reader', person('finance', 2)],
    ['Conditional Access Administrator', guest.id],
  ]
}

/** `az rest` of Microsoft Graph roleManagement/directory: roleDefinitions and roleAssignments. */
export function directoryRoleFiles(): DemoFile[] {
  const context = 'https://graph.microsoft.com/v1.0/$metadata#roleManagement/directory'
  return [
    json('azure/directory-role-definitions.json', {
      '@odata.context': `${context}/roleDefinitions(id,displayName,isBuiltIn,isEnabled,templateId)`,
      value: Object.entries(ROLES).map(([displayName, id]) => ({
        id,
        displayName,
        isBuiltIn: true,
        isEnabled: true,
        templateId: id,
      })),
    }),
    json('azure/directory-role-assignments.json', {
      '@odata.context': `${context}/roleAssignments`,
      value: assigned().map(([role, principalId]) => ({
        id: `${lowerAlphanumeric(`directory/${role}/${principalId}`, 42)}-1`,
        principalId,
        directoryScopeId: '/',
        roleDefinitionId: found(ROLES[role], `directory role ${role}`),
      })),
    }),
  ]
}
