import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { getPriority } from 'node:os'
import { expect, test } from 'vitest'
import { yieldInBackground } from '../../../app/cli/background-threads.ts'

const TASKS = '/proc/self/task'

/** How far the threads of this process with a name step back. */
function niceOf(name: string): readonly number[] {
  return readdirSync(TASKS)
    .filter((task) => readFileSync(`${TASKS}/${task}/comm`, 'utf8').trim() === name)
    .map((task) => getPriority(Number(task)))
}

test.skipIf(!existsSync(TASKS))('only the threads of V8 step back, not the one that works', () => {
  const before = getPriority(process.pid)
  expect(niceOf('V8Worker').length).toBeGreaterThan(0)
  yieldInBackground()
  expect(new Set(niceOf('V8Worker'))).toEqual(new Set([Math.min(19, before + 10)]))
  expect(getPriority(process.pid)).toBe(before)
})
