import { describe, expect, it } from 'vitest'
import { compare } from '../reference/gcp-simulate/agree.ts'
import { brokenLaws } from '../reference/gcp-simulate/laws.ts'

/** Random cases; more with GOMEISA_CASES, from GOMEISA_SEED on. */
const CASES = Number(process.env['GOMEISA_CASES'] ?? 20_000)
const FIRST = Number(process.env['GOMEISA_SEED'] ?? 1)

describe('simulated decisions', () => {
  it('are those of the reference, with everything known and with things left out', () => {
    const seen = new Map<string, number>()
    const wrong: string[] = []
    for (let seed = FIRST; seed < FIRST + CASES; seed++) {
      const { decisions, wrong: why } = compare(seed)
      for (const decision of decisions) seen.set(decision, (seen.get(decision) ?? 0) + 1)
      if (why !== undefined) wrong.push(why)
    }
    expect(wrong.slice(0, 5)).toEqual([])
    for (const decision of ['allowed', 'conditional', 'denied-explicit', 'denied-implicit', 'unknown']) {
      expect(seen.get(decision) ?? 0, decision).toBeGreaterThan(CASES / 50)
    }
  }, 1_800_000)

  it('obey the laws of every policy language of this kind', () => {
    const broken: string[] = []
    for (let seed = FIRST; seed < FIRST + CASES / 10; seed++) broken.push(...brokenLaws(seed))
    expect(broken.slice(0, 5)).toEqual([])
  }, 600_000)
})
