import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { awsAnalyzer } from '../../analyzer/aws/analyzer.ts'
import { nativeId } from '../../graph/index.ts'
import { folderSources, readerOf } from '../reference/aws-files.ts'
import { writeEstate } from './estate.ts'

/**
 * `node test/bench/questions.ts [--estate FOLDER] [--buckets 200] [--principals 400]` (default: estate M)
 * After load: milliseconds of who-can for one action on each of some buckets over the whole organization, and of what-can
 * of some principals, everywhere. Twenty questions of a kind are asked before any is timed; what they left in memory stays there.
 */
const { values } = parseArgs({
  options: {
    estate: { type: 'string' },
    buckets: { type: 'string', default: '200' },
    principals: { type: 'string', default: '400' },
  },
})
const made = values.estate === undefined ? mkdtempSync(join(tmpdir(), 'gomeisa-bench-')) : undefined
if (made !== undefined) writeEstate('M', made)

const loaded = await awsAnalyzer.load(readerOf(folderSources(values.estate ?? made ?? '')))
if (made !== undefined) rmSync(made, { recursive: true, force: true })
const engine = awsAnalyzer.engine(loaded.state, new Map(loaded.nodes.map((node) => [node.id, node])))
const buckets = loaded.nodes
  .flatMap((node) => (node.kind === 'resource' ? [nativeId(node.id)] : []))
  .filter((arn) => arn.startsWith('arn:aws:s3:::'))

/** Evenly spread over a list. */
function some<T>(list: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, Math.floor(list.length / count))
  return list.filter((_, i) => i % step === 0).slice(0, count)
}

/** `most`: what the middle one may take, in milliseconds, on estate M. */
function timed<T>(what: string, most: number, list: readonly T[], ask: (each: T) => unknown): void {
  for (const each of list.slice(0, 20)) ask(each)
  const took = list.map((each) => {
    const start = process.hrtime.bigint()
    ask(each)
    return Number(process.hrtime.bigint() - start) / 1e6
  })
  took.sort((a, b) => a - b)
  const at = (part: number) =>
    (took[Math.min(took.length - 1, Math.floor(took.length * part))] ?? 0).toFixed(2)
  console.log(
    `${what.padEnd(28)} ${took.length} asked, p50 ${at(0.5)} ms (at most ${most}), p95 ${at(0.95)} ms, most ${at(1)} ms`,
  )
}

timed('who-can s3:GetObject', 5, some(buckets, Number(values.buckets)), (arn) =>
  engine.whoCan('s3:GetObject', `${arn}/report.csv`),
)
timed('who-can s3:PutBucketPolicy', 5, some(buckets, Number(values.buckets)), (arn) =>
  engine.whoCan('s3:PutBucketPolicy', arn),
)
timed('what-can', 20, some(engine.principals, Number(values.principals)), (principal) =>
  engine.whatCan(principal),
)
