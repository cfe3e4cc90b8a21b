import type { Json } from '../graph/index.ts'

/**
 * Answers questions that carry every policy they need, one after the other, without an estate. What is slow to prepare
 * may be kept between questions; the answer to a question depends on nothing else.
 */
export interface Simulator {
  /**
   * The answer as it is printed: `{id, decision, decidedBy, residual?, because, …}`. A question of another shape is an
   * `INPUT_…` error whose place names the member (JSON pointer in the question).
   */
  answer(question: Json): object
}
