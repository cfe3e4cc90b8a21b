import { NOBODY } from './action-memo.ts'
import type { Answer, NodeId, WhoCanRow } from '../../../graph/index.ts'
import { isNonEmpty } from '../../../graph/index.ts'
import { lastStep } from '../model/arn.ts'
import { ROLE } from '../state.ts'
import type { Estate } from './estate.ts'
import { explain } from './explain.ts'
import { LayerReader } from './layers.ts'
import { Request } from './request.ts'
import { FALSE } from './truth.ts'
import { decide } from './verdict.ts'

/**
 * Everyone who may, in groups of one answer. A layer set is judged once for all of its members, but those that the
 * resource policy names, and sets whose policies tell their members apart, are judged one by one. The proof of a group
 * is that of its first member, worked out when it is read.
 */
export function whoCan(estate: Estate, action: string, resource: string): readonly WhoCanRow[] {
  const reader = new LayerReader(new Request(estate, action, resource, { whole: true }), true)
  const rows: WhoCanRow[] = []
  for (const members of allowedGroups(estate, reader)) {
    const [first] = members
    const principals = members.map((p) => estate.nodeOf(p))
    if (first !== undefined && isNonEmpty(principals))
      rows.push(row(principals, () => explain(reader, first)))
  }
  return rows
}

/** Groups of principals (indexes) that may, with one answer each. */
export function* allowedGroups(estate: Estate, reader: LayerReader): Generator<readonly number[]> {
  if (reader.request.action === 'sts:getcalleridentity') {
    yield estate.state.principals.arns.map((_, p) => p)
    return
  }
  const named = namedPrincipals(estate, reader)
  const count = estate.state.layerSets.account.length
  for (let set = 0; set < count; set++) {
    const members = estate.membersOf(set)
    const apart = named.size === 0 ? [] : Array.from(members).filter((p) => named.has(p))
    const rest = apart.length === 0 ? members : members.filter((p) => !named.has(p))
    const layers = rest.length > 0 && reader.isPossible(set) ? reader.layers(set, NOBODY) : undefined
    const possible = layers !== undefined && decide(layers, true) !== FALSE
    if (possible && !layers.depends) yield Array.from(rest)
    const single = possible && layers.depends ? [...apart, ...rest] : apart
    if (single.length > 0) yield* oneByOne(reader, set, single)
  }
}

function* oneByOne(
  reader: LayerReader,
  set: number,
  members: readonly number[],
): Generator<readonly number[]> {
  const groups = new Map<string, number[]>()
  for (const p of members) {
    const trace: string[] = []
    if (decide(reader.layers(set, p, trace), true) === FALSE) continue
    const key = `${reader.request.estate.identity(p).kind} ${trace.join()}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [p])
    else group.push(p)
  }
  yield* groups.values()
}

/** The principals of the estate that the resource policy names one by one. */
export function namedPrincipals(estate: Estate, reader: LayerReader): ReadonlySet<number> {
  const named = new Set<number>()
  const { uses, principals } = estate.state
  const { policy, grants, shares, openShares } = reader.side
  const all = [...(policy < 0 ? [] : [policy]), ...grants, ...shares, ...openShares]
  if (all.length === 0) return named
  const ids = new Set<string>()
  const sessions = new Set<string>()
  for (const statement of all.flatMap((use) => [...estate.statementsOf(uses.documents[use] ?? -1)])) {
    const element = estate.element(statement)
    for (const name of element?.named ?? []) {
      const p = estate.principalIndex(name)
      if (p >= 0) named.add(p)
      else if (!name.startsWith('arn:')) ids.add(name)
    }
    for (const role of element?.sessions.keys() ?? []) sessions.add(role)
  }
  if (ids.size > 0) {
    for (const [p, id] of principals.uniqueIds.entries()) if (ids.has(id)) named.add(p)
  }
  if (sessions.size > 0) {
    for (const [p, arn] of principals.arns.entries()) {
      if (principals.kinds[p] !== ROLE) continue
      const account = estate.state.accounts[estate.accountOfPrincipal(p)]?.id ?? ''
      if (sessions.has(`${account}/${lastStep(arn)}`)) named.add(p)
    }
  }
  return named
}

/** A row whose answer is worked out when it is read, and then kept. */
function row(principals: readonly [NodeId, ...NodeId[]], answer: () => Answer): WhoCanRow {
  let known: Answer | undefined
  return {
    principals,
    get answer() {
      return (known ??= answer())
    },
  }
}
