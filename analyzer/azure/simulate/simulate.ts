import type { JsonObject } from '../../../graph/index.ts'
import { GomeisaError } from '../../../graph/index.ts'
import type { BadRequest, SimulatedDecision } from '../../simulation.ts'
import { ConditionBook } from '../policy/condition/book.ts'
import { decide } from '../policy/decide.ts'
import { readQuestion } from './question.ts'

/** Conditions that come again are read once; what they mean depends on nothing but their text. */
const CONDITIONS = new ConditionBook()

/** Azure's answer to one question (docs/schema/simulate-azure.request.json). */
export function simulateAzure(question: JsonObject): SimulatedDecision | BadRequest {
  try {
    const { request, policies } = readQuestion(question)
    return decide(request, policies, CONDITIONS)
  } catch (error) {
    if (!(error instanceof GomeisaError) || error.place === undefined) throw error
    return { pointer: error.place.pointer ?? '', wrong: error.message, remedy: error.remedy ?? '' }
  }
}
