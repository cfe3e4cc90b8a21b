import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SIZES, writeEstate } from './estate.ts'
import type { Size } from './estate.ts'
import { measure } from './measure.ts'
import { LEGEND, tableHead, tableLine } from './table.ts'
import type { Row } from './table.ts'

/**
 * `npm run bench -- [--sizes M/4,M,L] [--generator FILE] [--save]`
 * Imports, analyses and asks about synthetic organizations as a user does: cold processes, one after the other. Prints
 * seconds, memory, growth from size to size, and the ratio to the stored baseline; then what `bench:questions` and
 * `bench:escalations` print. `--generator` names a script that is
 * called as `node FILE SIZE FOLDER` instead of the built-in generator. `--save` stores the figures as the baseline.
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: 'M/4,M' },
    generator: { type: 'string' },
    save: { type: 'boolean', default: false },
  },
})

const BASELINE = join(import.meta.dirname, 'baseline.json')
const kind = values.generator === undefined ? 'built-in' : 'foreign'
const sizes = values.sizes.split(',')
if (values.generator === undefined) {
  for (const size of sizes) {
    if (!Object.hasOwn(SIZES, size)) throw new RangeError(`no size ${size}: ${Object.keys(SIZES).join(', ')}`)
  }
}

async function bench(size: string): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'gomeisa-bench-'))
  try {
    const estate = join(folder, 'estate')
    if (values.generator === undefined) writeEstate(size as Size, estate)
    else execFileSync(process.execPath, [values.generator, size, estate])
    const data = ['--data', join(folder, 'data'), '--quiet']
    const imported = await ran([...data, 'import', estate, '--taken-at', '2026-11-16T00:00:00Z'])
    const analysed = await ran([...data, 'analyze'])
    const { account, role } = firstRole(estate)
    const whoCan = await ran([...data, 'who-can', 'iam:CreateUser', `arn:aws:iam::${account}:user/new`])
    const fromFiles = await ran([
      '--quiet',
      ...['who-can', 'iam:CreateUser', `arn:aws:iam::${account}:user/new`],
      ...['--from', estate],
    ])
    const whatFromFiles = await ran(['--quiet', 'what-can', role, '--from', estate])
    const can = await ran([...data, 'can', role, 's3:GetObject', 'arn:aws:s3:::some-bucket/key'])
    return {
      size,
      mb: bytesIn(estate) / 1e6,
      import: imported.seconds,
      analyze: analysed.seconds,
      total: imported.seconds + analysed.seconds,
      cpu: imported.cpuSeconds + analysed.cpuSeconds,
      peakMb: Math.max(imported.peakMb, analysed.peakMb),
      whoCan: whoCan.seconds,
      fromFiles: fromFiles.seconds,
      whatFromFiles: whatFromFiles.seconds,
      can: can.seconds,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs a command that must answer; an unknown answer (4) is one. */
async function ran(args: readonly string[]) {
  const result = await measure(args)
  if (result.exitCode === 0 || result.exitCode === 4) return result
  throw new Error(`gomeisa ${args.join(' ')} ended with ${result.exitCode}`)
}

function bytesIn(folder: string): number {
  return globSync('**/*', { cwd: folder })
    .map((path) => statSync(join(folder, path)))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0)
}

/** An account of the organization and a role in it, to ask about. */
function firstRole(estate: string): { account: string; role: string } {
  const { Accounts } = JSON.parse(readFileSync(join(estate, 'org.json'), 'utf8')) as { Accounts: object }
  const account = Object.keys(Accounts).find((id) => existsSync(join(estate, 'accounts', id))) ?? ''
  const details = JSON.parse(readFileSync(join(estate, 'accounts', account, 'gaad.json'), 'utf8')) as {
    RoleDetailList: { Arn: string }[]
  }
  const role = details.RoleDetailList[0]?.Arn
  if (role === undefined) throw new Error(`no role in account ${account}`)
  return { account, role }
}

const baseline = existsSync(BASELINE)
  ? (JSON.parse(readFileSync(BASELINE, 'utf8')) as Record<string, Row>)
  : {}
const rows: Row[] = []
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}, ${kind} estates, cold processes\n`,
)
console.log(tableHead)
for (const size of sizes) {
  const row = await bench(size)
  console.log(tableLine(row, rows.at(-1), baseline[`${kind} ${size}`]))
  rows.push(row)
}
console.log(`\n${LEGEND}`)
/** What is measured within one process: questions after the load, and the graph of everybody to everybody. */
function within(script: string, ...args: readonly string[]): void {
  execFileSync(process.execPath, [join(import.meta.dirname, script), ...args], { stdio: 'inherit' })
}
console.log('')
if (sizes.includes('M')) within('questions.ts')
for (const size of sizes.filter((each) => each === 'M' || each === 'L'))
  within('escalations.ts', '--size', size)
if (values.save) {
  const kept = { ...baseline, ...Object.fromEntries(rows.map((row) => [`${kind} ${row.size}`, row])) }
  writeFileSync(BASELINE, `${JSON.stringify(kept, null, 2)}\n`)
}
