/**
 * Compares `simulate aws` with its reference interpreter on random lines:
 * `node test/reference/aws-simulate-sample.ts [COUNT] [SEED]`. Prints the first differences, each made small, as JSON
 * lines, and then the mix of answers.
 */
import { fileURLToPath } from 'node:url'
import { Simulator } from '../../analyzer/aws/simulate/simulator.ts'
import { compare, type Difference, type Engine } from './aws-simulate/compare.ts'
import { lineOf } from './aws-simulate/generate-policies.ts'
import { reduced } from './aws-simulate/reduce.ts'

export interface Sample {
  /** The first differences, made small. */
  readonly differences: readonly Difference[]
  /** How often the reference gives which decision. */
  readonly mix: Readonly<Record<string, number>>
}

const MOST = 10

/** Lines of the seeds from `seed` on. */
export function sample(engine: Engine, count: number, seed: number): Sample {
  const differences: Difference[] = []
  const mix: Record<string, number> = {}
  for (let i = seed; i < seed + count && differences.length < MOST; i++) {
    const found = compare(engine, lineOf(i))
    const { decision } = found.reference
    mix[decision] = (mix[decision] ?? 0) + 1
    if (found.agree) continue
    const small = reduced(found.line, (smaller) => {
      const still = compare(engine, smaller)
      return (
        !still.agree &&
        still.engine.decision === found.engine.decision &&
        still.reference.decision === found.reference.decision
      )
    })
    differences.push(compare(engine, small))
  }
  return { differences, mix }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [count = '20000', seed = '0'] = process.argv.slice(2)
  const simulator = new Simulator()
  const { differences, mix } = sample(
    (line) => simulator.answer(Buffer.from(line)),
    Number(count),
    Number(seed),
  )
  for (const one of differences) process.stdout.write(`${JSON.stringify(one)}\n`)
  process.stdout.write(`${JSON.stringify({ count: Number(count), seed: Number(seed), mix })}\n`)
  process.exitCode = differences.length === 0 ? 0 : 1
}
