/**
 * `gomeisa simulate aws`, slow and plain: decides in every world that the line leaves open, and says what they agree on.
 * Written from the documentation of AWS; shares nothing with the engine.
 */
import type { World } from './conditions.ts'
import { decide, type Layer, type Outcome } from './decide.ts'
import { contextOf } from './keys.ts'
import type { Decision, Line, Statement } from './line.ts'
import { Asker } from './principal.ts'
import { possibilities } from './worlds.ts'

export interface Answer {
  readonly decision: Decision
  /** Layers that may be called the one that decided; of conditional and unknown answers none. */
  readonly layers: readonly Layer[]
  /** How many worlds were looked at. */
  readonly worlds: number
}

/**
 * - all worlds agree: that decision; denied here explicitly, there implicitly: denied implicitly
 * - one is open even when every key is known, because the documentation does not say: unknown
 * - they disagree: conditional
 */
export function simulate(line: Line): Answer {
  const seen = new Map<Outcome['decision'] | 'unknown', Set<Layer>>()
  let worlds = 0
  for (const world of worldsOf(line)) {
    worlds++
    const { decision, layers } = inWorld(line, world)
    seen.set(decision, new Set([...layers, ...(seen.get(decision) ?? [])]))
  }
  const answer = (decision: Decision, layers: Iterable<Layer> = []): Answer => ({
    decision,
    layers: [...layers],
    worlds,
  })
  if (seen.has('unknown')) return answer('unknown')
  const denied = seen.get('denied-implicit') ?? seen.get('denied-explicit')
  if (seen.has('allowed')) return denied ? answer('conditional') : answer('allowed', seen.get('allowed'))
  const implicit = seen.get('denied-implicit')
  if (implicit === undefined) return answer('denied-explicit', denied)
  return answer('denied-implicit', new Set([...implicit, ...(seen.get('denied-explicit') ?? [])]))
}

/** The decision when every key is settled; unknown when it hangs on what the documentation leaves open. */
function inWorld(
  line: Line,
  world: World,
): { decision: Outcome['decision'] | 'unknown'; layers: readonly Layer[] } {
  const asker = new Asker(line)
  const open = new Set<Statement>()
  const ask = (says: (statement: Statement) => boolean) =>
    decide({
      line,
      asker,
      world,
      oracle: (statement) => {
        open.add(statement)
        return says(statement)
      },
    })
  const outcomes = [ask(() => false)]
  const statements = [...open]
  for (let choice = 1; choice < 2 ** statements.length; choice++) {
    outcomes.push(ask((statement) => (choice & (1 << statements.indexOf(statement))) !== 0))
  }
  const allowed = outcomes.filter((o) => o.decision === 'allowed')
  if (allowed.length > 0 && allowed.length < outcomes.length) return { decision: 'unknown', layers: [] }
  const explicit = outcomes.every((o) => o.decision === 'denied-explicit')
  return {
    decision: allowed.length > 0 ? 'allowed' : explicit ? 'denied-explicit' : 'denied-implicit',
    layers: outcomes.flatMap((o) => o.layers),
  }
}

export function* worldsOf(line: Line): Generator<World> {
  const { known, unknown } = contextOf(line)
  const open = [...possibilities(line, unknown, known)]
  const world = new Map(known)
  function* settle(at: number): Generator<World> {
    const next = open[at]
    if (next === undefined) {
      yield world
      return
    }
    for (const values of next[1]) {
      world.set(next[0], values)
      yield* settle(at + 1)
    }
  }
  yield* settle(0)
}
