/**
 * `gomeisa simulate aws`, slow and plain: decides in every world that the line leaves open, and says what they agree on.
 * Written from the documentation of AWS; shares nothing with the engine.
 */
import type { World } from './conditions.ts'
import { decide, type Layer, type Outcome } from './decide.ts'
import { contextOf } from './keys.ts'
import type { Decision, Line } from './line.ts'
import { askers, type Asker } from './principal.ts'
import type { Oracle } from './statements.ts'
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
  for (const alternatives of askers(line)) {
    for (const world of worldsOf(line)) {
      worlds++
      const { decision, layers } = inWorld(line, alternatives, world)
      seen.set(decision, new Set([...layers, ...(seen.get(decision) ?? [])]))
    }
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
  alternatives: readonly Asker[],
  world: World,
): { decision: Outcome['decision'] | 'unknown'; layers: readonly Layer[] } {
  const outcomes = alternatives.flatMap((asker) => whateverIsOpen(line, asker, world))
  const allowed = outcomes.filter((o) => o.decision === 'allowed')
  if (allowed.length > 0 && allowed.length < outcomes.length) return { decision: 'unknown', layers: [] }
  const explicit = outcomes.every((o) => o.decision === 'denied-explicit')
  return {
    decision: allowed.length > 0 ? 'allowed' : explicit ? 'denied-explicit' : 'denied-implicit',
    layers: outcomes.flatMap((o) => o.layers),
  }
}

/** The outcomes for every way to answer what the documentation leaves open. */
function whateverIsOpen(line: Line, asker: Asker, world: World): readonly Outcome[] {
  const open = new Set<object>()
  const ask = (says: Oracle) =>
    decide({
      line,
      asker,
      world,
      oracle: (about) => {
        open.add(about)
        return says(about)
      },
    })
  const outcomes = [ask(() => false)]
  const facts = [...open]
  for (let choice = 1; choice < 2 ** facts.length; choice++) {
    outcomes.push(ask((about) => (choice & (1 << facts.indexOf(about))) !== 0))
  }
  return outcomes
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
