import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const BIN = join(import.meta.dirname, '../../app/cli/bin.mjs')

export interface Measured {
  readonly seconds: number
  readonly cpuSeconds: number
  /** Highest resident memory, MB. */
  readonly peakMb: number
  readonly exitCode: number
  readonly stdout: string
}

/** Runs one command of Gomeisa as a process of its own, cold, and measures it. Needs Linux's /proc for memory. */
export async function measure(args: readonly string[]): Promise<Measured> {
  const start = performance.now()
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  let peakMb = 0
  let cpuSeconds = 0
  const look = () => {
    try {
      peakMb = Math.max(
        peakMb,
        Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
      )
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      cpuSeconds = (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS
    } catch {
      // The process has just ended: the last look counts.
    }
  }
  const timer = setInterval(look, 20)
  const exitCode = await new Promise<number>((done) =>
    child.on('close', (code) => {
      done(code ?? -1)
    }),
  )
  clearInterval(timer)
  return { seconds: (performance.now() - start) / 1000, cpuSeconds, peakMb, exitCode, stdout }
}

/** Linux counts process time in hundredths of a second (USER_HZ). */
const CLOCK_TICKS = 100
