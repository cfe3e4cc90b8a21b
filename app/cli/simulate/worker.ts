import { parentPort, workerData } from 'node:worker_threads'
import { simulatorOf } from '../../../analyzer/index.ts'
import type { Cloud } from '../../../graph/index.ts'
import { answerBlock } from './answer-block.ts'

/** A thread that answers blocks of lines; see `AnsweringThreads`. */
const simulator = await simulatorOf(workerData as Cloud)
parentPort?.on('message', (bytes: Uint8Array) => {
  const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  parentPort?.postMessage(answerBlock(block, simulator))
})
