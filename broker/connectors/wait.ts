import { setTimeout as pause } from 'node:timers/promises'

/** Waits so many milliseconds; rejects when the signal is aborted. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>

export const wait: Wait = (milliseconds, signal) => pause(milliseconds, undefined, { signal })
