import { GomeisaError, type Json } from '../graph/index.ts'
import { requirement } from './ask/requirement.ts'
import type { Decider } from './decide.ts'
import { missingFrom } from './explain.ts'
import { Fields, readCatalogue, type Catalogue } from './model/catalogue.ts'
import { DEVICE_LEVELS, MOST_APPROVALS, NO_EVIDENCE, PRESENCES, type Evidence } from './model/evidence.ts'
import type { Ask } from './model/request.ts'

/** A decision that a policy set is expected to make. */
export interface PolicyCase {
  readonly name: string
  readonly ask: Ask
  readonly evidence: Evidence
  /** The person who approves; then the case is about `approve` and `evidence` is theirs. */
  readonly approver: string | undefined
  readonly expect: Expectation
}

export interface Expectation {
  readonly decision?: 'allow' | 'deny'
  /** Ids, in any order. */
  readonly because?: readonly string[]
  /** Least ways in words, each a list of what it takes, easiest first; `[]`: nothing will do. */
  readonly ways?: readonly (readonly string[])[]
  readonly breakGlass?: readonly (readonly string[])[]
}

export interface CaseResult {
  readonly name: string
  readonly passed: boolean
  /** What was expected and what came, for each thing that differs. */
  readonly differs: readonly { readonly what: string; readonly expected: Json; readonly found: Json }[]
}

/** Cases as data: `{people, entitlements, cases}`. Throws as `readCatalogue` does, and `NOT_FOUND` for a name of nobody. */
export function readCases(json: Json, file: string): readonly PolicyCase[] {
  const from = new Fields(json, file, '')
  from.only(['people', 'entitlements', 'cases'])
  const catalogue = readCatalogue(json, file)
  return from.list('cases').map((each): PolicyCase => {
    each.only(['name', 'ask', 'evidence', 'approver', 'expect'])
    const approver = each.has('approver') ? personOf(catalogue, each.string('approver')).id : undefined
    return {
      name: each.string('name'),
      ask: readAsk(each.object('ask'), catalogue),
      evidence: each.has('evidence') ? readEvidence(each.object('evidence')) : NO_EVIDENCE,
      approver,
      expect: readExpectation(each.object('expect')),
    }
  })
}

/** Asks the set every case. `catalogue` is where approvers come from. */
export function runCases(
  decider: Decider,
  cases: readonly PolicyCase[],
  catalogue: Catalogue,
): readonly CaseResult[] {
  return cases.map(({ name, ask, evidence, approver, expect }) => {
    const decided =
      approver === undefined
        ? decider.decide(ask, evidence)
        : decider.decideApproval({
            approver: personOf(catalogue, approver),
            requester: ask.person,
            entitlement: ask.entitlement,
            evidence,
          })
    const needs = expect.ways || expect.breakGlass ? requirement(decider, ask) : undefined
    const inWords = (ways: readonly { readonly evidence: Evidence }[] | undefined) =>
      (ways ?? []).map((way) => missingFrom(NO_EVIDENCE, way.evidence))
    const rows: readonly (readonly [string, Json | undefined, Json])[] = [
      ['decision', expect.decision, decided.decision],
      ['because', expect.because && [...expect.because].sort(), decided.because],
      ['ways', expect.ways, inWords(needs?.ways)],
      ['breakGlass', expect.breakGlass, inWords(needs?.breakGlass)],
    ]
    const differs = rows.flatMap(([what, expected, found]) =>
      expected === undefined || JSON.stringify(expected) === JSON.stringify(found)
        ? []
        : [{ what, expected, found }],
    )
    return { name, passed: differs.length === 0, differs }
  })
}

/** `{person, entitlement, durationSeconds, reason, ticket, now}`; an hour, without reason or ticket unless said. */
function readAsk(from: Fields, catalogue: Catalogue): Ask {
  from.only(['person', 'entitlement', 'durationSeconds', 'reason', 'ticket', 'now'])
  return {
    person: personOf(catalogue, from.string('person')),
    entitlement: entitlementOf(catalogue, from.string('entitlement')),
    durationSeconds: from.number('durationSeconds', LONGEST, HOUR),
    reason: from.boolean('reason', false),
    ticket: from.boolean('ticket', false),
    now: from.has('now') ? from.string('now') : ANY_DAY,
  }
}

/** Evidence as somebody wrote it; `from` is for messages only. Throws `INPUT_SHAPE`. */
export function readGivenEvidence(json: Json, from: string): Evidence {
  return readEvidence(new Fields(json, from, ''))
}

/** What is not said has not been shown. */
function readEvidence(from: Fields): Evidence {
  from.only(['device', 'presence', 'phone', 'proximity', 'approvals', 'quorums', 'breakGlass'])
  return {
    device: from.word('device', DEVICE_LEVELS, 'none'),
    presence: from.word('presence', PRESENCES, 'none'),
    phone: from.boolean('phone', false),
    proximity: from.boolean('proximity', false),
    approvals: from.number('approvals', MOST_APPROVALS, 0),
    quorums: from.strings('quorums'),
    breakGlass: from.boolean('breakGlass', false),
  }
}

export function personOf({ people }: Catalogue, id: string): Ask['person'] {
  return people.find((each) => each.id === id) ?? nobody('person', id, people)
}

export function entitlementOf({ entitlements }: Catalogue, id: string): Ask['entitlement'] {
  return entitlements.find((each) => each.id === id) ?? nobody('entitlement', id, entitlements)
}

function readExpectation(from: Fields): Expectation {
  from.only(['decision', 'because', 'ways', 'breakGlass'])
  return {
    ...(from.has('decision') && { decision: from.word('decision', ['allow', 'deny']) }),
    ...(from.has('because') && { because: from.strings('because') }),
    ...(from.has('ways') && { ways: from.stringLists('ways') }),
    ...(from.has('breakGlass') && { breakGlass: from.stringLists('breakGlass') }),
  }
}

function nobody(what: string, id: string, known: readonly { readonly id: string }[]): never {
  const word = id.toLowerCase()
  const near = known.filter((each) => each.id.toLowerCase().includes(word)).slice(0, 10)
  throw new GomeisaError('NOT_FOUND', `the catalogue has no ${what} \`${id}\``, {
    remedy: 'name one of its ids',
    candidates: (near.length > 0 ? near : known.slice(0, 10)).map((each) => each.id),
  })
}

const HOUR = 3600
const LONGEST = 366 * 24 * HOUR
/** A weekday at noon, where a case does not look at the time. */
const ANY_DAY = '2026-01-07T12:00:00Z'
