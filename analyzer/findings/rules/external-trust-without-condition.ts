import type { FindingRule } from '../rule.ts'
import { administrators, factsOf } from '../facts.ts'
import { homeOf } from '../scope.ts'
import { nameOf } from '../words.ts'

export const externalTrustWithoutCondition: FindingRule = {
  id: 'external-trust-without-condition',
  title: 'Outsiders are trusted without a condition',
  why:
    'Somebody outside the estate may act in it, and nothing narrows who of them, from where or for whom. A vendor that ' +
    'serves many customers can be made to use this trust on behalf of another of them (the confused deputy); a break-in at ' +
    'the vendor is a break-in here. An external id, a subject or an organization as condition closes it.',
  severity: 'high',
  varies: 'critical where the trusting identity is an administrator',
  tells: 'hygiene',
  *cases({ facts, nodes }) {
    const strong = administrators(facts)
    for (const fact of factsOf(facts, 'external-trust')) {
      if (fact.narrowed) continue
      yield {
        subject: fact.trusting,
        scope: homeOf(nodes, fact.trusting),
        discriminator: fact.trusted,
        detail: nameOf(nodes, fact.trusted),
        ...(strong.has(fact.trusting) ? { severity: 'critical' as const } : {}),
        assumes: fact.assumes,
        evidence: fact.evidence,
        remedy: fact.remedy,
      }
    }
  },
  says: (cases, { nodes }) =>
    `${nameOf(nodes, cases[0].subject)} trusts ${cases[0].detail}, which is outside the estate, without a condition`,
}
