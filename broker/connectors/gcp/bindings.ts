import { GomeisaError, type JsonObject } from '../../../graph/index.ts'
import type {
  Connector,
  ConnectorTraits,
  GrantTerms,
  KillTarget,
  Observed,
  Outcome,
  Plan,
} from '../../grants/connector.ts'
import { known } from '../entitlement-list.ts'
import { planned } from '../planned.ts'
import { TIMEOUT, type AllowPolicies } from './allow-policies.ts'
import { codeOf, failed, isAbsent, isConflict } from './answers.ts'
import {
  endingAt,
  seenIn,
  TITLE_PREFIX,
  withBinding,
  withoutAnyGrant,
  withoutBinding,
  type GrantBinding,
} from './conditional-binding.ts'
import { bindingsById, type BindingEntitlement } from './entitlements.ts'

/** How often a policy is read and written anew when others write it at the same time. */
const TRIES = 6
/** Milliseconds before the second try, doubled each time; up to as much again by chance, so that brokers part. */
const FIRST_WAIT = 100
const CONNECTOR = 'gcp-binding'

/** What the connector takes from its surroundings. */
export interface Timing {
  /** Waits so many milliseconds; rejects when the signal is aborted. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** From 0 to 1. */
  readonly random: () => number
}

/**
 * Access by a binding of its own in the allow policy of a project, folder or organization, with a condition by which Google ends it
 * at the deadline. The condition's title carries the grant: bindings without it are never touched. Google evaluates the policy at
 * each request, so that access tokens that were taken before lose the access, too, as soon as the change has spread.
 */
export class Bindings implements Connector {
  readonly name = CONNECTOR
  readonly traits: ConnectorTraits = {
    narrowing: ['scope', 'condition'],
    providerExpiry: 'hard',
    // Google, "Access change propagation": "Typically 2 minutes, potentially 7 minutes or longer".
    revoke: { typical: 120_000, worst: 420_000, residual: 'none' },
    settles: 2 * TIMEOUT,
  }
  readonly #policies: AllowPolicies
  readonly #entitlements: ReadonlyMap<string, BindingEntitlement>
  readonly #timing: Timing

  /** Throws as `bindingsById` does. */
  constructor(policies: AllowPolicies, entitlements: readonly BindingEntitlement[], timing: Timing) {
    this.#policies = policies
    this.#entitlements = bindingsById(entitlements)
    this.#timing = timing
  }

  async plan({ entitlement, person, grant }: GrantTerms): Promise<Plan> {
    const { resource, role, members } = known(this.#entitlements, entitlement)
    const member = members.get(person)
    if (member === undefined) {
      const why = `\`${entitlement}\` names no principal of Google Cloud for this person`
      throw new GomeisaError('NOT_FOUND', why, { remedy: 'add the person to `members` of the entitlement' })
    }
    const recipe = { resource, role, member, person, title: `${TITLE_PREFIX}${grant}` }
    const access = [CONNECTOR, resource, role, member, grant].join(' ')
    return Promise.resolve({ access, plan: recipe, recipe })
  }

  issue(plan: JsonObject, terms: GrantTerms, _key: string, signal: AbortSignal): Promise<Outcome> {
    const binding = bindingOf(plan)
    const change = (policy: JsonObject) => withBinding(policy, binding, endingAt(terms.deadline))
    const held = (policy: JsonObject) => change(policy) === policy
    return this.#changed(plan, { change, held, doing: 'the binding was not made' }, signal)
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

  revoke(recipe: JsonObject, signal: AbortSignal): Promise<Outcome> {
    const { title, member } = bindingOf(recipe)
    return this.#removed(recipe, (policy) => withoutBinding(policy, title, member), signal)
  }

  /** Google has nothing faster than the removal. That of a person takes all that brokers gave them on the resource. */
  async kill(recipe: JsonObject, target: KillTarget, signal: AbortSignal): Promise<Outcome> {
    if ('grant' in target) return this.revoke(recipe, signal)
    if (planned(recipe, 'person') !== target.person)
      return { kind: 'refused', why: 'the grant is of another person' }
    const member = planned(recipe, 'member')
    return this.#removed(recipe, (policy) => withoutAnyGrant(policy, member), signal)
  }

  async #removed(
    recipe: JsonObject,
    change: (policy: JsonObject) => JsonObject,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const held = (policy: JsonObject) => change(policy) === policy
    return this.#changed(recipe, { change, held, doing: 'the binding was not removed', gone: true }, signal)
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
        if (how.held(kept)) return { kind: 'done' }
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
  readonly change: (policy: JsonObject) => JsonObject
  /** Whether a policy has the change. */
  readonly held: (policy: JsonObject) => boolean
  readonly doing: string
  /** Where the resource is not there, neither is what should go. */
  readonly gone?: true
}

const bindingOf = (plan: JsonObject): GrantBinding => ({
  role: planned(plan, 'role'),
  member: planned(plan, 'member'),
  title: planned(plan, 'title'),
})
