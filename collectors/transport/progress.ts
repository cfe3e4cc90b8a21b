/** How far a collection is. The number of calls that are known of grows while listings come in. */
export interface CollectProgress {
  readonly done: number
  readonly known: number
  /** Seconds left for the calls that are known of, at the pace so far; undefined while there is no pace yet. */
  readonly secondsLeft: number | undefined
}

/** Counts calls and estimates what is left. `elapsed` gives milliseconds since the start. */
export class Progress {
  private done = 0
  private known = 0
  private fresh = 0
  private readonly elapsed: () => number
  private readonly tell: ((progress: CollectProgress) => void) | undefined

  constructor(elapsed: () => number, tell: ((progress: CollectProgress) => void) | undefined) {
    this.elapsed = elapsed
    this.tell = tell
  }

  expect(): void {
    this.known++
  }

  /** A call is finished; `isFresh` when it was made now rather than by an earlier process. */
  finished(isFresh: boolean): void {
    this.done++
    if (isFresh) this.fresh++
    const pace = this.fresh / Math.max(this.elapsed(), 1)
    const left = this.fresh < FEW ? undefined : Math.ceil((this.known - this.done) / pace / 1000)
    this.tell?.({ done: this.done, known: this.known, secondsLeft: left })
  }
}

const FEW = 20
