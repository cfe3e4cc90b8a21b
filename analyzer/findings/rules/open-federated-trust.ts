import type { Severity } from '../../../graph/index.ts'
import type { OpenTrustFact } from '../fact.ts'
import { factsOf } from '../facts.ts'
import type { FindingRule } from '../rule.ts'
import { homeOf } from '../scope.ts'
import { nameOf } from '../words.ts'

export const openFederatedTrust: FindingRule = {
  id: 'open-federated-trust',
  title: 'Any tenant of an identity provider is let in',
  why:
    'An identity provider that many organizations share signs tokens for all of them. A trust that does not name the ' +
    'repository, organization, pool or application that is meant, or names it by a pattern that others can match, lets in ' +
    'whoever opens an account there: nothing has to be stolen. The finding shows a token that a stranger can get and that ' +
    'the policy accepts, as it is evaluated.',
  severity: 'critical',
  varies:
    'high where only an identity provider of your own is trusted too widely; medium where conditions must hold that are not ' +
    'about the token',
  tells: 'hygiene',
  *cases({ facts, nodes }) {
    for (const fact of factsOf(facts, 'open-trust')) {
      const under = fact.conditions.length === 0 ? '' : `, if ${fact.conditions.join(' and ')}`
      yield {
        subject: fact.trusting,
        scope: homeOf(nodes, fact.trusting),
        discriminator: fact.trusted,
        detail: `lets in ${fact.who}: ${fact.token} is accepted${under}`,
        severity: severity(fact),
        assumes: fact.assumes,
        evidence: fact.evidence,
        remedy: fact.remedy,
      }
    }
  },
  says: (cases, { nodes }) => `${nameOf(nodes, cases[0].subject)} ${cases[0].detail}`,
}

function severity({ kind, conditions }: OpenTrustFact): Severity {
  if (conditions.length > 0) return 'medium'
  return kind === 'own' ? 'high' : 'critical'
}
