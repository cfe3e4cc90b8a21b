import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  checkPolicies,
  NO_SELF_APPROVAL,
  requirement,
  openPolicies,
  readCases,
  readCatalogue,
  runCases,
  shippedPolicies,
} from '../../policies/index.ts'

const FILE = join(import.meta.dirname, '../golden/policies/shipped.json')
const json = JSON.parse(readFileSync(FILE, 'utf8'))
const cases = readCases(json, FILE)
const catalogue = readCatalogue(json, FILE)

test('the shipped policies pass the check', () => {
  const { policies, offences } = checkPolicies(shippedPolicies())
  expect(offences).toEqual([])
  expect(policies.length).toBeGreaterThan(10)
})

const decider = openPolicies(shippedPolicies())
const results = runCases(decider, cases, catalogue)
test.each(results)('$name', ({ differs }) => {
  expect(differs).toEqual([])
})

test('every shipped policy decides one of the cases', () => {
  const named = cases.flatMap(({ ask, evidence, approver }) => {
    if (approver !== undefined) {
      const who = catalogue.people.find(({ id }) => id === approver)!
      return decider.decideApproval({ ...ask, approver: who, requester: ask.person, evidence }).because
    }
    const { ways, breakGlass } = requirement(decider, ask)
    const needed = [...ways, ...breakGlass].flatMap((way) => way.because)
    return [...decider.decide(ask, evidence).because, ...needed]
  })
  // The rule that no policy can lift comes before the shipped one that says the same.
  const expected = decider.policies.map(({ id }) => id.replace(/^no-self-approval$/, NO_SELF_APPROVAL))
  expect([...new Set(named)].sort()).toEqual(expected.sort())
})
