import type { GraphStore, Snapshot } from '../../graph/index.ts'
import { readEstate } from '../../graph/index.ts'
import type { Assessment } from './assessment.ts'
import { assess } from './assessment.ts'
import { chooseSnapshot, openSnapshotEstate } from './open-estate.ts'

/** Which snapshots a page or a report is about; names as `chooseSnapshot` takes them. */
export interface PairChoice {
  /** Default: the newest. */
  readonly snapshot?: string
  /** Default: the newest analysed one before it; there may be none. */
  readonly compare?: string
}

/** A snapshot's assessment and the one to compare it with. */
export async function assessPair(
  store: GraphStore,
  choice: PairChoice,
): Promise<{ current: Assessment; previous: Assessment | undefined }> {
  const snapshots = await store.snapshots()
  const chosen = chooseSnapshot(snapshots, choice.snapshot)
  const current = await assess(await openSnapshotEstate(store, chosen))
  const before =
    choice.compare === undefined
      ? await newestAnalysed(store, snapshots.slice(0, snapshots.indexOf(chosen)))
      : chooseSnapshot(snapshots, choice.compare)
  const previous = before && (await assess(await openSnapshotEstate(store, before)))
  return { current, previous }
}

async function newestAnalysed(
  store: GraphStore,
  snapshots: readonly Snapshot[],
): Promise<Snapshot | undefined> {
  for (const snapshot of snapshots.toReversed()) {
    if ((await readEstate(store, snapshot.id)) !== undefined) return snapshot
  }
  return undefined
}
