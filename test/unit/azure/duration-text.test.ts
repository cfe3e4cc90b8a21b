import { expect, it } from 'vitest'
import { durationText } from '../../../analyzer/azure/duration-text.ts'

it.each([
  ['PT8H', '8 hours'],
  ['PT1H30M', '1 hour 30 minutes'],
  ['P1D', '1 day'],
  ['P365D', '365 days'],
  ['P1Y', 'P1Y'],
  ['PT0S', 'PT0S'],
  ['', ''],
])('%s is %s', (text, words) => {
  expect(durationText(text)).toBe(words)
})
