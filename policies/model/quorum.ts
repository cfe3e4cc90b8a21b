import type { Person } from './entitlement.ts'

/** One part of a quorum: `count` distinct people, each in one of `groups`. */
export interface QuorumPart {
  readonly count: number
  readonly groups: readonly string[]
}

/** Stands for the groups that own the entitlement. */
export const OWNERS = '@owners'

const PART = /^([1-9]\d?) of (\S.*)$/

/**
 * Reads a quorum as policies write it: `2 of security`, `1 of @owners and 1 of dba or sre`. `undefined` for anything else.
 * A group whose name holds ` and ` or ` or ` cannot be named in one.
 */
export function parseQuorum(text: string): readonly QuorumPart[] | undefined {
  const parts = text.split(' and ').map((part) => {
    const match = PART.exec(part)
    const groups = match?.[2]?.split(' or ') ?? []
    const count = Number(match?.[1])
    return groups.length > 0 && groups.every((group) => group === group.trim() && group !== '')
      ? { count, groups }
      : undefined
  })
  return parts.every((part) => part !== undefined) ? parts : undefined
}

/** Distinct people that a quorum takes; 0 for a text that is no quorum. */
export function peopleIn(quorum: string): number {
  return (parseQuorum(quorum) ?? []).reduce((sum, { count }) => sum + count, 0)
}

/**
 * Whether these people make up the quorum, each standing for one seat: a maximum matching of seats to people, because
 * taking people in the order they came can leave a seat empty that another order fills. People count once, by id.
 */
export function meetsQuorum(quorum: string, people: readonly Person[], owners: readonly string[]): boolean {
  const parts = parseQuorum(quorum)
  if (parts === undefined) return false
  const distinct = [...new Map(people.map((person) => [person.id, person])).values()]
  const seats = parts.flatMap(({ count, groups }) => {
    const named = new Set(groups.flatMap((group) => (group === OWNERS ? owners : [group])))
    const fitting = distinct.flatMap((person, i) =>
      person.groups.some((group) => named.has(group)) ? [i] : [],
    )
    return Array.from({ length: count }, () => fitting)
  })
  const seatOf = new Map<number, number>()
  const seated = (seat: number, tried: Set<number>): boolean =>
    (seats[seat] ?? []).some((person) => {
      if (tried.has(person)) return false
      tried.add(person)
      const other = seatOf.get(person)
      if (other !== undefined && !seated(other, tried)) return false
      seatOf.set(person, seat)
      return true
    })
  return seats.every((_, seat) => seated(seat, new Set()))
}
