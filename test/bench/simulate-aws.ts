/**
 * `node test/bench/simulate-aws.ts [LINES]`: how many simulations a second, in the process over requests that are all
 * different, and as lines through the command, cold. Policies are those of a busy account: two identity policies of five
 * statements, a boundary, service control policies at four levels, a bucket policy; usual lines have one identity policy.
 * Seconds of one processor, which others on the machine disturb less, and of the clock.
 */
import { cpus, tmpdir } from 'node:os'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Simulation } from '../../analyzer/aws/simulate/simulation.ts'
import { Simulator } from '../../analyzer/aws/simulate/simulator.ts'
import { measure } from './measure.ts'
import { requestLine } from './simulate-aws-lines.ts'

const LINES = Number(process.argv[2] ?? 100_000)
const ROUNDS = 3
const lines = Array.from({ length: LINES }, (_, i) => Buffer.from(`${requestLine(i)}\n`))

console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}`,
)
const simulator = new Simulator()
const requests = lines.map((line) => simulator.read(line.subarray(0, -1)).request)
const decisions = new Map<string, number>()
for (let round = 0; round < ROUNDS; round++) {
  const cpu = process.cpuUsage()
  const start = performance.now()
  for (const request of requests) {
    const { decision } = new Simulation(request).decided
    if (round === 0) decisions.set(decision, (decisions.get(decision) ?? 0) + 1)
  }
  const { user, system } = process.cpuUsage(cpu)
  report('in the process', (user + system) / 1e6, (performance.now() - start) / 1e3)
}
console.log(Object.fromEntries(decisions))
const parsing = process.cpuUsage()
const before = performance.now()
for (const line of lines) JSON.parse(line.toString())
const parsed = process.cpuUsage(parsing)
report(
  'JSON.parse of the lines alone, to compare',
  (parsed.user + parsed.system) / 1e6,
  (performance.now() - before) / 1e3,
)

const folder = mkdtempSync(join(tmpdir(), 'gomeisa-bench-'))
try {
  for (const kind of ['usual', 'busy'] as const) {
    const file = join(folder, `${kind}.jsonl`)
    const many = Array.from({ length: LINES }, (_, i) => Buffer.from(`${requestLine(i, kind)}\n`))
    const bytes = many.reduce((sum, line) => sum + line.length, 0)
    writeFileSync(file, Buffer.concat(many))
    for (let round = 0; round < ROUNDS; round++) {
      const { seconds, cpuSeconds } = await measure(['simulate', 'aws', file])
      report(`${kind} lines of ${Math.round(bytes / LINES)} bytes, whole command`, cpuSeconds, seconds)
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function report(what: string, cpuSeconds: number, seconds: number): void {
  const rate = (per: number) => Math.round(LINES / per).toLocaleString('en')
  console.log(`${what}: ${rate(cpuSeconds)} a processor second, ${rate(seconds)} a second`)
}
