/**
 * `node test/reference/aws-simulate-campaign.ts FIRST COUNT`: engine and reference on the lines of COUNT seeds from FIRST on.
 * Prints the first differences, reduced, and their seeds; exit code 1 when there are any.
 */
import { Simulator } from '../../analyzer/aws/simulate/simulator.ts'
import { difference } from './aws-simulate/compare.ts'
import { lineOf } from './aws-simulate/generate-policies.ts'
import { reduced } from './aws-simulate/reduce.ts'

const first = Number(process.argv[2] ?? 0)
const count = Number(process.argv[3] ?? 20_000)
const simulator = new Simulator()
const engine = (line: string) => simulator.answer(Buffer.from(line))
const decisions = new Map<string, number>()
let different = 0
for (let seed = first; seed < first + count; seed++) {
  const line = lineOf(seed)
  const found = difference(engine, line)
  const { decision } = JSON.parse(engine(JSON.stringify(line))) as { decision: string }
  decisions.set(decision, (decisions.get(decision) ?? 0) + 1)
  if (found === undefined) continue
  different++
  if (different > 5) continue
  const small = reduced(line, (less) => difference(engine, less) !== undefined)
  const said = difference(engine, small)
  console.log(JSON.stringify({ seed, line: small, engine: said?.engine, reference: said?.reference }))
}
console.log(`seeds ${first} to ${first + count - 1}: ${different} differences`, Object.fromEntries(decisions))
process.exitCode = different === 0 ? 0 : 1
