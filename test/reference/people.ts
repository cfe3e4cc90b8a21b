/**
 * Who is one person, worked out from the definition: two accounts belong together when they share an identifier that both
 * verified or the map tells it, and so on over any number of accounts. Every pair is looked at until nothing changes.
 */
export interface ReferenceAccount {
  readonly id: string
  readonly human: boolean
  readonly identifiers: readonly (readonly [type: string, value: string, verified: boolean])[]
}

/** Sorted sets of ids, sorted. `sure`: only what is certain joins. */
export function slowPeople(
  accounts: readonly ReferenceAccount[],
  map: readonly (readonly string[])[],
  sure: boolean,
): string[][] {
  const mapped = (id: string) =>
    map.some((all) => all.filter((x) => accounts.some((a) => a.id === x)).length > 1 && all.includes(id))
  const people = accounts.filter((account) => account.human || mapped(account.id))
  const together = (a: ReferenceAccount, b: ReferenceAccount): boolean =>
    map.some((all) => all.includes(a.id) && all.includes(b.id)) ||
    (a.human &&
      b.human &&
      a.identifiers.some(([type, value, verified]) =>
        b.identifiers.some(([t, v, also]) => t === type && v === value && (!sure || (verified && also))),
      ))
  const label = new Map(people.map((account, i) => [account.id, i]))
  for (let changed = true; changed;) {
    changed = false
    for (const a of people) {
      for (const b of people) {
        const [x, y] = [label.get(a.id) ?? 0, label.get(b.id) ?? 0]
        if (x <= y || !together(a, b)) continue
        label.set(a.id, y)
        changed = true
      }
    }
  }
  const sets = Map.groupBy(people, (account) => label.get(account.id))
  return [...sets.values()].map((set) => set.map(({ id }) => id).sort()).sort(byFirst)
}

/** Sets by their first member. */
export function byFirst(a: readonly string[], b: readonly string[]): number {
  return (a[0] ?? '') < (b[0] ?? '') ? -1 : 1
}
