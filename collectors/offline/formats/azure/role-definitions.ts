import { ownString } from '../../../../graph/index.ts'
import { counted, listing } from '../../listing.ts'
import { filledText, listOf, text } from '../../record-shape.ts'
import { armHas, armId, armMembers, armRecord, permissionBlocks } from './arm.ts'

/**
 * Role definitions, as `az role definition list` prints them (flat, `roleType`) or as the REST interface does
 * (`properties.type`). https://learn.microsoft.com/rest/api/authorization/role-definitions/list
 */
export const roleDefinitions = listing({
  kind: 'azure.role-definitions',
  cloud: 'azure',
  noun: ['role definition', 'role definitions'],
  what: 'role-definitions',
  lists: ['value', 'data'],
  calls: [/az role definition list|Microsoft\.Authorization\/roleDefinitions/i, 'arm:roleDefinitions.list'],
  looksLike: (row) => armHas(row, 'roleName', 'permissions'),
  row: armRecord(
    { roleName: filledText, permissions: permissionBlocks },
    { roleType: text, type: text, description: text, assignableScopes: listOf(text) },
    // Assignments refer to the name, a GUID; published lists of built-in roles leave the id out.
    { name: filledText },
  ),
  id: armId,
  holds: (rows, count) => {
    let custom = 0
    for (const row of rows) {
      const members = armMembers(row)
      if ((ownString(members, 'roleType') ?? ownString(members, 'type')) === 'CustomRole') custom++
    }
    return `${counted(count, ['role definition', 'role definitions'])}, ${custom} custom`
  },
})
