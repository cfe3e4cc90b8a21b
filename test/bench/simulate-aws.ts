/**
 * `node test/bench/simulate-aws.ts [LINES]`: how many simulations a second, in the process over requests that are all
 * different, and as lines through the command, cold. Policies are those of a busy account: two identity policies of five statements, a
 * boundary, service control policies at four levels, a bucket policy.
 */
import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Simulation } from '../../analyzer/aws/simulate/simulation.ts'
import { Simulator } from '../../analyzer/aws/simulate/simulator.ts'
import { requestLine } from './simulate-aws-lines.ts'

const LINES = Number(process.argv[2] ?? 200_000)
const lines = Array.from({ length: LINES }, (_, i) => Buffer.from(requestLine(i)))
const bytes = lines.reduce((sum, line) => sum + line.length + 1, 0)

const simulator = new Simulator()
const requests = lines.map((line) => simulator.read(line).request)
const decisions = new Map<string, number>()
for (let round = 0; round < 3; round++) {
  const start = performance.now()
  for (const request of requests) {
    const { decision } = new Simulation(request).decided
    if (round === 0) decisions.set(decision, (decisions.get(decision) ?? 0) + 1)
  }
  report('in the process', LINES, performance.now() - start)
}
console.log(Object.fromEntries(decisions))

const folder = mkdtempSync(join(tmpdir(), 'gomeisa-bench-'))
try {
  const file = join(folder, 'requests.jsonl')
  writeFileSync(file, Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])))
  for (let round = 0; round < 3; round++) {
    const out = openSync(join(folder, 'answers.jsonl'), 'w')
    const start = performance.now()
    execFileSync(
      process.execPath,
      [join(import.meta.dirname, '../../app/cli/bin.mjs'), 'simulate', 'aws', file],
      {
        stdio: ['ignore', out, 'inherit'],
      },
    )
    report(`as lines of ${Math.round(bytes / LINES)} bytes, whole command`, LINES, performance.now() - start)
    closeSync(out)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function report(what: string, count: number, milliseconds: number): void {
  console.log(`${what}: ${Math.round((count / milliseconds) * 1000).toLocaleString('en')} a second`)
}
