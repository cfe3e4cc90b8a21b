import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Pace } from '../../../../collectors/transport/pace.ts'

const timers = vi.hoisted(() => ({
  pause: (ms: number) => new Promise<void>((go) => void globalThis.setTimeout(go, ms)),
}))
vi.mock('node:timers/promises', () => ({ setTimeout: (ms: number) => timers.pause(ms) }))

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Seconds at which each of so many starts was let go. */
async function startsOf(
  pace: Pace,
  count: number,
  onStart: (n: number) => void = () => undefined,
): Promise<number[]> {
  const begun = Date.now()
  const starts: number[] = []
  const all = Promise.all(
    Array.from({ length: count }, async (_, n) => {
      await pace.turn()
      starts.push(Math.round((Date.now() - begun) / 1000))
      onStart(n)
    }),
  )
  await vi.runAllTimersAsync()
  await all
  return starts
}

test('never more than the quota in any minute', async () => {
  const starts = await startsOf(new Pace(5, () => Date.now()), 12)
  expect(starts).toEqual([0, 0, 0, 0, 0, 60, 60, 60, 60, 60, 120, 120])
})

test('it says how long those who wait will wait', async () => {
  const pace = new Pace(5, () => Date.now())
  const told: number[] = []
  await startsOf(pace, 10, () => told.push(pace.secondsLeft()))
  expect(told[0]).toBeGreaterThanOrEqual(60)
  expect(told.at(-1)).toBeLessThanOrEqual(12)
})

test('throttled, it waits as it was told, then takes fewer, then as many as before', async () => {
  const pace = new Pace(10, () => Date.now())
  pace.slower(30_000)
  const slow = await startsOf(pace, 8)
  expect(slow).toEqual([30, 30, 30, 30, 30, 30, 30, 90])
  for (let n = 0; n < 9; n++) pace.wentWell()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await startsOf(pace, 11)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 60])
})

test('not told how long, it waits longer each time', async () => {
  const pace = new Pace(600, () => Date.now())
  for (let n = 0; n < 5; n++) pace.slower(undefined)
  expect(await startsOf(pace, 1)).toEqual([8])
})
