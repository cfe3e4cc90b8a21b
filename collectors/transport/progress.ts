/** How far a collection is. The number of calls that are known of grows while listings come in. */
export interface CollectProgress {
  readonly done: number
  readonly known: number
  /** Seconds left for the calls that are known of, at the pace so far; undefined while there is no pace yet. */
  readonly secondsLeft: number | undefined
}

/**
 * Counts calls and estimates what is left. `elapsed` gives milliseconds since the start, `atLeast` seconds that quotas make
 * those wait who wait already.
 */
export class Progress {
  private done = 0
  private known = 0
  private fresh = 0
  private readonly elapsed: () => number
  private readonly tell: ((progress: CollectProgress) => void) | undefined

  private readonly atLeast: () => number

  constructor(
    elapsed: () => number,
    tell: ((progress: CollectProgress) => void) | undefined,
    atLeast: () => number = () => 0,
  ) {
    this.elapsed = elapsed
    this.tell = tell
    this.atLeast = atLeast
  }

  expect(): void {
    this.known++
  }

  /** A call is finished; `isFresh` when it was made now rather than by an earlier process. */
  finished(isFresh: boolean): void {
    this.done++
    if (isFresh) this.fresh++
    const pace = this.fresh / Math.max(this.elapsed(), 1)
    const paced = Math.max(Math.ceil((this.known - this.done) / pace / 1000), this.atLeast())
    const left = this.fresh < FEW ? undefined : paced
    this.tell?.({ done: this.done, known: this.known, secondsLeft: left })
  }
}

const FEW = 20
