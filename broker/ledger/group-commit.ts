import { GomeisaError } from '../../graph/index.ts'

/** What a group of works needs of a database; what gives a promise is waited for. */
export interface Commits {
  begin(): unknown
  commit(): unknown
  /** Never fails: what cannot be rolled back is gone with its connection. */
  rollback(): unknown
  /** Marks where one work begins; `keep` or `undo` follows. */
  mark(): unknown
  keep(): unknown
  undo(): unknown
  /** Whether works of which nothing was written are to be run once more after this failure; waits until then. `since`: of the first try. */
  again?(error: unknown, since: number): Promise<boolean>
}

interface Waiting {
  readonly run: () => Promise<unknown>
  readonly fulfil: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** Works that go to disk together at most. */
const MOST = 256

/**
 * Lets works that wait at the same time share one commit, so that one sync of the disk serves them all. Each is still all or
 * nothing by itself, they run one after another, and a work is told it is done only after the commit.
 */
export class GroupCommit {
  readonly #commits: Commits
  readonly #waiting: Waiting[] = []
  #working: Promise<void> | undefined
  #closed = false

  constructor(commits: Commits) {
    this.#commits = commits
  }

  add<T>(run: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#closed) {
        reject(new GomeisaError('STORE_UNUSABLE', 'the ledger is closed'))
        return
      }
      const fulfil = (value: unknown) => {
        resolve(value as T)
      }
      this.#waiting.push({ run, fulfil, reject })
      this.#working ??= this.#work()
    })
  }

  /** Finishes what waits and takes nothing more. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#working
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Those that are about to ask in this turn of the event loop come along.
      await new Promise(setImmediate)
      await this.#together(this.#waiting.splice(0, MOST))
    }
    this.#working = undefined
  }

  async #together(works: readonly Waiting[]): Promise<void> {
    const since = performance.now()
    for (;;) {
      try {
        for (const tell of await this.#committed(works)) tell()
        return
      } catch (error) {
        await this.#commits.rollback()
        if (await this.#commits.again?.(error, since)) continue
        for (const { reject } of works) reject(error)
        return
      }
    }
  }

  /** Runs all in one transaction, and gives what to tell those who wait now that it is durable. */
  async #committed(works: readonly Waiting[]): Promise<readonly (() => void)[]> {
    const after: (() => void)[] = []
    await this.#commits.begin()
    for (const { run, fulfil, reject } of works) {
      await this.#commits.mark()
      try {
        const value = await run()
        await this.#commits.keep()
        after.push(() => {
          fulfil(value)
        })
      } catch (error) {
        await this.#commits.undo()
        after.push(() => {
          reject(error)
        })
      }
    }
    await this.#commits.commit()
    return after
  }
}
