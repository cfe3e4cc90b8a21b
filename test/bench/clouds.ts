import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { AZURE_SIZES, writeTenant } from './azure-estate.ts'
import { GCP_SIZES, writeOrganization } from './gcp-estate.ts'
import { measure } from './measure.ts'

/**
 * `npm run bench:clouds -- [--sizes A/4,A,G/4,G]`
 * Imports and analyses synthetic estates of Azure (A: 300,000 users, 2,000 subscriptions) and Google Cloud (G: 5,000
 * projects) in cold processes. Prints seconds, memory, and the growth of CPU time for each MB from size to size.
 */
const { values } = parseArgs({ options: { sizes: { type: 'string', default: 'A/4,A,G/4,G' } } })

const WRITERS = new Map<string, (folder: string) => number>([
  ...keys(AZURE_SIZES).map((size) => [size, (folder: string) => writeTenant(size, folder)] as const),
  ...keys(GCP_SIZES).map((size) => [size, (folder: string) => writeOrganization(size, folder)] as const),
])

function keys<K extends string>(table: Readonly<Record<K, unknown>>): readonly K[] {
  return Object.keys(table) as K[]
}

async function ran(args: readonly string[]) {
  const result = await measure(args)
  if (result.exitCode === 0 || result.exitCode === 4) return result
  throw new Error(`gomeisa ${args.join(' ')} ended with ${result.exitCode}`)
}

console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}\n`,
)
const line = (cells: readonly string[]) => {
  console.log(cells.map((cell) => cell.padStart(10)).join(''))
}
line(['size', 'MB', 'import s', 'analyze s', 'both s', 'CPU s', 'peak MB', 'growth'])
let before: { readonly kind: string; readonly perMb: number } | undefined
for (const size of values.sizes.split(',')) {
  const write = WRITERS.get(size)
  if (write === undefined) throw new RangeError(`no size ${size}: ${[...WRITERS.keys()].join(', ')}`)
  const folder = mkdtempSync(join(tmpdir(), 'gomeisa-bench-'))
  try {
    const mb = write(join(folder, 'estate')) / 1e6
    const data = ['--data', join(folder, 'data'), '--quiet']
    const imported = await ran([
      ...data,
      'import',
      join(folder, 'estate'),
      '--taken-at',
      '2026-11-16T00:00:00Z',
    ])
    const analysed = await ran([...data, 'analyze'])
    const cpu = imported.cpuSeconds + analysed.cpuSeconds
    const kind = size.slice(0, 1)
    const growth = before?.kind === kind ? (cpu / mb / before.perMb).toFixed(2) : '-'
    before = { kind, perMb: cpu / mb }
    line([
      ...[size, mb.toFixed(0), imported.seconds.toFixed(1), analysed.seconds.toFixed(1)],
      ...[(imported.seconds + analysed.seconds).toFixed(1), cpu.toFixed(1)],
      ...[Math.max(imported.peakMb, analysed.peakMb).toFixed(0), growth],
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
