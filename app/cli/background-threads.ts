import { readdirSync, readFileSync } from 'node:fs'
import { getPriority, setPriority } from 'node:os'

const TASKS = '/proc/self/task'

/** How far the threads step back, as `nice` counts, and the end of its scale. */
const STEP = 10
const LAST = 19

/**
 * Lets the threads in which V8 compiles and collects garbage yield to the one that works: there are four of them, and on two
 * cores a command that compiles much in a few seconds is held up by a tenth. Only Linux tells of its threads; elsewhere,
 * and where it is not allowed, nothing changes.
 */
export function yieldInBackground(): void {
  try {
    const priority = Math.min(LAST, getPriority() + STEP)
    for (const task of readdirSync(TASKS)) {
      if (readFileSync(`${TASKS}/${task}/comm`, 'utf8').trim() === 'V8Worker')
        setPriority(Number(task), priority)
    }
  } catch {
    // It is only slower.
  }
}
