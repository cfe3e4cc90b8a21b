import { isWild, matches } from '../../../graph/index.ts'
import { push } from '../../multimap.ts'
import type { Estate } from '../evaluate/estate.ts'
import { listAt } from '../model/intern.ts'
import type { Lists } from '../state.ts'
import { NOT_ACTION } from '../state.ts'

/** Where things are held, and which action patterns there are: worked out once for all actions. */
export interface Containers {
  /** By statement, the documents that have it. */
  readonly documents: Lists
  /** By document, the layer sets that have it as identity policy. */
  readonly sets: Lists
  /** By text, the lists of patterns that it is in. */
  readonly lists: Lists
  /** By list of patterns, the statements of which it is the `Action`. */
  readonly statements: Lists
  /** Action patterns without wildcards, folded, and those with them, by service; `''`: those that may be about any. */
  readonly exact: ReadonlyMap<string, readonly number[]>
  readonly wild: ReadonlyMap<string, readonly number[]>
  /** Statements with `NotAction`. */
  readonly negated: readonly number[]
}

export function containersOf(estate: Estate): Containers {
  const { statements, documents, layerSets } = estate.state
  const count = statements.flags.length
  const single = Int32Array.from({ length: count + 1 }, (_, i) => i)
  const actions = new Int32Array(count).fill(-1)
  const negated: number[] = []
  for (let statement = 0; statement < count; statement++) {
    if (((statements.flags[statement] ?? 0) & NOT_ACTION) === 0)
      actions[statement] = statements.actions[statement] ?? -1
    else negated.push(statement)
  }
  const { exact, wild } = patterns(estate, actions)
  return {
    documents: inverted(documents.statements, count),
    sets: inverted(layerSets.identity, documents.single.length),
    lists: inverted(statements.lists, estate.state.texts.length),
    statements: inverted({ offsets: single, items: actions }, statements.lists.offsets.length - 1),
    exact,
    wild,
    negated,
  }
}

/** The statements about an action (folded), found by their action patterns: most statements are about other actions. */
export function statementsAbout(estate: Estate, containers: Containers, action: string): Int32Array {
  const { lists, statements, exact, wild, negated } = containers
  const { actions, lists: patterns } = estate.state.statements
  const isHit = (text: number) => matches(estate.foldedText(text), action)
  const hits = new Set<number>()
  for (const text of exact.get(action) ?? []) addAll(hits, lists, text)
  for (const service of [serviceOf(action), ''])
    for (const text of wild.get(service) ?? []) if (isHit(text)) addAll(hits, lists, text)
  const found = new Set(negated.filter((s) => !listAt(patterns, actions[s] ?? -1).some(isHit)))
  for (const list of hits) addAll(found, statements, list)
  return Int32Array.from(found).sort()
}

function addAll(found: Set<number>, { offsets, items }: Lists, list: number): void {
  const end = offsets[list + 1] ?? 0
  for (let i = offsets[list] ?? 0; i < end; i++) found.add(items[i] ?? -1)
}

/** The texts of the lists, by whether they name one action or several. */
function patterns(estate: Estate, actions: Int32Array): Pick<Containers, 'exact' | 'wild'> {
  const { lists } = estate.state.statements
  const exact = new Map<string, number[]>()
  const wild = new Map<string, number[]>()
  const seen = new Uint8Array(estate.state.texts.length)
  for (const list of new Set(actions)) {
    for (let i = lists.offsets[list] ?? 0; i < (lists.offsets[list + 1] ?? 0); i++) {
      const text = lists.items[i] ?? 0
      if (seen[text] === 1) continue
      seen[text] = 1
      const folded = estate.foldedText(text)
      if (isWild(folded)) push(wild, serviceOf(folded), text)
      else push(exact, folded, text)
    }
  }
  return { exact, wild }
}

/** The service that an action pattern names; `''`: it has none, or one with wildcards. */
function serviceOf(pattern: string): string {
  const service = pattern.slice(0, Math.max(0, pattern.indexOf(':')))
  return isWild(service) ? '' : service
}

/** For each of `count` items, the lists that it is in, in their order and each once; items below 0 are left out. */
export function inverted({ offsets, items }: Lists, count: number): Lists {
  const lists = offsets.length - 1
  const last = new Int32Array(count)
  const starts = new Int32Array(count + 1)
  const visit = (take: (item: number, list: number) => void) => {
    last.fill(-1)
    for (let list = 0; list < lists; list++) {
      const end = offsets[list + 1] ?? 0
      for (let i = offsets[list] ?? 0; i < end; i++) {
        const item = items[i] ?? -1
        if (item < 0 || last[item] === list) continue
        last[item] = list
        take(item, list)
      }
    }
  }
  visit((item) => {
    starts[item + 1] = (starts[item + 1] ?? 0) + 1
  })
  for (let i = 0; i < count; i++) starts[i + 1] = (starts[i + 1] ?? 0) + (starts[i] ?? 0)
  const next = starts.slice()
  const found = new Int32Array(starts[count] ?? 0)
  visit((item, list) => {
    const at = next[item] ?? 0
    found[at] = list
    next[item] = at + 1
  })
  return { offsets: starts, items: found }
}
