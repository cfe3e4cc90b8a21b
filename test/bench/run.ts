import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SIZES, writeEstate } from './estate.ts'
import type { Size } from './estate.ts'
import { measure } from './measure.ts'

/**
 * `npm run bench -- [--sizes M/4,M,L] [--generator FILE] [--save]`
 * Imports, analyses and asks about synthetic organizations as a user does: cold processes, one after the other. Prints
 * seconds, memory, growth from size to size, and the ratio to the stored baseline. `--generator` names a script that is
 * called as `node FILE SIZE FOLDER` instead of the built-in generator. `--save` stores the figures as the baseline.
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: 'M/4,M' },
    generator: { type: 'string' },
    save: { type: 'boolean', default: false },
  },
})

interface Row {
  readonly size: string
  readonly mb: number
  readonly import: number
  readonly analyze: number
  readonly total: number
  readonly cpu: number
  readonly peakMb: number
  readonly whoCan: number
  readonly can: number
}

const BASELINE = join(import.meta.dirname, 'baseline.json')
const generatorName = values.generator === undefined ? 'built-in' : 'foreign'

async function bench(size: string): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'gomeisa-bench-'))
  try {
    const estate = join(folder, 'estate')
    if (values.generator !== undefined) execFileSync(process.execPath, [values.generator, size, estate])
    else if (size in SIZES) writeEstate(size as Size, estate)
    else throw new RangeError(`no size ${size}: ${Object.keys(SIZES).join(', ')}`)
    const mb = Number(execFileSync('du', ['-sb', estate], { encoding: 'utf8' }).split('\t')[0]) / 1e6
    const data = ['--data', join(folder, 'data'), '--quiet']
    const imported = await ran([...data, 'import', estate, '--taken-at', '2026-11-16T00:00:00Z'])
    const analysed = await ran([...data, 'analyze'])
    const account = firstAccount(estate)
    const whoCan = await ran([...data, 'who-can', 'iam:CreateUser', `arn:aws:iam::${account}:user/new`])
    const principal =
      /arn:aws:iam::\d+:role\/[^"]+/.exec(
        readFileSync(join(estate, 'accounts', account, 'gaad.json'), 'utf8'),
      )?.[0] ?? ''
    const can = await ran([...data, 'can', principal, 's3:GetObject', 'arn:aws:s3:::some-bucket/key'])
    return {
      size,
      mb,
      import: imported.seconds,
      analyze: analysed.seconds,
      total: imported.seconds + analysed.seconds,
      cpu: imported.cpuSeconds + analysed.cpuSeconds,
      peakMb: Math.max(imported.peakMb, analysed.peakMb),
      whoCan: whoCan.seconds,
      can: can.seconds,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function ran(args: readonly string[]) {
  const result = await measure(args)
  if (![0, 4].includes(result.exitCode))
    throw new Error(`gomeisa ${args.join(' ')} ended with ${result.exitCode}`)
  return result
}

function firstAccount(estate: string): string {
  const { Accounts } = JSON.parse(readFileSync(join(estate, 'org.json'), 'utf8')) as { Accounts: object }
  return Object.keys(Accounts).find((id) => existsSync(join(estate, 'accounts', id))) ?? ''
}

const baseline = existsSync(BASELINE)
  ? (JSON.parse(readFileSync(BASELINE, 'utf8')) as Record<string, Row>)
  : {}
const rows: Row[] = []
const head = [
  'size',
  'MB',
  'import s',
  'analyze s',
  'total s',
  'CPU s',
  'peak MB',
  'who-can s',
  'can s',
  's/MB growth',
  'vs baseline',
]
console.log(
  `${cpus()[0]?.model ?? ''}, ${cpus().length} cores, Node ${process.versions.node}, ${generatorName} estates; cold processes`,
)
console.log(head.map((h) => h.padStart(h.length + 2)).join(''))
for (const size of values.sizes.split(',')) {
  const row = await bench(size)
  const before = rows.at(-1)
  const old = baseline[`${generatorName} ${size}`]
  const growth = before === undefined ? '-' : (row.total / row.mb / (before.total / before.mb)).toFixed(2)
  const cells = [
    row.size,
    row.mb.toFixed(1),
    row.import.toFixed(2),
    row.analyze.toFixed(2),
    row.total.toFixed(2),
    row.cpu.toFixed(2),
  ]
  cells.push(row.peakMb.toFixed(0), row.whoCan.toFixed(2), row.can.toFixed(2), growth)
  cells.push(old === undefined ? '-' : `${(row.total / old.total).toFixed(2)}x`)
  console.log(cells.map((cell, i) => cell.padStart((head[i]?.length ?? 0) + 2)).join(''))
  rows.push(row)
}
if (values.save) {
  const kept = {
    ...baseline,
    ...Object.fromEntries(rows.map((row) => [`${generatorName} ${row.size}`, row])),
  }
  writeFileSync(BASELINE, `${JSON.stringify(kept, null, 2)}\n`)
}
