import type { DecisionEngine, NodeId } from '../../graph/index.ts'
import { expect } from 'vitest'

/** What one engine says about one question, asked in all three ways. */
export interface Verdict {
  readonly decision: string
  readonly otherwise?: string
}

/** Asserts that can, who-can and what-can say the same of one question, and gives what they say. */
export function verdictOf(
  engine: DecisionEngine,
  principal: NodeId,
  action: string,
  resource: string,
): Verdict {
  const answer = engine.can(principal, action, resource)
  const question = `${principal} ${action} ${resource}`
  const rows = engine.whoCan(action, resource).filter(({ principals }) => principals.includes(principal))
  expect(rows.length, `who-can rows for ${question}`).toBe(answer.decision === 'denied' ? 0 : 1)
  if (rows[0] !== undefined) {
    expect(rows[0].answer.decision, `who-can ${question}`).toBe(answer.decision)
    expect(otherwiseOf(rows[0].answer), `who-can otherwise ${question}`).toBe(otherwiseOf(answer))
  }
  const index = engine.universe.indexOf(action)
  if (index !== undefined) {
    const decisions = engine
      .whatCan(principal, resource)
      .filter(({ actions }) => actions.has(index))
      .map(({ decision }) => decision)
    const expected = answer.decision === 'denied' ? [] : [answer.decision]
    expect([...new Set(decisions)], `what-can ${question}`).toEqual(expected)
  }
  const otherwise = otherwiseOf(answer)
  return { decision: answer.decision, ...(otherwise === undefined ? {} : { otherwise }) }
}

/** Asserts that what a principal's own grants name holds where they name it. */
export function expectSound(engine: DecisionEngine, principal: NodeId): void {
  for (const { resources, actions, decision } of engine.whatCan(principal)) {
    for (const action of engine.universe.namesOf(actions)) {
      const answer = engine.can(principal, action, resources[0])
      const strongest = decision === 'allowed' ? ['allowed'] : ['allowed', 'allowed-if', 'unknown']
      expect(strongest, `${principal} ${action} ${resources[0]} is ${answer.decision}`).toContain(
        answer.decision,
      )
    }
  }
}

function otherwiseOf(answer: ReturnType<DecisionEngine['can']>): string | undefined {
  return answer.decision === 'unknown' ? answer.otherwise : undefined
}
