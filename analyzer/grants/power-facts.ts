import type { NodeId } from '../../graph/index.ts'
import type { Fact } from '../findings/fact.ts'
import type { Person } from './people.ts'

type Kind = 'administrator' | 'privileged' | 'pass-any-role'

/** A fact about somebody's power in a scope. */
export type PowerFact = Extract<Fact, { readonly fact: Kind }>

/** Facts about one scope: one of each kind for each principal, the one that assumes least. An administrator is no less. */
export class ScopeFacts {
  private readonly scope: NodeId
  private readonly facts: { readonly [K in Kind]: Map<NodeId, PowerFact> } = {
    administrator: new Map(),
    privileged: new Map(),
    'pass-any-role': new Map(),
  }

  constructor(scope: NodeId) {
    this.scope = scope
  }

  add(fact: Kind, people: Iterable<Person>, via: string, assumes: readonly string[]): void {
    const known = this.facts[fact]
    for (const { principal, proof } of people) {
      if (fact !== 'administrator' && this.facts.administrator.has(principal)) continue
      const before = known.get(principal)
      if (before !== undefined && before.assumes.length <= assumes.length) continue
      const base = { principal, scope: this.scope, assumes, ...proof() }
      known.set(principal, fact === 'pass-any-role' ? { fact, ...base } : { fact, via, ...base })
    }
  }

  list(): PowerFact[] {
    return Object.values(this.facts).flatMap((facts) => [...facts.values()])
  }
}
