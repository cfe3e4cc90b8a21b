import type { JsonObject } from '../graph/index.ts'
import { GomeisaError, isObject, own } from '../graph/index.ts'
import type { LineSimulator } from './line-simulator.ts'
import { isBadRequest, type Simulate } from './simulation.ts'

const REMEDY = 'every line is one request as JSON; docs/simulate.md describes it'

/** Answers lines by way of the objects that they stand for. */
export class ObjectSimulator implements LineSimulator {
  private readonly simulate: Simulate

  constructor(simulate: Simulate) {
    this.simulate = simulate
  }

  answer(line: Buffer): string {
    const request = parsed(line)
    const id = own(request, 'id')
    if (typeof id !== 'string' && typeof id !== 'number') {
      throw new GomeisaError('INPUT_SHAPE', '`id` is no text and no number', {
        place: { file: '', pointer: '' },
        remedy: REMEDY,
      })
    }
    const outcome = this.simulate(request)
    if (!isBadRequest(outcome)) return JSON.stringify({ id, ...outcome })
    const { wrong, pointer, remedy } = outcome
    throw new GomeisaError('INPUT_SHAPE', wrong, { place: { file: '', pointer }, remedy })
  }
}

function parsed(line: Buffer): JsonObject {
  let value: unknown
  try {
    value = JSON.parse(line.toString('utf8'))
  } catch (cause) {
    const says = cause instanceof Error ? cause.message : String(cause)
    throw new GomeisaError('INPUT_SYNTAX', `the line is no JSON: ${says}`, { remedy: REMEDY, cause })
  }
  if (isObject(value)) return value
  throw new GomeisaError('INPUT_SHAPE', 'the line is no JSON object', { remedy: REMEDY })
}
