import { GomeisaError } from '../../graph/index.ts'
import type { Instant, SnapshotId } from '../../graph/index.ts'
import { packageVersion } from '../package-root.ts'

/** Rises when a field changes its meaning or goes; new fields do not raise it (docs/json.md). */
export const ENVELOPE_VERSION = 1

/** What every `--json` answer is wrapped in. */
export interface Envelope<Result> {
  readonly schemaVersion: typeof ENVELOPE_VERSION
  readonly gomeisa: string
  readonly command: string
  /** What the answer is about; null when the command is about no snapshot. */
  readonly snapshot: { readonly id: SnapshotId; readonly takenAt: Instant } | null
  readonly result: Result
}

export function envelope<Result>(
  command: string,
  snapshot: { readonly id: SnapshotId; readonly takenAt: Instant } | null,
  result: Result,
): Envelope<Result> {
  return {
    schemaVersion: ENVELOPE_VERSION,
    gomeisa: packageVersion(),
    command,
    snapshot: snapshot && { id: snapshot.id, takenAt: snapshot.takenAt },
    result,
  }
}

/** What `--json` prints when the command failed; the exit code says it too. */
export function errorEnvelope(error: unknown): object {
  const known = error instanceof GomeisaError ? error : undefined
  return {
    schemaVersion: ENVELOPE_VERSION,
    gomeisa: packageVersion(),
    error: {
      code: known?.code ?? 'INTERNAL',
      message: error instanceof Error ? error.message : String(error),
      ...(known?.place && { place: known.place }),
      ...(known?.remedy !== undefined && { remedy: known.remedy }),
      ...(known && known.candidates.length > 0 && { candidates: known.candidates }),
    },
  }
}
