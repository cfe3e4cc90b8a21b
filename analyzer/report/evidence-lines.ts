import type { Derivation, SourceRef } from '../../graph/index.ts'
import type { Origin } from './model.ts'

/** One line of proof: what a record says and where it stands, `depth` steps below what follows from it. */
export interface EvidenceLine {
  readonly depth: number
  readonly says: string
  /** The rule by which it follows from the lines below; `null` for what was seen. */
  readonly rule: string | null
  /** `file:line`; `null` for what follows. */
  readonly place: string | null
}

/** Evidence as lines, in reading order. */
export function evidenceLines(
  evidence: readonly Derivation[],
  describe: (ref: SourceRef) => Origin,
  depth = 0,
): EvidenceLine[] {
  return evidence.flatMap((item): EvidenceLine[] => {
    if (item.type === 'observed') {
      return [{ depth, says: item.says, rule: null, place: placeOf(item.at, describe) }]
    }
    return [
      { depth, says: item.says, rule: item.rule, place: null },
      ...evidenceLines(item.from, describe, depth + 1),
    ]
  })
}

/** `file:line`, or `file` and the JSON pointer where the line is not known. */
export function placeOf(ref: SourceRef, describe: (ref: SourceRef) => Origin): string {
  const { origin, line } = describe(ref)
  return line === undefined ? `${origin} ${ref.pointer}`.trimEnd() : `${origin}:${line}`
}
