import type { KeyObject } from 'node:crypto'
import { longestRising } from './longest-rising.ts'
import { CHECKPOINT, GENESIS, readRecord, recordHash, type AuditHead, type AuditRecord } from './record.ts'
import { signedByOne } from './signer.ts'

/** One thing that is wrong with a log. `line`, from 1, where there is one; `seq`: the record's number as far as it is known. */
export interface AuditFault {
  readonly kind: 'changed' | 'dropped' | 'added' | 'reordered' | 'signature' | 'unsigned' | 'head'
  readonly seq?: number
  readonly line?: number
  readonly says: string
}

export interface AuditVerdict {
  readonly records: number
  readonly checkpoints: number
  /** The last record that a trusted key vouches for, with everything before it. */
  readonly signedUpTo: AuditHead | undefined
  /** Undefined when no key was given: then only accidents are found, since anybody can write a chain. */
  readonly signatures: 'good' | 'bad' | undefined
  readonly faults: readonly AuditFault[]
}

interface Line {
  readonly line: number
  readonly record: AuditRecord | undefined
  /** A record whose hash is its own. */
  readonly sound: boolean
}

/**
 * Checks a log of JSON Lines. Every record whose bytes were changed, that is missing, does not belong or stands elsewhere than
 * it was written is named. Where someone has written a chain anew with right hashes, the checkpoints betray it, and what
 * is named is the stretch up to the one that does not fit. What was cut off at the end behind a checkpoint can only be seen
 * with `head`, the end of the log as known from elsewhere.
 */
export function verifyAudit(
  text: string,
  options: { readonly keys?: readonly KeyObject[]; readonly head?: AuditHead } = {},
): AuditVerdict {
  const rows = text.split('\n')
  if (rows.at(-1) === '') rows.pop()
  const lines = rows.map((row, at): Line => {
    const record = readRecord(row)
    return { line: at + 1, record, sound: record !== undefined && recordHash(record) === record.hash }
  })
  const faults: AuditFault[] = []
  const genuine = theGenuine(lines, faults, options)
  findHoles(lines, genuine, faults, options.head?.seq)
  findMoved(lines, genuine, faults)
  const signed = checkSignatures(genuine, options.keys, faults)
  findBrokenLinks(genuine, signed.good, faults)
  const { head } = options
  const there = head === undefined ? undefined : genuine.get(head.seq)?.record
  if (head !== undefined && there !== undefined && there.hash !== head.hash) {
    faults.push({ kind: 'head', seq: head.seq, says: `record ${head.seq} is not the one that was expected` })
  }
  const last = Math.max(0, ...genuine.keys())
  const end = genuine.get(last)?.record
  if (end !== undefined && end.event !== CHECKPOINT) {
    const from = Math.max(0, ...signed.checkpoints) + 1
    faults.push({
      kind: 'unsigned',
      seq: from,
      says: `no checkpoint follows record ${from}: the end may be missing`,
    })
  }
  faults.sort((a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity) || (a.line ?? 0) - (b.line ?? 0))
  const upTo = signed.good.size === 0 ? undefined : genuine.get(Math.max(...signed.good))?.record
  return {
    records: lines.length,
    checkpoints: signed.checkpoints.length,
    signedUpTo: upTo && { seq: upTo.seq, hash: upTo.hash },
    signatures: options.keys && (faults.some(({ kind }) => kind === 'signature') ? 'bad' : 'good'),
    faults,
  }
}

type Genuine = Map<number, { readonly line: number; readonly record: AuditRecord }>

/** One sound record a number: where several claim it, the known end, a signed one, the one that the next record follows, or the first. */
function theGenuine(
  lines: readonly Line[],
  faults: AuditFault[],
  { keys = [], head }: { readonly keys?: readonly KeyObject[]; readonly head?: AuditHead },
): Genuine {
  const claims = Map.groupBy(
    lines.flatMap(({ line, record, sound }) => (record !== undefined && sound ? [{ line, record }] : [])),
    ({ record }) => record.seq,
  )
  const genuine: Genuine = new Map()
  for (const [seq, claimants] of claims) {
    const followed = new Set(claims.get(seq + 1)?.map(({ record }) => record.previous))
    const before = new Set(claims.get(seq - 1)?.map(({ record }) => record.hash))
    const signed = ({ record }: { readonly record: AuditRecord }) =>
      record.signature !== undefined && signedByOne(keys, record.hash, record.signature)
    const fitting =
      claimants.find(({ record }) => head?.seq === seq && head.hash === record.hash) ??
      (claimants.length > 1 ? claimants.find(signed) : undefined) ??
      claimants.find(({ record }) => followed.has(record.hash)) ??
      claimants.find(({ record }) => before.has(record.previous)) ??
      claimants[0]
    if (fitting === undefined) continue
    genuine.set(seq, fitting)
    for (const { line } of claimants.filter((each) => each !== fitting)) {
      faults.push({ kind: 'added', seq, line, says: `line ${line} is a second record ${seq}` })
    }
  }
  return genuine
}

/** Numbers without a sound record: a damaged line stands for the number that it claims, or else for the one that fits there. */
function findHoles(lines: readonly Line[], genuine: Genuine, faults: AuditFault[], expected = 0): void {
  const damaged = lines.filter(({ sound }) => !sound)
  const place = new Map([...genuine].map(([seq, { line }]) => [line, seq]))
  const last = Math.max(0, expected, ...genuine.keys())
  const holes = new Set<number>()
  for (let seq = 1; seq <= last; seq++) if (!genuine.has(seq)) holes.add(seq)
  for (const { line, record } of damaged) {
    const claimed = record?.seq
    let before = line - 1
    while (before > 0 && !place.has(before)) before--
    const fits = (place.get(before) ?? 0) + (line - before)
    const seq = claimed !== undefined && holes.has(claimed) ? claimed : fits
    // A damaged last record leaves no hole behind it that could be seen, unless the end is known.
    const atEnd = expected === 0 && seq === last + 1 && line === lines.length
    if (holes.delete(seq) || atEnd) {
      faults.push({ kind: 'changed', seq, line, says: `record ${seq} in line ${line} was changed` })
    } else faults.push({ kind: 'added', line, says: `line ${line} is no record of this log` })
  }
  for (const seq of holes) faults.push({ kind: 'dropped', seq, says: `record ${seq} is missing` })
}

/** The fewest records that must have been moved. */
function findMoved(lines: readonly Line[], genuine: Genuine, faults: AuditFault[]): void {
  const inOrder = lines.flatMap(({ line, record, sound }) =>
    record !== undefined && sound && genuine.get(record.seq)?.line === line ? [record.seq] : [],
  )
  const kept = new Set(longestRising(inOrder))
  for (const seq of inOrder) {
    if (kept.has(seq)) continue
    const line = genuine.get(seq)?.line
    faults.push({
      kind: 'reordered',
      seq,
      ...(line && { line }),
      says: `record ${seq} is in line ${line ?? '?'}`,
    })
  }
}

function checkSignatures(genuine: Genuine, keys: readonly KeyObject[] | undefined, faults: AuditFault[]) {
  const checkpoints: number[] = []
  const good = new Set<number>()
  for (const [seq, { line, record }] of [...genuine].sort(([a], [b]) => a - b)) {
    const { signature } = record
    if (record.event !== CHECKPOINT && signature === undefined) continue
    checkpoints.push(seq)
    if (signature !== undefined && record.event === CHECKPOINT) {
      if (keys === undefined) continue
      if (signedByOne(keys, record.hash, signature)) {
        good.add(seq)
        continue
      }
    }
    const from = Math.max(0, ...good) + 1
    const says = `checkpoint ${seq} is not signed by the key: records ${from} to ${seq} may be of somebody else`
    faults.push({ kind: 'signature', seq, line, says })
  }
  return { checkpoints, good }
}

/** A record that the next one does not follow was exchanged for another, unless a signature vouches for it. */
function findBrokenLinks(genuine: Genuine, signed: ReadonlySet<number>, faults: AuditFault[]): void {
  const named = new Set(faults.map(({ seq }) => seq))
  for (const [seq, { record }] of genuine) {
    const before = seq === 1 ? GENESIS : genuine.get(seq - 1)?.record
    if (before === undefined || before.hash === record.previous) continue
    const guilty = seq === 1 || signed.has(seq - 1) ? seq : seq - 1
    if (named.has(guilty)) continue
    const line = genuine.get(guilty)?.line
    const says = `record ${guilty} is another than the chain holds`
    faults.push({ kind: 'changed', seq: guilty, ...(line && { line }), says })
  }
}
