import type { Json } from '../../../graph/index.ts'
import { ConditionBook } from '../policy/condition/book.ts'
import type { Verdict } from '../policy/decide.ts'
import { decide } from '../policy/decide.ts'
import { readQuestion } from './question.ts'

/** Azure's answer to one question, as `gomeisa simulate azure` prints it (docs/schema/simulate-azure.answer.json). */
export type SimulatedAnswer = { readonly id: string | number | null } & Verdict

/** Answers questions that carry everything they need; conditions that come again are read once. */
export class AzureSimulator {
  private readonly conditions = new ConditionBook()

  /** A question of another shape is `INPUT_SHAPE` or `INPUT_DUPLICATE`, with its place in the line. */
  answer(line: Json): SimulatedAnswer {
    const { id, request, policies } = readQuestion(line)
    return { id, ...decide(request, policies, this.conditions) }
  }
}
