import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Limits } from '../../../../collectors/transport/limits.ts'
import { Progress, type CollectProgress } from '../../../../collectors/transport/progress.ts'

test('no more at once than the whole and each key allow, and everybody gets a turn', async () => {
  const limits = new Limits(5)
  const running = new Map<string, number>()
  const peaks = { all: 0, slow: 0, fast: 0 }
  const order: string[] = []
  const work = (key: 'slow' | 'fast', atOnce: number, n: number) =>
    limits.run(key, atOnce, async () => {
      running.set(key, (running.get(key) ?? 0) + 1)
      peaks[key] = Math.max(peaks[key], running.get(key) ?? 0)
      peaks.all = Math.max(
        peaks.all,
        [...running.values()].reduce((sum, each) => sum + each, 0),
      )
      await pause(1)
      running.set(key, (running.get(key) ?? 0) - 1)
      order.push(`${key}${n}`)
    })
  const jobs = Array.from({ length: 40 }, (_, n) => [work('slow', 1, n), work('fast', 9, n)]).flat()
  await Promise.all(jobs)
  expect(order.length).toBe(80)
  expect(peaks).toEqual({ all: 5, slow: 1, fast: 4 })
  expect(order.filter((each) => each.startsWith('slow'))).toEqual(
    Array.from({ length: 40 }, (_, n) => `slow${n}`),
  )
})

test('work that fails makes room', async () => {
  const limits = new Limits(1)
  await expect(limits.run('a', 1, () => Promise.reject(new TypeError('no')))).rejects.toThrow('no')
  expect(await limits.run('a', 1, () => Promise.resolve(7))).toBe(7)
})

test('the estimate is the pace of the calls that were made now', () => {
  let elapsed = 0
  const told: CollectProgress[] = []
  const progress = new Progress(
    () => elapsed,
    (each) => told.push(each),
  )
  for (let i = 0; i < 200; i++) progress.expect()
  for (let i = 0; i < 100; i++) progress.finished(false)
  expect(told.at(-1)).toEqual({ done: 100, known: 200, secondsLeft: undefined })
  for (let i = 0; i < 50; i++) {
    elapsed += 100
    progress.finished(true)
  }
  expect(told.at(-1)).toEqual({ done: 150, known: 200, secondsLeft: 5 })
})
