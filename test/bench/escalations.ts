import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { awsAnalyzer } from '../../analyzer/aws/analyzer.ts'
import { folderSources, readerOf } from '../reference/aws-files.ts'
import { SIZES, writeEstate, type Size } from './estate.ts'

/**
 * `node test/bench/escalations.ts [--size M] [--estate FOLDER] [--budget SECONDS]`
 * The escalation graph of a whole organization, everybody to everybody, across accounts: who can become whom and who
 * administers what, from the loaded estate. Prints seconds and processor seconds, which the collector's and the compiler's threads
 * add to; ends with 1 when the former are over the budget.
 */
const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'M' },
    estate: { type: 'string' },
    budget: { type: 'string' },
  },
})
const BUDGETS: Readonly<Record<string, number>> = { M: 3, L: 60 }

const made = values.estate === undefined ? mkdtempSync(join(tmpdir(), 'gomeisa-bench-')) : undefined
if (made !== undefined) {
  if (!Object.hasOwn(SIZES, values.size)) throw new RangeError(`no size ${values.size}`)
  writeEstate(values.size as Size, made)
}
try {
  const loaded = await awsAnalyzer.load(readerOf(folderSources(values.estate ?? made ?? '')))
  const engine = awsAnalyzer.engine(loaded.state, new Map(loaded.nodes.map((node) => [node.id, node])))
  const start = process.cpuUsage()
  const begun = performance.now()
  const { edges, nodes } = awsAnalyzer.derive(engine, loaded, [])
  const { user, system } = process.cpuUsage(start)
  const seconds = (performance.now() - begun) / 1000
  const cpu = (user + system) / 1e6
  const budget = Number(values.budget ?? BUDGETS[values.size] ?? Infinity)
  console.log(
    `escalation graph of ${values.estate ?? values.size}: ${seconds.toFixed(2)} s (at most ${budget}), ${cpu.toFixed(2)} s of CPU in all threads, ` +
      `${edges.length} edges, ${nodes?.length ?? 0} shared nodes, ${loaded.nodes.length} nodes`,
  )
  if (seconds > budget) process.exitCode = 1
} finally {
  if (made !== undefined) rmSync(made, { recursive: true, force: true })
}
