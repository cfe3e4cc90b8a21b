import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { simulateAzure } from '../../analyzer/azure/simulate/simulate.ts'
import type { SimulatedDecision } from '../../analyzer/simulation.ts'
import { isBadRequest } from '../../analyzer/simulation.ts'
import type { Json, JsonObject } from '../../graph/index.ts'
import { conditionText } from '../generate/azure-conditions.ts'
import type { AzureWorld } from '../generate/azure-questions.ts'
import { assignment, denial, lineOf, request, world } from '../generate/azure-questions.ts'
import { decideSlowly } from '../reference/azure-simulate/decide.ts'

/** Cases in all; `GOMEISA_AZURE_CASES=500000` for a long campaign, `GOMEISA_AZURE_SEED` for another one. */
const CASES = Number(process.env['GOMEISA_AZURE_CASES'] ?? 20_000)
const SEED = Number(process.env['GOMEISA_AZURE_SEED'] ?? 20_261_122)
const EACH = 20
/** A law is tried on a tenth of the cases. */
const LAW = { numRuns: Math.ceil(CASES / 10), seed: SEED }
/** Milliseconds: the machine may be busy. */
const SLOW = 120_000 + CASES * 10

function answer(line: JsonObject): SimulatedDecision {
  const outcome = simulateAzure(line)
  if (isBadRequest(outcome)) throw new Error(`${outcome.pointer} ${outcome.wrong}`)
  return outcome
}

/** The failing line alone: fast-check would print every line of the case. */
function reporter<T>(run: fc.RunDetails<T>): void {
  if (run.failed)
    throw new Error(`seed ${run.seed}, path ${run.counterexamplePath ?? ''}: ${String(run.errorInstance)}`)
}

/** How much access an answer gives: an unknown or conditional one lies between both extremes. */
function bounds({ decision }: SimulatedDecision): readonly [least: number, most: number] {
  if (decision === 'allowed') return [1, 1]
  return decision.startsWith('denied') ? [0, 0] : [0, 1]
}

/** Tries a law on pairs of lines: what was, and what is after a change. */
function law(
  change: fc.Arbitrary<(policies: AzureWorld, question: JsonObject) => readonly [AzureWorld, JsonObject]>,
  holds: (was: SimulatedDecision, is: SimulatedDecision) => boolean,
): void {
  fc.assert(
    fc.property(world, request, change, (policies, question, changed) => {
      const before = lineOf(policies, question)
      const after = lineOf(...changed(policies, question))
      const was = answer(before)
      const is = answer(after)
      if (!holds(was, is))
        throw new Error(
          `${was.decision} became ${is.decision}\n${JSON.stringify(before)}\n${JSON.stringify(after)}`,
        )
    }),
    { ...LAW, reporter },
  )
}

const noMore = (was: SimulatedDecision, is: SimulatedDecision): boolean =>
  bounds(is)[0] <= bounds(was)[0] && bounds(is)[1] <= bounds(was)[1]
const noLess = (was: SimulatedDecision, is: SimulatedDecision): boolean => noMore(is, was)
const same = (was: SimulatedDecision, is: SimulatedDecision): boolean => was.decision === is.decision

describe('simulate azure on random policies', () => {
  it(
    'decides as the reference does',
    () => {
      const seen = new Map<string, number>()
      const questions = fc.array(request, { minLength: EACH, maxLength: EACH })
      fc.assert(
        fc.property(world, questions, (policies, questions) => {
          for (const question of questions) {
            const line = lineOf(policies, question)
            const is = answer(line)
            const expected = decideSlowly(line)
            seen.set(expected, (seen.get(expected) ?? 0) + 1)
            if (is.decision === expected) continue
            const says = `${is.decision} instead of ${expected}`
            throw new Error(`${says}\n${JSON.stringify(line)}\n${JSON.stringify(is)}`)
          }
        }),
        { numRuns: Math.ceil(CASES / EACH), seed: SEED, reporter },
      )
      // A comparison that only ever saw one answer would prove little.
      for (const word of ['allowed', 'conditional', 'denied-explicit', 'denied-implicit', 'unknown'])
        expect(seen.get(word) ?? 0, word).toBeGreaterThan(CASES / 100)
    },
    SLOW,
  )

  it(
    'never gives more by one more deny assignment',
    () => {
      law(
        denial.map((deny) => (policies, question) => [
          { ...policies, denyAssignments: [...policies.denyAssignments, deny] },
          question,
        ]),
        noMore,
      )
    },
    SLOW,
  )

  it(
    'never gives less by one more role assignment',
    () => {
      law(
        assignment.map((grant) => (policies, question) => [
          { ...policies, roleAssignments: [...policies.roleAssignments, grant] },
          question,
        ]),
        noLess,
      )
    },
    SLOW,
  )

  it(
    'never gives more by a condition on what has none',
    () => {
      law(
        conditionText.map((condition) => (policies, question) => [
          {
            ...policies,
            roleAssignments: policies.roleAssignments.map((grant) => conditioned(grant, condition)),
          },
          question,
        ]),
        noMore,
      )
    },
    SLOW,
  )

  it(
    'never gives less below when an assignment moves up',
    () => {
      law(
        fc.constant((policies, question) => [
          { ...policies, roleAssignments: policies.roleAssignments.map((grant) => at(grant, '/')) },
          question,
        ]),
        noLess,
      )
    },
    SLOW,
  )

  it(
    'knows no letter case in scopes, actions, patterns and ids',
    () => {
      const shouting = (policies: AzureWorld, question: JsonObject): readonly [AzureWorld, JsonObject] => [
        folded({ ...policies }) as unknown as AzureWorld,
        { ...question, action: upper(question['action']), scope: upper(question['scope']) },
      ]
      law(fc.constant(shouting), same)
    },
    SLOW,
  )

  it(
    'follows nested groups as their transitive closure, cycles included',
    () => {
      law(
        fc.constant((policies, question) => [policies, { ...question, ...closed(question) }]),
        same,
      )
    },
    SLOW,
  )

  it(
    'lies between both extremes where an attribute is not told',
    () => {
      law(
        fc.constant((policies, question) => [policies, { ...question, attributes: {}, context: {} }]),
        // What is told is one of the worlds that are possible when it is not.
        (was, is) => bounds(is)[0] <= bounds(was)[0] && bounds(is)[1] >= bounds(was)[1],
      )
    },
    SLOW,
  )
})

/** The members of a document, wherever they stand. */
function withMembers(document: JsonObject, change: (members: JsonObject) => JsonObject): JsonObject {
  const inner = document['properties'] as JsonObject | undefined
  return inner === undefined ? change(document) : { ...document, properties: change(inner) }
}

function conditioned(grant: JsonObject, condition: string): JsonObject {
  return withMembers(grant, (members) =>
    typeof members['condition'] === 'string' && members['condition'] !== ''
      ? members
      : { ...members, condition },
  )
}

function at(grant: JsonObject, scope: string): JsonObject {
  return withMembers(grant, (members) => ({ ...members, scope }))
}

const upper = (value: Json | undefined): string => (typeof value === 'string' ? value.toUpperCase() : '')
const FOLDED = [
  'actions',
  'notActions',
  'dataActions',
  'notDataActions',
  'scope',
  'principalId',
  'roleDefinitionId',
]

/** Every name that ARM compares without letter case in capital letters, conditions as they are. */
function folded(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => folded(item as Json))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (inner === undefined || !FOLDED.includes(key))
        return [key, inner === undefined ? inner : folded(inner)]
      return [key, Array.isArray(inner) ? inner.map((item) => upper(item as Json)) : upper(inner)]
    }),
  )
}

/** The groups that listings come to, found one by one. */
function closed(question: JsonObject): JsonObject {
  const groups = question['groups'] as readonly Json[] | undefined
  if (groups === undefined) return {}
  const listings = groups.filter((group) => typeof group === 'object') as unknown as readonly {
    id: string
    members: string[]
  }[]
  const who = question['principal'] as string | { id: string }
  const inside = new Set<string>(groups.filter((group) => typeof group === 'string'))
  const isIn = (member: string): boolean =>
    inside.has(member) || member === (typeof who === 'string' ? who : who.id)
  for (let i = 0; i <= listings.length; i++)
    for (const { id, members } of listings) if (members.some(isIn)) inside.add(id)
  return { groups: [...inside] }
}
