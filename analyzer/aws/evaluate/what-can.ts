import type { Answer, PermissionUniverse, Privilege, Residual } from '../../../graph/index.ts'
import { isNonEmpty, isWild, PermissionSet } from '../../../graph/index.ts'
import { listAt } from '../model/intern.ts'
import { ALLOW, NOT_ACTION, NOT_RESOURCE, type Control } from '../state.ts'
import { isWildcardOnly, underResourceControl } from '../universe/universe.ts'
import type { Estate } from './estate.ts'
import { explain } from './explain.ts'
import { LayerReader } from './layers.ts'
import { ActionSets } from './action-sets.ts'
import { Request } from './request.ts'
import { hidesOwner, ignoresTags } from './resource-keys.ts'
import { isThrough, PRINCIPAL_SIDE, resourceSide, type ResourceSide } from './resource-side.ts'

/**
 * What a principal may do on one resource. Actions that the same statements are about have the same answer, so the
 * universe is split by the statements' action lists, and one action of each part is asked for all.
 */
export function whatCanOn(
  estate: Estate,
  universe: PermissionUniverse,
  principal: number,
  resource: string,
): readonly Privilege[] {
  const uses = usesOf(estate, principal)
  const side = resourceSide(estate, '', resource)
  const trust = resourceSide(estate, 'sts:assumerole', resource)
  const statements = statementsOf(estate, [...uses, ...sideUses(side), trust.policy])
  const sets = new ActionSets(estate, universe)
  const within = candidates(estate, universe, sets, principal, side, trust)
  const parts = split(estate, universe, sets, within, statements, resource)
  const answer = (action: string) =>
    explain(new LayerReader(new Request(estate, action, resource)), principal)
  return privileges(estate, universe, [resource], parts, statements, answer)
}

/** The policy of a resource, shares, the grants of a KMS key, a bucket's access control list, what restricts a public bucket. */
function sideUses(side: ResourceSide): readonly number[] {
  const { policy, grants, acl, openAcl, shares, openShares, restrictions } = side
  return [policy, ...grants, ...acl, ...openAcl, ...shares, ...openShares, ...restrictions]
}

/** The actions that something could allow: what the allowing statements name, or everything when a fact is missing. */
function candidates(
  estate: Estate,
  universe: PermissionUniverse,
  sets: ActionSets,
  principal: number,
  side: ResourceSide,
  trust: ResourceSide,
): PermissionSet {
  const { principals, layerSets } = estate.state
  const lost = listAt(layerSets.missing, estate.layerSet(principal)).length > 0
  const unsure = [side, trust].some((s) => s.missing.length + s.unevaluated.length + s.unlisted.length > 0)
  if (lost || unsure) return universe.all
  const uses = [...listAt(principals.identity, principal), ...sideUses(side), trust.policy]
  const words = universe.expand('sts:GetCallerIdentity').words.slice()
  for (const statement of statementsOf(estate, uses)) {
    if ((estate.flags(statement) & ALLOW) === 0) continue
    const set = sets.of(statement)
    for (let i = 0; i < words.length; i++) words[i] = (words[i] ?? 0) | (set.words[i] ?? 0)
  }
  return new PermissionSet(universe.size, words)
}

/**
 * What a principal's own policies give it, by the resource patterns that they name; within its boundary and the
 * control policies. The other side is not consulted: where a resource policy must agree, that is a condition.
 */
export function whatCan(
  estate: Estate,
  universe: PermissionUniverse,
  principal: number,
): readonly Privilege[] {
  const { statements } = estate.state
  const uses = usesOf(estate, principal)
  const all = statementsOf(estate, uses)
  const identity = statementsOf(estate, listAt(estate.state.principals.identity, principal))
  const byPattern = new Map<string, number[]>()
  for (const statement of identity) {
    const flags = estate.flags(statement)
    if ((flags & ALLOW) === 0) continue
    const list = statements.resources[statement] ?? -1
    const patterns =
      (flags & NOT_RESOURCE) !== 0 || list < 0
        ? ['*']
        : Array.from(listAt(statements.lists, list), (text) => estate.text(text))
    for (const pattern of patterns) {
      const known = byPattern.get(pattern)
      if (known === undefined) byPattern.set(pattern, [statement])
      else known.push(statement)
    }
  }
  const sets = new ActionSets(estate, universe)
  const rows: Privilege[] = []
  for (const [pattern, own] of byPattern) {
    // Variables stand for themselves in the pattern's text, so every pattern covers itself.
    const within = own.reduce((sum, statement) => sum.union(sets.of(statement)), universe.none)
    const parts = split(estate, universe, sets, within, all, pattern)
    const answer = (action: string) => ownAnswer(estate, principal, action, pattern)
    rows.push(...privileges(estate, universe, [pattern], parts, own, answer))
  }
  return merged(rows)
}

/** The answer of the principal's side, with what the resource's side must add as a condition. */
function ownAnswer(estate: Estate, principal: number, action: string, pattern: string): Answer {
  const real = resourceSide(estate, action.toLowerCase(), pattern)
  const own = estate.accountOfPrincipal(principal)
  const foreign = real.owner === 'other' || (real.owner === 'account' && real.account !== own)
  const answer = explain(
    new LayerReader(new Request(estate, action, pattern), false, PRINCIPAL_SIDE),
    principal,
  )
  if (answer.decision === 'denied' || (!foreign && !real.required)) return answer
  const says = foreign
    ? 'a resource policy in the other account allows it'
    : `the ${pattern.includes(':role/') ? 'trust' : 'key'} policy of the resource allows it`
  const condition: Residual = { says }
  if (answer.decision === 'allowed') {
    return { decision: 'allowed-if', conditions: [condition], because: answer.because }
  }
  if (answer.decision === 'allowed-if') {
    return { ...answer, conditions: [...answer.conditions, condition] }
  }
  const otherwise = answer.otherwise === 'allowed' ? 'allowed-if' : answer.otherwise
  return { ...answer, otherwise, conditions: [...answer.conditions, condition] }
}

/** Every policy that has a say on the principal's side. */
function usesOf(estate: Estate, principal: number): readonly number[] {
  const { principals, accounts } = estate.state
  const account = accounts[estate.accountOfPrincipal(principal)]
  const levels = (control: Control | undefined) =>
    control?.status === 'known' ? control.levels.flatMap((level) => level.uses) : []
  // Resource control policies of other accounts split no action apart that their services do not (see `split`).
  const rcps = accounts.flatMap((other) => levels(other.rcps))
  return [
    ...listAt(principals.identity, principal),
    principals.boundary[principal] ?? -1,
    ...levels(account?.scps),
    ...new Set(rcps),
  ]
}

function statementsOf(estate: Estate, uses: Iterable<number>): readonly number[] {
  const found = new Set<number>()
  for (const use of uses) {
    if (use < 0) continue
    for (const statement of estate.statementsOf(estate.state.uses.documents[use] ?? -1)) found.add(statement)
  }
  return [...found]
}

/** Splits actions into parts that every statement, and every rule about single actions, treats alike. */
function split(
  estate: Estate,
  universe: PermissionUniverse,
  sets: ActionSets,
  within: PermissionSet,
  statements: readonly number[],
  resource: string,
): readonly (readonly number[])[] {
  const actions = Uint32Array.from(within.indexes())
  const distinct = new Map<number, PermissionSet>()
  for (const statement of statements) {
    // Complements split alike, so that one set for each list is enough.
    const list = estate.state.statements.actions[statement] ?? -1
    if (!distinct.has(list)) distinct.set(list, sets.of(statement))
  }
  let classes = new Int32Array(actions.length)
  let count = 1
  const refine = ({ words }: PermissionSet) => {
    const renamed = new Int32Array(count * 2).fill(-1)
    const next = new Int32Array(actions.length)
    let names = 0
    for (let i = 0; i < actions.length; i++) {
      const action = actions[i] ?? 0
      const key = (classes[i] ?? 0) * 2 + (((words[action >>> 5] ?? 0) >>> (action & 31)) & 1)
      let name = renamed[key] ?? -1
      if (name < 0) {
        name = names++
        renamed[key] = name
      }
      next[i] = name
    }
    classes = next
    count = names
  }
  for (const set of distinct.values()) refine(set)
  for (const set of ruleSets(universe, resource === '*')) refine(set)
  if (resource.includes(':accesspoint/')) refine(actionsWhere(universe, isThrough))
  const parts: number[][] = Array.from({ length: actions.length === 0 ? 0 : count }, () => [])
  for (let i = 0; i < actions.length; i++) parts[classes[i] ?? 0]?.push(actions[i] ?? 0)
  return parts
}

/** Actions for which a rule of the evaluation looks at the action itself. */
function ruleSets(universe: PermissionUniverse, wildcard: boolean): readonly PermissionSet[] {
  let known = RULE_SETS.get(universe)
  if (known === undefined) {
    const where = (test: (folded: string) => boolean) => actionsWhere(universe, test)
    known = [
      universe.expand('sts:*'),
      universe.expand('sts:GetCallerIdentity'),
      where(underResourceControl),
      where(hidesOwner),
      where(ignoresTags),
      where(isWildcardOnly),
    ]
    RULE_SETS.set(universe, known)
  }
  return wildcard ? known : known.slice(0, -1)
}

function actionsWhere(universe: PermissionUniverse, test: (folded: string) => boolean): PermissionSet {
  const indexes = universe.names.flatMap((name, i) => (test(name.toLowerCase()) ? [i] : []))
  return PermissionSet.of(universe.size, indexes)
}

const RULE_SETS = new WeakMap<PermissionUniverse, readonly PermissionSet[]>()

function privileges(
  estate: Estate,
  universe: PermissionUniverse,
  resources: readonly [string, ...string[]],
  parts: readonly (readonly number[])[],
  statements: readonly number[],
  answer: (action: string) => Answer,
): readonly Privilege[] {
  const rows: Privilege[] = []
  const add = (actions: PermissionSet, unlisted: readonly string[], given: Answer) => {
    if (given.decision === 'denied' || !isNonEmpty(given.because)) return
    const conditions = given.decision === 'allowed' ? [] : given.conditions
    const { decision, because } = given
    rows.push({ resources, actions, unlisted, decision, conditions, because })
  }
  for (const part of parts) {
    const [first] = part
    if (first === undefined) continue
    add(PermissionSet.of(universe.size, part), [], answer(universe.names[first] ?? ''))
  }
  for (const pattern of unlisted(estate, universe, statements)) {
    add(universe.none, [pattern], answer(pattern))
  }
  return rows
}

/** Patterns of allowing statements that no known action matches. */
function unlisted(
  estate: Estate,
  universe: PermissionUniverse,
  statements: readonly number[],
): Iterable<string> {
  const found = new Map<string, string>()
  const { statements: columns } = estate.state
  for (const statement of statements) {
    const flags = estate.flags(statement)
    if ((flags & ALLOW) === 0 || (flags & NOT_ACTION) !== 0) continue
    for (const text of listAt(columns.lists, columns.actions[statement] ?? -1)) {
      const pattern = estate.foldedText(text)
      if (!isWild(pattern) || !universe.expand(pattern).isEmpty || found.has(pattern)) continue
      found.set(pattern, estate.text(text))
    }
  }
  return found.values()
}

/** Joins rows that differ in their resources alone. */
function merged(rows: readonly Privilege[]): readonly Privilege[] {
  const groups = new Map<string, Privilege>()
  for (const row of rows) {
    const key = JSON.stringify([
      [...row.actions.words],
      row.unlisted,
      row.decision,
      row.conditions.map((c) => c.says),
      row.because,
    ])
    const known = groups.get(key)
    groups.set(
      key,
      known === undefined ? row : { ...known, resources: [...known.resources, ...row.resources] },
    )
  }
  return [...groups.values()]
}
