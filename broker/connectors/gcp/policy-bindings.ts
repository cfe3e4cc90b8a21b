import type { JsonObject } from '../../../graph/index.ts'
import type { Observed, Outcome } from '../../grants/connector.ts'
import type { AllowPolicies } from './allow-policies.ts'
import { planned } from '../planned.ts'
import type { Wait } from '../wait.ts'
import { codeOf, failed, isAbsent, isConflict } from './answers.ts'
import {
  endingAt,
  seenIn,
  withBinding,
  withoutAnyGrant,
  withoutBinding,
  type GrantBinding,
} from './conditional-binding.ts'

/** How often a policy is read and written anew when others write it at the same time. */
const TRIES = 6
/** Milliseconds before the second try, doubled each time; up to as much again by chance, so that brokers part. */
const FIRST_WAIT = 100

/** What the connectors take from their surroundings. */
export interface Timing {
  readonly wait: Wait
  /** From 0 to 1. */
  readonly random: () => number
}

/**
 * The bindings of grants in allow policies: each one of its own, told from all others by its title, with a condition by which
 * Google ends it. A plan or recipe names `resource`, `role`, `member` and `title`.
 */
export class PolicyBindings {
  readonly #policies: AllowPolicies
  readonly #timing: Timing

  constructor(policies: AllowPolicies, timing: Timing) {
    this.#policies = policies
    this.#timing = timing
  }

  /** Makes the binding be there until the deadline (milliseconds since 1970). */
  add(plan: JsonObject, deadline: number, signal: AbortSignal): Promise<Outcome> {
    const binding = bindingOf(plan)
    const change = (policy: JsonObject) => withBinding(policy, binding, endingAt(deadline))
    return this.#changed(plan, { change, doing: 'the binding was not made' }, signal)
  }

  async observe(recipe: JsonObject, signal: AbortSignal): Promise<Observed> {
    try {
      const seen = seenIn(await this.#policies.read(planned(recipe, 'resource'), signal), bindingOf(recipe))
      // One that is past its end counts as there until it is removed: policies hold 1,500 principals.
      return seen === 'absent' ? { kind: seen } : { kind: 'present', altered: seen === 'altered' }
    } catch (error) {
      if (isAbsent(error)) return { kind: 'absent' }
      return { kind: 'unknown', why: `the policy could not be read: ${codeOf(error)}` }
    }
  }

  remove(recipe: JsonObject, signal: AbortSignal): Promise<Outcome> {
    const { title, member } = bindingOf(recipe)
    return this.#removed(recipe, (policy) => withoutBinding(policy, title, member), signal)
  }

  /** All that brokers gave the recipe's member on the resource. */
  removeAll(recipe: JsonObject, signal: AbortSignal): Promise<Outcome> {
    const member = planned(recipe, 'member')
    return this.#removed(recipe, (policy) => withoutAnyGrant(policy, member), signal)
  }

  #removed(
    recipe: JsonObject,
    change: (policy: JsonObject) => JsonObject,
    signal: AbortSignal,
  ): Promise<Outcome> {
    return this.#changed(recipe, { change, doing: 'the binding was not removed', gone: true }, signal)
  }

  /** Reads, changes and writes, anew where somebody else wrote meanwhile; what Google then says it has must hold. */
  async #changed(plan: JsonObject, how: Change, signal: AbortSignal): Promise<Outcome> {
    const resource = planned(plan, 'resource')
    for (let attempt = 0; ; attempt++) {
      try {
        const policy = await this.#policies.read(resource, signal)
        const changed = how.change(policy)
        if (changed === policy) return { kind: 'done' }
        const kept = await this.#policies.write(resource, changed, signal)
        if (how.change(kept) === kept) return { kind: 'done' }
        return { kind: 'uncertain', why: `${how.doing}: Google's answer does not have the change` }
      } catch (error) {
        if (how.gone === true && isAbsent(error)) return { kind: 'done' }
        if (!isConflict(error) || attempt + 1 === TRIES) return failed(how.doing, error)
      }
      await this.#timing.wait(FIRST_WAIT * 2 ** attempt * (1 + this.#timing.random()), signal)
    }
  }
}

interface Change {
  /** The same object where the policy has the change already. */
  readonly change: (policy: JsonObject) => JsonObject
  readonly doing: string
  /** Where the resource is not there, neither is what should go. */
  readonly gone?: true
}

const bindingOf = (plan: JsonObject): GrantBinding => ({
  role: planned(plan, 'role'),
  member: planned(plan, 'member'),
  title: planned(plan, 'title'),
})
