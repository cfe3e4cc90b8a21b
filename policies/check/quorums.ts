import { namedIn } from '../cedar/named.ts'
import type { Offence, Policy } from '../cedar/policy.ts'
import { MOST_APPROVALS } from '../model/evidence.ts'
import { parseQuorum, peopleIn } from '../model/quorum.ts'

/** Quorums that cannot be read, or take more people than anybody is asked to gather. */
export function quorumOffences(policies: readonly Policy[]): readonly Offence[] {
  return policies.flatMap((policy) =>
    [...new Set(namedIn(policy, 'Quorum'))].flatMap((text): readonly Offence[] => {
      const remedy = 'write it as "2 of security" or "1 of @owners and 1 of dba or sre"'
      const found = { rule: 'quorum', policy: policy.id, place: policy.place, remedy } as const
      if (parseQuorum(text) === undefined) return [{ ...found, says: `\`${text}\` is no quorum` }]
      if (peopleIn(text) <= MOST_APPROVALS) return []
      return [{ ...found, says: `\`${text}\` takes more than ${MOST_APPROVALS} people` }]
    }),
  )
}
