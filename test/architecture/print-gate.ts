/** `npm run architecture`: the gate for people. The tests run the same gate. */
import { codeUnder, PRODUCT_ROOMS, ROOT, runGate } from './gate.ts'

const { modules, offences } = runGate(ROOT)
const files = codeUnder(ROOT, [...PRODUCT_ROOMS, 'test'])
const unread = files.filter((file) => !modules.has(file)).map((file) => `not read by the gate: ${file}`)
const lines = [...offences, ...unread]
process.stdout.write(
  `${lines.map((line) => `${line}\n`).join('')}architecture: read ${modules.size} modules, `,
)
process.stdout.write(`${files.length} of them files of ours; ${lines.length} offences\n`)
process.exitCode = lines.length === 0 ? 0 : 1
