import { describe, expect, it } from 'vitest'
import { OPERATORS } from '../../../analyzer/azure/policy/condition/operators.ts'
import { parse } from '../../../analyzer/azure/policy/condition/parse.ts'
import { print } from '../../../analyzer/azure/policy/condition/print.ts'
import { simulateAzure } from '../../../analyzer/azure/simulate/simulate.ts'
import type { JsonObject } from '../../../graph/index.ts'
import decisions from '../../golden/azure-simulate/decisions.json' with { type: 'json' }
import operators from '../../golden/azure-simulate/operators.json' with { type: 'json' }
import { decideSlowly } from '../../reference/azure-simulate/decide.ts'

const ROLE = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'

/** A question whose answer is the condition: one assignment of everything, under it. */
function asking(condition: string, attributes: object = {}): JsonObject {
  const user = '00000000-0000-0000-0000-000000000001'
  const scope = '/subscriptions/s1'
  return {
    principal: user,
    groups: [],
    action: 'Microsoft.Authorization/roleAssignments/write',
    isDataAction: false,
    subOperation: 'Blob.List',
    scope,
    roleDefinitions: [{ name: ROLE, permissions: [{ actions: ['*'] }] }],
    roleAssignments: [{ principalId: user, roleDefinitionId: ROLE, scope, condition }],
    attributes: { resource: attributes as JsonObject },
  }
}

const decision = (line: JsonObject): string => (simulateAzure(line) as { decision: string }).decision

describe('the documented operators of conditions', () => {
  const expected = new Map([
    [true, 'allowed'],
    [false, 'denied-implicit'],
    [null, 'unknown'],
  ])
  it.each(operators.rows)('$condition with $attributes: $holds', (row) => {
    const line = asking(row.condition, row.attributes)
    expect(decision(line)).toBe(expected.get(row.holds))
    expect(decideSlowly(line)).toBe(expected.get(row.holds))
  })

  it('are each seen both ways', () => {
    const seen = (holds: boolean): string[] =>
      operators.rows.flatMap((row) =>
        row.holds === holds ? (/ (?:For\w+:)?(\w+) \S+$/.exec(row.condition)?.[1] ?? []) : [],
      )
    for (const holds of [true, false])
      expect(seen(holds)).toEqual(expect.arrayContaining([...OPERATORS.values()].map(({ name }) => name)))
    expect(OPERATORS.size).toBe(28)
  })

  it('are read back as they are printed', () => {
    for (const { condition } of operators.rows) {
      const parsed = parse(condition)
      if (!('condition' in parsed)) continue
      expect(parse(print(parsed.condition))).toEqual(parsed)
    }
  })
})

describe('what Azure documents of its decision', () => {
  it.each(decisions.cases)('$name', ({ line, expected }) => {
    const { id, ...question } = { ...line, roleDefinitions: decisions.roleDefinitions }
    expect(id).not.toBe('')
    expect(simulateAzure(question as unknown as JsonObject)).toMatchObject(expected)
    expect(decideSlowly(question)).toBe(expected.decision)
  })

  it('gives a place in the question for every reason that has one', () => {
    const [first] = decisions.cases
    const answer = simulateAzure({
      ...(first?.line as unknown as JsonObject),
      roleDefinitions: decisions.roleDefinitions,
    })
    expect(answer).toMatchObject({
      because: [
        {
          says: 'role assignment a-8e3a of Owner on /subscriptions/s1 gives microsoft.compute/virtualmachines/delete',
          at: '/roleAssignments/0',
        },
      ],
    })
  })
})

describe('a line that is no question', () => {
  const good = asking("ActionMatches{'*'}")
  const cases: readonly (readonly [string, JsonObject, string, RegExp])[] = [
    ['a misspelt member', { ...good, denyAssignment: [] }, '/denyAssignment', /no member of a question/],
    ['no principal', { ...good, principal: 7 }, '/principal', /text that is not empty/],
    ['no action', { ...good, action: '' }, '/action', /text that is not empty/],
    ['no kind of action', { ...good, isDataAction: 'no' }, '/isDataAction', /true or false/],
    ['no list of assignments', { ...good, roleAssignments: {} }, '/roleAssignments', /a list/],
    [
      'an assignment without a scope',
      { ...good, roleAssignments: [{ principalId: 'x', roleDefinitionId: 'y' }] },
      '/roleAssignments/0/scope',
      /text/,
    ],
    [
      'a role without permissions',
      { ...good, roleDefinitions: [{ name: ROLE, properties: {} }] },
      '/roleDefinitions/0/properties/permissions',
      /given/,
    ],
    [
      'an action that is no text',
      { ...good, roleDefinitions: [{ name: ROLE, permissions: [{ actions: [1] }] }] },
      '/roleDefinitions/0/permissions/0/actions/0',
      /text/,
    ],
    [
      'an unknown source',
      { ...good, attributes: { environment: {} } },
      '/attributes/environment',
      /no member/,
    ],
    ['an attribute of another shape', { ...good, context: { 'a/b': { x: 1 } } }, '/context/a~1b', /a value/],
    [
      'a role that is defined twice',
      {
        ...good,
        roleDefinitions: [
          { name: ROLE, permissions: [] },
          { name: ROLE, permissions: [{ actions: ['*'] }] },
        ],
      },
      '/roleDefinitions/1',
      /defined twice/,
    ],
  ]
  it.each(cases)('%s', (_, line, pointer, wrong) => {
    const answer = simulateAzure(line)
    expect(answer).toMatchObject({ pointer })
    expect((answer as { wrong: string }).wrong).toMatch(wrong)
  })
})

describe('conditions that cannot be read', () => {
  it.each([
    ["@Nowhere[x] StringEquals 'a'", 'no source'],
    ['@Request[x] StringEquals', 'a value was expected'],
    ["(@Request[x] StringEquals 'a'", '`)` was expected'],
    ["@Request[x] StringEquals 'a' 'b'", 'nothing was expected'],
    ["@Request[x StringEquals 'a'", 'cannot be read'],
    ['', 'ends too early'],
    [`${'('.repeat(5_000)}Exists @Request[x]${')'.repeat(5_000)}`, 'nested too deeply'],
    [`${'!'.repeat(100_000)}Exists @Request[x]`, 'nested too deeply'],
  ])('%.40s', (condition, says) => {
    const parsed = parse(condition)
    expect('unreadable' in parsed ? parsed.unreadable.says : 'read').toContain(says)
  })
})
