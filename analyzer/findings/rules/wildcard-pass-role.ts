import type { FindingRule } from '../rule.ts'
import { factsOf } from '../facts.ts'
import { environmentOf, isWithin } from '../scope.ts'
import { inScope, nameOf } from '../words.ts'

export const wildcardPassRole: FindingRule = {
  id: 'wildcard-pass-role',
  title: 'May hand any role to a service',
  why:
    'Whoever may give any identity of a scope to something that runs code there has the rights of the strongest of them. It ' +
    'usually came with a deployment policy whose resource was left as a wildcard; naming the few roles that are deployed ends it.',
  severity: 'high',
  varies: 'critical in production',
  tells: 'power',
  *cases({ facts, nodes }) {
    // Who administers the scope can do this and more: another finding tells it.
    const told = Map.groupBy(factsOf(facts, 'administrator'), (fact) => fact.principal)
    for (const fact of factsOf(facts, 'pass-any-role')) {
      if (told.get(fact.principal)?.some(({ scope }) => isWithin(nodes, fact.scope, scope)) === true) continue
      yield {
        subject: fact.principal,
        scope: fact.scope,
        discriminator: fact.scope,
        detail: '',
        ...(environmentOf(nodes, fact.scope) === 'production' ? { severity: 'critical' as const } : {}),
        assumes: fact.assumes,
        evidence: fact.evidence,
        remedy: fact.remedy,
      }
    }
  },
  says: (cases, context) =>
    `${nameOf(context.nodes, cases[0].subject)} may hand every role${inScope(context, cases[0].scope)} to a service, ` +
    'and so act with the strongest of them',
}
