import { own, ownString } from '../../../../graph/index.ts'
import { counted, listing } from '../../listing.ts'
import { filledText, flag, listOf, record, text } from '../../record-shape.ts'
import { hasAny } from './directory.ts'

/** Definitions of directory roles. https://learn.microsoft.com/graph/api/rbacapplication-list-roledefinitions */
export const directoryRoleDefinitions = listing({
  kind: 'azure.directory-role-definitions',
  cloud: 'azure',
  noun: ['directory role definition', 'directory role definitions'],
  what: 'directory-roles',
  lists: ['value'],
  calls: [/roleManagement\/directory\/roleDefinitions\b/i, 'graph:directoryRoleDefinitions.list'],
  looksLike: (row) =>
    own(row, 'rolePermissions') !== undefined ||
    (own(row, 'templateId') !== undefined && hasAny(row, 'isBuiltIn', 'isEnabled')),
  row: record(
    { id: filledText, displayName: filledText },
    {
      templateId: text,
      description: text,
      isBuiltIn: flag,
      isEnabled: flag,
      isPrivileged: flag,
      rolePermissions: listOf(
        record(
          {},
          { allowedResourceActions: listOf(text), excludedResourceActions: listOf(text), condition: text },
        ),
      ),
    },
  ),
  id: (row) => ownString(row, 'id')?.toLowerCase(),
  holds: (rows, count) => {
    let custom = 0
    for (const row of rows) if (own(row, 'isBuiltIn') === false) custom++
    return `${counted(count, ['directory role definition', 'directory role definitions'])}, ${custom} custom`
  },
})
