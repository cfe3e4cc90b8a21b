import { readdirSync, readFileSync } from 'node:fs'
import { setPriority } from 'node:os'

const TASKS = '/proc/self/task'

/** How far the threads step back, as `nice` counts. */
const STEP = 10

/**
 * Lets the threads in which V8 compiles and collects garbage yield to the one that works: there are four of them, and on two
 * cores a command that compiles much in a few seconds is held up by a tenth. Only Linux tells of its threads; elsewhere,
 * and where it is not allowed, nothing changes.
 */
export function yieldInBackground(): void {
  try {
    for (const task of readdirSync(TASKS)) {
      if (readFileSync(`${TASKS}/${task}/comm`, 'utf8').trim() === 'V8Worker') setPriority(Number(task), STEP)
    }
  } catch {
    // It is only slower.
  }
}
