/** What waits under one key, and how much of it runs. */
interface Lane {
  busy: number
  readonly atOnce: number
  readonly waiting: (() => void)[]
}

/** Lets at most so many pieces of work run at once, of all together and of each key; the others wait in turn. */
export class Limits {
  private running = 0
  /** Lanes that have somebody waiting, the one that was served last at the end. */
  private readonly lanes = new Map<string, Lane>()
  private readonly total: number

  constructor(total: number) {
    this.total = total
  }

  /** Runs `work` when there is room for it under `key`, which takes at most `atOnce`. */
  async run<T>(key: string, atOnce: number, work: () => Promise<T>): Promise<T> {
    const lane = this.lanes.get(key) ?? { busy: 0, atOnce, waiting: [] }
    this.lanes.set(key, lane)
    await new Promise<void>((go) => {
      lane.waiting.push(go)
      this.serve()
    })
    try {
      return await work()
    } finally {
      this.running--
      lane.busy--
      if (lane.busy === 0 && lane.waiting.length === 0) this.lanes.delete(key)
      this.serve()
    }
  }

  private serve(): void {
    for (const [key, lane] of this.lanes) {
      if (this.running >= this.total) return
      let go: (() => void) | undefined
      while (this.running < this.total && lane.busy < lane.atOnce && (go = lane.waiting.shift())) {
        this.running++
        lane.busy++
        // To the end of the row, so that no lane is served before the others for ever.
        this.lanes.delete(key)
        this.lanes.set(key, lane)
        go()
      }
    }
  }
}
