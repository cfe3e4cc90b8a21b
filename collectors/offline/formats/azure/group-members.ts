import { own } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { filledText, record } from '../../record-shape.ts'
import { directoryObject } from './directory.ts'

/**
 * Members of a group, wrapped with the group's object id, which the answer itself does not show.
 * An unwrapped listing of members or owners is known by `@odata.type` and refused with the way to wrap it.
 * https://learn.microsoft.com/graph/api/group-list-members
 */
export const groupMembers = listing({
  kind: 'azure.group-members',
  cloud: 'azure',
  noun: ['group member', 'group members'],
  what: 'group-members',
  lists: ['value'],
  calls: [/az ad group member list|\/groups\/[^/]+\/members\b/i, 'graph:groups.members.list'],
  looksLike: (row) => own(row, '@odata.type') !== undefined,
  row: directoryObject,
  asked: {
    about: 'group',
    parameters: record({ group: filledText }),
    says: 'these directory objects do not say of which group they are members, or what they own',
    remedy:
      'wrap each answer with its question: `az ad group member list --group "$g" -o json | jq -c --arg g "$g" ' +
      `'{call: "az ad group member list", parameters: {group: $g}, response: .}'\`, and likewise ` +
      '`az ad app owner list` and `az ad sp owner list` with `parameters: {id: $id}`',
  },
})
