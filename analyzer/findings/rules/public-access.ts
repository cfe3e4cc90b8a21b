import type { Severity } from '../../../graph/index.ts'
import type { PublicAccessFact } from '../fact.ts'
import type { FindingContext, FindingRule } from '../rule.ts'
import { factsOf } from '../facts.ts'
import { environmentOf, homeOf } from '../scope.ts'
import { nameOf } from '../words.ts'

export const publicAccess: FindingRule = {
  id: 'public-access',
  title: 'Open to everyone',
  why:
    'Anyone on the Internet, or anyone with any account of the cloud, which everyone can open, may use it. Open buckets and ' +
    'roles are found by scanners within hours. Where it is meant to be public, put it apart from everything that is not.',
  severity: 'high',
  varies: 'critical in production when no condition narrows it; medium when one does',
  tells: 'hygiene',
  *cases(context) {
    for (const fact of factsOf(context.facts, 'public-access')) {
      const who =
        fact.audience === 'anyone' ? 'anyone on the Internet' : 'anyone with an account of the cloud'
      yield {
        subject: fact.resource,
        scope: homeOf(context.nodes, fact.resource),
        discriminator: `${fact.audience} ${fact.may}`,
        detail: `${who} may ${fact.may}${fact.conditional ? ', under conditions' : ''}`,
        severity: severity(fact, context),
        assumes: fact.assumes,
        evidence: fact.evidence,
        remedy: fact.remedy,
      }
    }
  },
  says: (cases, { nodes }) => `${nameOf(nodes, cases[0].subject)}: ${cases[0].detail}`,
}

function severity(fact: PublicAccessFact, { nodes }: FindingContext): Severity {
  if (fact.conditional) return 'medium'
  return environmentOf(nodes, fact.resource) === 'production' ? 'critical' : 'high'
}
