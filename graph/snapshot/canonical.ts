import { createHash } from 'node:crypto'
import type { Json } from '../model/json.ts'
import type { ContentHash, SnapshotId } from '../model/ids.ts'
import type { SnapshotDraft } from './snapshot.ts'

/**
 * JSON in canonical form: keys sorted by UTF-16 units, no white space, numbers and strings as ECMAScript prints them
 * (RFC 8785). `undefined` properties are left out.
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const object = value as { readonly [key: string]: Json | undefined }
  const members: string[] = []
  for (const key of Object.keys(object).sort()) {
    const member = object[key]
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`)
  }
  return `{${members.join(',')}}`
}

export function contentHash(bytes: Uint8Array | string): ContentHash {
  return createHash('sha256').update(bytes).digest('hex') as ContentHash
}

/**
 * The id of a snapshot: the hash of what was seen (kind, rows and content of each source, in an order that does not
 * depend on how they were given), of what was not, and of when. Where the files lay is no part of it.
 */
export function snapshotId(draft: SnapshotDraft): SnapshotId {
  const sources = draft.sources
    .map((s) => canonicalJson([s.kind, s.format, s.content, s.rowsAt, s.scope ?? null, s.takenAt ?? null]))
    .sort()
  const gaps = draft.gaps.map((g) => canonicalJson([g.kind, g.cloud, g.scope, g.what])).sort()
  return contentHash(
    canonicalJson({ version: 1, takenAt: draft.takenAt, sources, gaps }),
  ) as string as SnapshotId
}
