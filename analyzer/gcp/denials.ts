import type { Missing, PermissionUniverse, Reason } from '../../graph/index.ts'
import { isNonEmpty } from '../../graph/index.ts'
import type { Denial, Effect } from '../grants/model.ts'
import type { Meaning } from './meaning.ts'
import { asAllowMember, canonicalMember, parseMember } from './member.ts'
import type { Subject } from './policy/clause.ts'
import type { DenyRule } from './policy/deny.ts'
import { denies, namesPermission } from './policy/deny.ts'
import type { Formula } from './policy/formula.ts'
import { conditionLeft, missing, missingIn, not, or } from './policy/formula.ts'
import { printCel } from './policy/cel/print.ts'
import { requestScope } from './policy/request-scope.ts'
import type { DenyState, GcpState } from './state.ts'

/** The rules of deny policies, by what they are attached to. Tags are not imported: conditions on them are left. */
export class Denials {
  private readonly byScope = new Map<string, Denial[]>()

  constructor(state: GcpState, universe: PermissionUniverse, meaning: Meaning) {
    const subjects = new EstateSubjects(state, meaning)
    for (const deny of state.denies) {
      const list = this.byScope.get(deny.attachedTo) ?? []
      this.byScope.set(deny.attachedTo, list)
      if (deny.rules === null) list.push(ruleless(deny, universe))
      for (const [i, rule] of (deny.rules ?? []).entries()) {
        list.push(denialOf(rule, `rule ${i + 1} of ${policyName(deny)}`, deny, universe, subjects))
      }
    }
  }

  at(scopes: Iterable<string>): readonly Denial[] {
    if (this.byScope.size === 0) return []
    return [...scopes].flatMap((scope) => this.byScope.get(scope) ?? [])
  }
}

/** `denypolicies/d` of `policies/cloudresourcemanager.googleapis.com%2Fprojects%2F1/denypolicies/d`, and where it is. */
function policyName({ name, attachedTo }: DenyState): string {
  const id = name.slice(name.lastIndexOf('/') + 1)
  return `deny policy ${id} on ${attachedTo.replace('//cloudresourcemanager.googleapis.com/', '')}`
}

function ruleless(deny: DenyState, universe: PermissionUniverse): Denial {
  const what: Missing = { what: 'deny-policies', says: `the rules of ${policyName(deny)} were not imported` }
  return { actions: universe.all, missing: what, matches: () => true, touches: () => true }
}

function denialOf(
  rule: DenyRule,
  title: string,
  { at }: DenyState,
  universe: PermissionUniverse,
  subjects: EstateSubjects,
): Denial {
  const expanded = (list: readonly string[]): ReturnType<PermissionUniverse['expand']> =>
    list.reduce((set, pattern) => set.union(universe.expand(pattern)), universe.none)
  const reason: Reason = { layer: 'deny policy', effect: 'deny', says: `${title} denies it`, at }
  const scope = requestScope({ permission: '', attributes: new Map(), tags: null })
  const effects = new Map<number, Effect | null>()
  const effect = (principal: number): Effect | null => {
    const known = effects.get(principal)
    if (known !== undefined) return known
    const made = effectOf(denies(rule, subjects.of(principal), scope), reason)
    effects.set(principal, made)
    return made
  }
  const folded = {
    permissions: rule.permissions.map(lower),
    exceptPermissions: rule.exceptPermissions.map(lower),
  }
  return {
    actions: expanded(rule.permissions).minus(expanded(rule.exceptPermissions)),
    missing: { what: 'deny-policy', says: `whether ${title} denies it is not known` },
    matches: (action) => namesPermission(folded, action.toLowerCase()),
    touches: (principal) => effect(principal) !== null,
    effect,
  }
}

function lower(text: string): string {
  return text.toLowerCase()
}

/** What a formula of being denied does to an answer. */
export function effectOf(denied: Formula, reason: Reason): Effect | null {
  if (denied === true) return { kind: 'denies', reason }
  if (denied === false) return null
  const facts = missingIn(denied)
  if (isNonEmpty(facts)) return { kind: 'unknown', missing: facts }
  const free = not(denied)
  const expr = typeof free === 'boolean' ? undefined : conditionLeft(free)
  if (expr === undefined) return { kind: 'denies', reason }
  const raw = printCel(expr)
  return { kind: 'denies-unless', condition: { says: `condition: ${raw}`, raw }, reason }
}

/** Whom identifiers of deny policies mean among the principals of an estate. */
export class EstateSubjects {
  private readonly numbers: ReadonlyMap<string, number>
  private readonly meaning: Meaning

  constructor(state: GcpState, meaning: Meaning) {
    this.numbers = new Map(state.members.map((member, i) => [member, i]))
    this.meaning = meaning
  }

  of(principal: number): Subject {
    return {
      means: (identifier) => {
        const text = canonicalMember(asAllowMember(identifier))
        const number = this.numbers.get(text) ?? -1
        const holds =
          number < 0
            ? this.meaning.holdsAs(parseMember(text), text, number, principal)
            : this.meaning.holds(number, principal)
        return or(holds.map(({ doubt }) => (doubt === null ? true : missing(doubt.what, doubt.says))))
      },
    }
  }
}
