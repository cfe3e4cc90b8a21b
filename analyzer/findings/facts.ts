import type { NodeId } from '../../graph/index.ts'
import type { AdministratorFact, Fact, PrivilegedFact } from './fact.ts'

/** The facts of one kind, in the given order. */
export function factsOf<K extends Fact['fact']>(
  facts: readonly Fact[],
  kind: K,
): readonly Extract<Fact, { readonly fact: K }>[] {
  return facts.filter((fact): fact is Extract<Fact, { readonly fact: K }> => fact.fact === kind)
}

/** Facts of far-reaching power, administrators first. */
export function powerFacts(facts: readonly Fact[]): readonly (AdministratorFact | PrivilegedFact)[] {
  return [...factsOf(facts, 'administrator'), ...factsOf(facts, 'privileged')]
}

/** Everyone who administers something. */
export function administrators(facts: readonly Fact[]): ReadonlySet<NodeId> {
  return new Set(factsOf(facts, 'administrator').map((fact) => fact.principal))
}

/** Everyone with far-reaching power. */
export function powerful(facts: readonly Fact[]): ReadonlySet<NodeId> {
  return new Set(powerFacts(facts).map((fact) => fact.principal))
}
