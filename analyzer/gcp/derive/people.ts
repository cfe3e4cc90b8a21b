import { People } from '../../grants/people.ts'
import type { Context } from './context.ts'
import { removeBinding, removeFromGroup } from './remedy.ts'

/** Names the people behind holders; agents of Google's services are passed over. */
export function peopleIn(context: Context): People {
  const { model, state, nodes } = context
  const nameOf = (member: number): string => (state.members[member] ?? '').replace(/^\w+:/, '')
  return new People({
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
  })
}
