import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { Simulator } from '../../../analyzer/aws/simulate/simulator.ts'
import { simulate } from '../../reference/aws-simulate/index.ts'
import type { Decision, Line, Scalar } from '../../reference/aws-simulate/line.ts'

const FOLDER = new URL('../../golden/aws/simulate/', import.meta.url)
const read = (path: string) => JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8'))

interface Golden {
  readonly about: string
  readonly source: readonly string[]
  readonly cases: readonly { readonly says: string; readonly decision: Decision; readonly line: Line }[]
}
interface Conditions {
  readonly sources: Readonly<Record<string, string>>
  readonly rows: readonly [
    operator: string,
    policy: readonly Scalar[],
    request: Scalar | readonly Scalar[] | null,
    holds: boolean | 'unknown',
    source: string,
  ][]
}

const simulator = new Simulator()
const engine = (line: Line): string =>
  JSON.parse(simulator.answer(Buffer.from(JSON.stringify({ id: 'golden', ...line })))).decision
const reference = (line: Line): string => simulate(line).decision

describe.each(['pitfalls', 'examples', 'own'])('%s', (folder) => {
  describe.each(readdirSync(new URL(`${folder}/`, FOLDER)))('%s', (file) => {
    const { cases, source }: Golden = read(`${folder}/${file}`)
    test('names its source', () => expect(source.every((page) => page.startsWith('https://'))).toBe(true))
    it.each(cases)('$says: $decision', ({ line, decision }) => {
      expect({ engine: engine(line), reference: reference(line) }).toEqual({
        engine: decision,
        reference: decision,
      })
    })
  })
})

describe('every condition operator', () => {
  const { rows, sources }: Conditions = read('conditions.json')
  const asked = ([operator, policy, request]: Conditions['rows'][number]): Line => ({
    principal: { type: 'user', arn: 'arn:aws:iam::111111111111:user/ana' },
    action: 'sqs:SendMessage',
    resource: { arn: 'arn:aws:sqs:eu-west-1:111111111111:jobs' },
    context: request === null ? {} : { 'app:Key': request },
    identityPolicies: [
      {
        name: 'p',
        document: {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Action: '*',
            Resource: '*',
            Condition: { [operator]: { 'app:Key': policy } },
          },
        },
      },
    ],
  })
  it.each([
    ['engine', engine],
    ['reference', reference],
  ])('holds as documented, in the %s', (_, decide) => {
    const wanted = { true: 'allowed', false: 'denied-implicit', unknown: 'unknown' } as const
    const wrong = rows.filter((row) => decide(asked(row)) !== wanted[`${row[3]}`])
    expect(wrong).toEqual([])
  })
  test('names its source in every row', () => {
    expect(rows.filter((row) => sources[row[4]] === undefined)).toEqual([])
    expect(
      new Set(rows.map(([operator]) => operator.toLowerCase().replace(/^.*:|ifexists$/g, ''))).size,
    ).toBe(27)
  })
})
