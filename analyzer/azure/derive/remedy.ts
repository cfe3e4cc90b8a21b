import type { Remedy } from '../../../graph/index.ts'
import { quoted } from '../../findings/command-line.ts'
import type { Holder } from '../../grants/holders.ts'
import { People } from '../../grants/people.ts'
import type { Context } from './context.ts'

/** Ends a holder's power: deletes the assignment. */
export function deleteAssignment(holder: Holder, context: Context): Remedy {
  const role = context.roleOf(holder)
  const id = context.assignmentIds.get(holder.grant.at) ?? ''
  const principal = holder.principal.slice('azure:'.length)
  const says = `delete the assignment of ${role?.name ?? 'the role'}`
  const delegation = context.model.delegationOf(holder.grant)
  if (delegation !== undefined) {
    const text = `az managedservices assignment delete --assignment ${quoted(id)}`
    return { says: `end the Lighthouse registration ${delegation.registration}`, format: 'command', text }
  }
  if (context.model.isEligible(holder.grant)) {
    const text = `# Privileged Identity Management: end the eligible assignment ${id}`
    return { says: `end the eligible assignment of ${role?.name ?? 'the role'}`, format: 'command', text }
  }
  if (role?.directory === true) {
    const url = `https://graph.microsoft.com/v1.0/roleManagement/directory/roleAssignments/${id}`
    return { says, format: 'command', text: `az rest --method DELETE --url ${quoted(url)}` }
  }
  const which =
    id === ''
      ? `--assignee ${quoted(principal)} --role ${quoted(role?.id ?? '')} --scope ${quoted(holder.grant.scope)}`
      : `--ids ${quoted(id)}`
  return { says, format: 'command', text: `az role assignment delete ${which}` }
}

/** Names the people behind holders. */
export function peopleIn(context: Context): People {
  const { model, state } = context
  return new People({
    model,
    membership: model.membership,
    isGroup: (principal) => state.principals[principal]?.kind === 'group',
    isPassedOver: () => false,
    because: context.because,
    removeGrant: (holder) => deleteAssignment(holder, context),
    removeMember: (group, member) => {
      const [from, who] = [state.principals[group], state.principals[member]]
      const text = `az ad group member remove --group ${quoted(from?.id ?? '')} --member-id ${quoted(who?.id ?? '')}`
      return { says: `take ${who?.name ?? ''} out of ${from?.name ?? ''}`, format: 'command', text }
    },
  })
}
