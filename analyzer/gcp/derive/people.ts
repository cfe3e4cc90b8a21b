import type { PeopleSource, Person } from '../../grants/people.ts'
import { peopleOf as peopleFrom } from '../../grants/people.ts'
import type { Holder } from '../../grants/holders.ts'
import type { Context } from './context.ts'
import { removeBinding, removeFromGroup } from './remedy.ts'

/** Those a holder stands for; agents of Google's services are passed over. */
export function peopleOf(holder: Holder, context: Context): Person[] {
  return peopleFrom(holder, sourceOf(context))
}

function sourceOf(context: Context): PeopleSource {
  const { model, state, nodes } = context
  const nameOf = (member: number): string => (state.members[member] ?? '').replace(/^\w+:/, '')
  return {
    model,
    membership: model.meaning.membership,
    isGroup: (principal) => model.meaning.population.of(principal).type === 'group',
    isPassedOver: (principal) => {
      const id = model.principals[principal]
      const node = id === undefined ? undefined : nodes.get(id)
      return node?.kind === 'principal' && node.type === 'service'
    },
    because: context.because,
    removeGrant: (holder) => removeBinding(holder, context),
    removeMember: (group, member) => removeFromGroup(nameOf(group), nameOf(member)),
  }
}
