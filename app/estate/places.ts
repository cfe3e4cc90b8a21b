import type { Derivation, SourceRef } from '../../graph/index.ts'
import type { OpenEstate } from './open-estate.ts'

/** File and line of a piece of evidence; no line where the pointer leads nowhere. */
export interface EvidenceLine {
  readonly origin: string
  readonly line?: number
}

/** Looks up every place that facts rest on at once, file by file, so that each file is decompressed once. */
export async function placesOf(
  estate: OpenEstate,
  facts: Iterable<Derivation>,
): Promise<(ref: SourceRef) => EvidenceLine> {
  const refs = new Map<string, SourceRef>()
  const all: Derivation[] = [...facts]
  // Grows while it is walked: what a fact is derived from is visited after it.
  for (const fact of all) {
    if (fact.type === 'observed') refs.set(key(fact.at), fact.at)
    else all.push(...fact.from)
  }
  const places = new Map<string, EvidenceLine>()
  for (const ref of [...refs.values()].sort((a, b) => a.source - b.source)) {
    const { origin, line } = await estate.line(ref)
    places.set(key(ref), line === undefined ? { origin } : { origin, line })
  }
  return (ref) => places.get(key(ref)) ?? { origin: 'unknown source' }
}

function key(ref: SourceRef): string {
  return `${ref.source} ${ref.pointer}`
}
