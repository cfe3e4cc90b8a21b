import { setTimeout as pause } from 'node:timers/promises'
import type { Failure } from './page-call.ts'

const ATTEMPTS = 10

/**
 * What a collection must be told before it begins. It is asked ten times at most. Rejects with what ended everything, else with
 * `unsaid` of the code of the failure.
 */
export async function firstAnswer<T>(
  ask: () => Promise<T>,
  failureOf: (error: unknown) => Failure,
  unsaid: (code: string) => Error,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await ask()
    } catch (error) {
      const failure = failureOf(error)
      if (failure.is === 'over') throw failure.error
      if (failure.is === 'refused' || tried >= ATTEMPTS) throw unsaid(failure.code)
      const told = failure.is === 'throttled' ? failure.wait : undefined
      await pause(told ?? Math.min(250 * 2 ** tried, 30_000))
    }
  }
}
