import {
  type Derivation,
  type Evidence,
  type Finding,
  type NonEmpty,
  type Remedy,
  SEVERITIES,
  type Severity,
  contentHash,
  isNonEmpty,
} from '../../graph/index.ts'
import type { Case, FindingContext, FindingRule } from './rule.ts'

/** A finding shows so many pieces of evidence and remedies; how many more there are is said. */
const MOST_PARTS = 10

/** The findings of one rule: cases of the same subject and discriminator become one. */
export function findingsOf(rule: FindingRule, context: FindingContext): Finding[] {
  const groups = new Map<string, [Case, ...Case[]]>()
  for (const part of rule.cases(context)) {
    const key = JSON.stringify([part.subject, part.discriminator])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [part])
    else group.push(part)
  }
  return [...groups.values()].map((cases) => merged(rule, cases, context))
}

/** First 16 hex digits of the SHA-256 of rule, subject and discriminator: the same in every snapshot. */
function findingId(rule: FindingRule, part: Case): string {
  return contentHash(JSON.stringify([rule.id, part.subject, part.discriminator])).slice(0, 16)
}

function merged(rule: FindingRule, given: NonEmpty<Case>, context: FindingContext): Finding {
  // Certain parts first: the finding stands on them, and nothing needs to be assumed when there is one.
  const sorted = given.length === 1 ? given : inOrder(given)
  const cases = isNonEmpty(sorted) ? sorted : given
  const [first] = cases
  const certain = first.assumes.length === 0
  return {
    id: findingId(rule, first),
    rule: rule.id,
    title: rule.title,
    severity: cases.map((part) => part.severity ?? rule.severity).reduce(worse),
    subject: first.subject,
    scope: first.scope,
    says: rule.says(cases, context),
    confidence: certain ? 'certain' : 'assumed',
    assumes: certain ? [] : [...new Set(cases.flatMap((part) => part.assumes))],
    evidence: evidenceOf(cases),
    remedy: remedyOf(cases.map((part) => part.remedy)),
  }
}

function inOrder(given: readonly Case[]): readonly Case[] {
  const keyed = given.map((part) => ({
    part,
    doubt: part.assumes.length > 0 ? 1 : 0,
    key: JSON.stringify([part.detail, part.remedy.text, part.evidence.map(keyOf)]),
  }))
  keyed.sort((a, b) => a.doubt - b.doubt || (a.key === b.key ? 0 : a.key < b.key ? -1 : 1))
  return keyed.map(({ part }) => part)
}

/** The graver of two severities. */
export function worse(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b
}

function evidenceOf(cases: NonEmpty<Case>): Evidence {
  if (cases.length === 1 && cases[0].evidence.length === 1) return cases[0].evidence
  const unique = new Map<string, Derivation>()
  for (const part of cases) for (const item of part.evidence) unique.set(keyOf(item), item)
  const list = [...unique.values()].slice(0, MOST_PARTS)
  return isNonEmpty(list) ? list : cases[0].evidence
}

function keyOf(item: Derivation): string {
  if (item.type === 'observed') return JSON.stringify([item.at.source, item.at.pointer, item.says])
  return JSON.stringify([item.rule, item.says, item.from.map(keyOf)])
}

/** All of them, one after the other: ending one part leaves the finding standing. */
function remedyOf(given: readonly Remedy[]): Remedy {
  const unique = [...new Map(given.map((remedy) => [remedy.text, remedy])).values()]
  const [first, ...others] = unique
  if (first === undefined || others.length === 0) return first ?? { says: '', format: 'command', text: '' }
  const shown = unique.slice(0, MOST_PARTS)
  const format = shown.every((remedy) => remedy.format === first.format) ? first.format : 'command'
  const texts = shown.map((remedy) => (remedy.format === format ? remedy.text : commented(remedy.text)))
  const more = unique.length - shown.length
  const told = [...new Set(shown.map((remedy) => remedy.says))]
  const says =
    told.length === 1 ? first.says : `${unique.length} changes, all of them needed: ${told.join('; ')}`
  return {
    says: more === 0 ? says : `${says}; and ${more} more of the same kind, shown once these are made`,
    format,
    text: texts.join('\n\n'),
  }
}

/** A diff among commands: readable, and harmless when the text is pasted into a shell. */
function commented(text: string): string {
  return text
    .split('\n')
    .map((line) => `# ${line}`)
    .join('\n')
}
