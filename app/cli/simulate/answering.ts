import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { LineSimulator } from '../../../analyzer/index.ts'
import { GomeisaError, type Cloud } from '../../../graph/index.ts'
import { answerBlock, type BlockAnswers } from './answer-block.ts'
import type { Answering } from './simulate-lines.ts'

/** Answers in the caller's thread. */
export function answeringHere(simulator: LineSimulator): Answering {
  return { atOnce: 1, answer: (block) => Promise.resolve().then(() => answerBlock(block, simulator)) }
}

/** So many bytes are answered before threads are worth their start. */
const ALONE = 8 << 20
/** Blocks for each thread: one that is being answered, and one that waits. */
const EACH = 2

/** Answers in the caller's thread at first, and in a thread for each processor when there is much to answer. */
export class AnsweringThreads implements Answering {
  readonly atOnce: number
  readonly #cloud: Cloud
  readonly #here: Answering
  readonly #threads: number
  readonly #alone: number
  #workers: AnsweringWorker[] = []
  #seen = 0

  /** `threads`: for as many processors; `alone`: bytes that are answered before they are started. */
  constructor(
    cloud: Cloud,
    simulator: LineSimulator,
    { threads = availableParallelism(), alone = ALONE }: { threads?: number; alone?: number } = {},
  ) {
    this.#cloud = cloud
    this.#alone = alone
    this.#here = answeringHere(simulator)
    this.#threads = threads
    this.atOnce = Math.max(1, threads * EACH)
  }

  answer(block: Buffer): Promise<BlockAnswers> {
    this.#seen += block.length
    if (this.#threads < 2 || this.#seen <= this.#alone) return this.#here.answer(block)
    if (this.#workers.length === 0) {
      this.#workers = Array.from({ length: this.#threads }, () => new AnsweringWorker(this.#cloud))
    }
    const free = this.#workers.reduce((least, each) => (each.open < least.open ? each : least))
    return free.answer(block)
  }

  /** Ends the threads, whatever they do. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()))
  }
}

/** One thread; it answers its blocks in their order. */
class AnsweringWorker implements Answering {
  readonly atOnce = EACH
  readonly #worker: Worker
  readonly #open: PromiseWithResolvers<BlockAnswers>[] = []

  constructor(cloud: Cloud) {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: cloud })
    this.#worker.on('message', (answers: BlockAnswers) => this.#open.shift()?.resolve(answers))
    this.#worker.on('error', (cause) => {
      this.#fail(cause)
    })
    this.#worker.on('exit', () => {
      this.#fail(undefined)
    })
  }

  get open(): number {
    return this.#open.length
  }

  answer(block: Buffer): Promise<BlockAnswers> {
    const answers = Promise.withResolvers<BlockAnswers>()
    this.#open.push(answers)
    // What the block lies in may be read from elsewhere, too: the thread is given bytes of its own.
    const bytes = new Uint8Array(block)
    this.#worker.postMessage(bytes, [bytes.buffer])
    return answers.promise
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #fail(cause: unknown): void {
    const error = new GomeisaError('INTERNAL', 'a thread that answered lines has ended', { cause })
    for (const { reject } of this.#open.splice(0)) reject(error)
  }
}
