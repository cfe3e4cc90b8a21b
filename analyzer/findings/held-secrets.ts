import type { LongLivedKeyFact } from './fact.ts'
import { factsOf, powerful } from './facts.ts'
import type { Case, FindingContext } from './rule.ts'
import { STALE_DAYS, daysBetween, homeOf } from './scope.ts'

/** The cases of a rule about workloads that hold a kind of secret, called `noun`; whose age is known says it. */
export function* heldSecrets(
  { facts, nodes, now }: FindingContext,
  kind: LongLivedKeyFact['secret'],
  noun: string,
): Generator<Case> {
  const strong = powerful(facts)
  for (const fact of factsOf(facts, 'long-lived-key')) {
    if (fact.secret !== kind) continue
    const days = fact.created === undefined ? undefined : daysBetween(fact.created, now)
    const grave = strong.has(fact.principal) || (days !== undefined && days > STALE_DAYS)
    yield {
      subject: fact.principal,
      scope: homeOf(nodes, fact.principal),
      discriminator: fact.keyId,
      detail: `${noun} ${fact.keyId}${days === undefined ? '' : ` (${days} days old)`}`,
      ...(grave ? { severity: 'high' as const } : {}),
      assumes: fact.assumes,
      evidence: fact.evidence,
      remedy: fact.remedy,
    }
  }
}
