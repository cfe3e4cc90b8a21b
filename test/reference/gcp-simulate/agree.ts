/** Compares the engine with the reference on the case of one seed; what is wrong, or nothing. */
import { simulateGcp } from '../../../analyzer/gcp/simulate/simulate.ts'
import { isBadRequest } from '../../../analyzer/simulation.ts'
import type { SimulatedDecision } from '../../../analyzer/simulation.ts'
import { Dice, forgetful, remembered, requestOf, surroundings } from './cases.ts'
import { evaluate } from './cel.ts'
import { knownOf, referenceDecision } from './reference.ts'

type Any = any // eslint-disable-line @typescript-eslint/no-explicit-any -- documents as they come

export function decided(request: Any): SimulatedDecision {
  const outcome = simulateGcp(request)
  if (isBadRequest(outcome)) throw new TypeError(`${outcome.pointer}: ${outcome.wrong}`)
  return outcome
}

export interface Compared {
  /** Decision of the whole request, and of the one that left things out. */
  readonly decisions: readonly [string, string]
  readonly wrong: string | undefined
}

export function compare(seed: number): Compared {
  const dice = new Dice(seed)
  const request = requestOf(dice, seed)
  const whole = decided(request).decision
  const expected = referenceDecision(request)
  if (whole !== expected)
    return { decisions: [whole, ''], wrong: `seed ${seed}: ${whole}, the reference says ${expected}` }
  const { asked, forgotten } = forgetful(dice, request)
  const answer = decided(asked)
  const cases = [
    request,
    remembered(request, forgotten, surroundings(dice)),
    remembered(request, forgotten, surroundings(dice)),
  ]
  for (const each of cases) {
    const truth = referenceDecision(each)
    if (!agrees(answer, truth, each)) {
      return {
        decisions: [whole, answer.decision],
        wrong: `seed ${seed} without ${forgotten.join(', ')}: ${answer.decision} ${answer.residual ?? ''}, the reference says ${truth}`,
      }
    }
  }
  return { decisions: [whole, answer.decision], wrong: undefined }
}

/** Whether an answer about a request that leaves things out holds of a whole one. */
function agrees(answer: SimulatedDecision, truth: string, whole: Any): boolean {
  switch (answer.decision) {
    case 'allowed':
    case 'denied-explicit':
      return truth === answer.decision
    case 'denied-implicit':
      return truth !== 'allowed'
    case 'conditional':
      return (evaluate(answer.residual ?? '', knownOf(whole)) === true) === (truth === 'allowed')
    case 'unknown':
      return (answer.missing ?? []).length > 0
  }
}
