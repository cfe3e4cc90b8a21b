import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Simulator } from '../../analyzer/aws/simulate/simulator.ts'
import { askEngine } from '../reference/aws-simulate/compare.ts'
import { lineOf } from '../reference/aws-simulate/generate-policies.ts'
import { KEYS } from '../reference/aws-simulate/generate-request.ts'
import {
  access,
  settled,
  shuffled,
  withDenials,
  withIdentityAllow,
  withoutCeilings,
} from '../reference/aws-simulate/laws.ts'
import type { Decision, Line, Statement } from '../reference/aws-simulate/line.ts'
import { sample } from '../reference/aws-simulate-sample.ts'

const simulator = new Simulator()
const engine = (line: string) => simulator.answer(Buffer.from(line))
const ask = (line: Line) => askEngine(engine, line).decision as Decision

/** Lines are functions of their seed: a failure names the seed that makes it. */
const lines = fc.integer({ min: 0, max: 2 ** 31 - 1 }).map(lineOf)
const RUNS = { seed: 20261122, numRuns: 1200 }
const conditions = fc.constantFrom<Statement['Condition']>(undefined, {
  StringNotEquals: { 'aws:PrincipalTag/team': 'blue' },
})

describe('simulate aws', () => {
  it('says what the reference interpreter says, on 20,000 random lines of every kind', () => {
    // Seeds 1,000,000 to 1,019,999. More: `node test/reference/aws-simulate-sample.ts COUNT SEED`.
    const { differences, mix } = sample(engine, 20_000, 1_000_000)
    expect(differences).toEqual([])
    const share = (decision: Decision) => (mix[decision] ?? 0) / 20_000
    expect(share('allowed')).toBeGreaterThan(0.2)
    for (const decision of ['conditional', 'denied-explicit', 'denied-implicit'] as const) {
      expect(share(decision)).toBeGreaterThan(0.09)
    }
    expect(share('unknown')).toBeGreaterThan(0.02)
  }, 300_000)

  it('gives nobody more when a denial is added to any layer', () => {
    fc.assert(
      fc.property(lines, conditions, (line, condition) => {
        const before = access(ask(line))
        for (const more of withDenials(line, condition)) expect(access(ask(more))).toBeLessThanOrEqual(before)
      }),
      RUNS,
    )
  })

  it('takes nothing away when an identity policy allows more', () => {
    fc.assert(
      fc.property(lines, conditions, (line, condition) => {
        expect(access(ask(withIdentityAllow(line, condition)))).toBeGreaterThanOrEqual(access(ask(line)))
      }),
      RUNS,
    )
  })

  it('takes nothing away when a ceiling goes', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const before = access(ask(line))
        for (const less of withoutCeilings(line)) expect(access(ask(less))).toBeGreaterThanOrEqual(before)
      }),
      RUNS,
    )
  })

  it('does not care for the order of policies and statements, nor for the case of actions', () => {
    fc.assert(
      fc.property(lines, fc.nat(), (line, seed) => {
        const before = ask(line)
        expect(ask(shuffled(line, seed))).toBe(before)
        expect(ask({ ...line, action: line.action.toUpperCase() })).toBe(before)
        expect(ask({ ...line, action: line.action.toLowerCase() })).toBe(before)
      }),
      RUNS,
    )
  })

  it('takes NotAction for what Action leaves', () => {
    const actions = fc.constantFrom(
      'sqs:*',
      'sqs:Send*',
      'SQS:sendmessage',
      '*',
      's3:*',
      'sqs:?endMessage',
      'sqs:SendMessageX',
    )
    fc.assert(
      fc.property(fc.array(actions, { minLength: 1, maxLength: 3 }), (patterns) => {
        const by = (element: object) =>
          ask({
            principal: { type: 'user', arn: 'arn:aws:iam::111111111111:user/ana' },
            action: 'sqs:SendMessage',
            resource: { arn: 'arn:aws:sqs:eu-west-1:111111111111:jobs' },
            identityPolicies: [
              {
                name: 'p',
                document: { Statement: { Effect: 'Allow', Resource: '*', ...element } },
              },
            ],
          })
        const found = [by({ Action: patterns }), by({ NotAction: patterns })]
        expect(found.toSorted()).toEqual(['allowed', 'denied-implicit'])
      }),
    )
  })

  it('says allowed or denied only if every value of the unknown keys gives that', () => {
    const valuesOf = (name: string) => {
      const key = KEYS.find((k) => k.name.toLowerCase() === name.toLowerCase())!
      return [...key.request, ...key.policy.filter((value) => !/[/*?$]/.test(value))]
    }
    fc.assert(
      fc.property(
        lines.filter((line) =>
          Object.values(line.context ?? {}).some((v) => typeof v === 'object' && 'unknown' in v),
        ),
        fc.array(fc.nat(), { minLength: 5, maxLength: 5 }),
        (line, seeds) => {
          const all = access(ask(line))
          if (all === 1) return
          for (const seed of seeds) expect(access(ask(settled(line, seed, valuesOf)))).toBe(all)
        },
      ),
      RUNS,
    )
  })
})
