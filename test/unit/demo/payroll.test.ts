import { describe, expect, it } from 'vitest'

import { expectedStories } from './expected-stories.ts'
import { peopleReaching } from './aws-reach.ts'

const OBJECT = 'arn:aws:s3:::lumenly-payroll-exports/2026-10/run.csv'
const PAYROLL_ACCOUNT = '111122220008'

/**
 * Denies may be left out: the upper bound only shrinks with them, and on the way of story S1 no Deny of an SCP
 * or a boundary matches (leave-organization, audit trail, new users, root), which `expected` states by hand.
 */
describe('people who reach payroll', () => {
  for (const week of [1, 2] as const) {
    const expected = [...expectedStories(week).payrollPeople].sort()
    it(`week ${String(week)}: at most ${String(expected.length)}`, () => {
      expect(peopleReaching(week, OBJECT, PAYROLL_ACCOUNT, 'generous')).toEqual(expected)
    })
    it(`week ${String(week)}: at least ${String(expected.length)}`, () => {
      expect(peopleReaching(week, OBJECT, PAYROLL_ACCOUNT, 'strict')).toEqual(expected)
    })
  }
})
