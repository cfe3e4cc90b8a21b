import type { FindingRule } from '../rule.ts'
import { administrators, factsOf } from '../facts.ts'
import { homeOf } from '../scope.ts'
import { nameOf } from '../words.ts'

export const ownerlessPrivilegedServicePrincipal: FindingRule = {
  id: 'ownerless-privileged-service-principal',
  title: 'Privileged service principal that nobody owns',
  why:
    'Nobody answers for it: nobody rotates its secrets, notices its misuse or says that it can go. It is only reported where ' +
    'owners were exported.',
  severity: 'medium',
  varies: 'high for an administrator',
  tells: 'hygiene',
  *cases({ facts, nodes }) {
    const strong = administrators(facts)
    for (const fact of factsOf(facts, 'ownerless')) {
      yield {
        subject: fact.principal,
        scope: homeOf(nodes, fact.principal),
        discriminator: '',
        detail: '',
        ...(strong.has(fact.principal) ? { severity: 'high' as const } : {}),
        assumes: fact.assumes,
        evidence: fact.evidence,
        remedy: fact.remedy,
      }
    }
  },
  says: (cases, { nodes }) => `${nameOf(nodes, cases[0].subject)} has far-reaching rights and no owner`,
}
