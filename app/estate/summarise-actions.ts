import { grouped } from '../../graph/index.ts'
/**
 * A long list of actions for people: grouped by the part before the first separator, largest group first, groups of many
 * shown as `s3:* (163)`-like counts. `most` is how many entries the result may have; the last tells how many are left.
 */
export function summariseActions(actions: readonly string[], most: number): readonly string[] {
  if (actions.length <= most) return actions
  const groups = new Map<string, string[]>()
  for (const action of actions) {
    const group = /^[^:./]+[:./]/.exec(action)?.[0] ?? action
    const members = groups.get(group)
    if (members) members.push(action)
    else groups.set(group, [action])
  }
  const sorted = [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
  const shown = sorted.slice(0, sorted.length > most ? most - 1 : most)
  const entries = shown.map(([group, members]) =>
    members.length === 1 ? (members[0] ?? group) : `${group}… (${grouped(members.length)})`,
  )
  const left = sorted.slice(shown.length).reduce((n, [, members]) => n + members.length, 0)
  return left > 0 ? [...entries, `and ${grouped(left)} more`] : entries
}
