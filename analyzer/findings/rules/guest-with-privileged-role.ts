import type { FindingRule } from '../rule.ts'
import { powerFacts } from '../facts.ts'
import { details, inScope, nameOf } from '../words.ts'

export const guestWithPrivilegedRole: FindingRule = {
  id: 'guest-with-privileged-role',
  title: 'Guest with far-reaching rights',
  why:
    'The account is kept, and its sign-in guarded, by another organization: when that person leaves or is taken over there, ' +
    'nobody here is told. Guests should get narrow rights for a limited time.',
  severity: 'high',
  varies: 'critical for an administrator',
  tells: 'hygiene',
  *cases({ facts, nodes }) {
    for (const fact of powerFacts(facts)) {
      const guest = nodes.get(fact.principal)
      if (guest?.kind !== 'principal' || guest.guest !== true) continue
      yield {
        subject: guest.id,
        scope: fact.scope,
        discriminator: fact.scope,
        detail: fact.via,
        ...(fact.fact === 'administrator' ? { severity: 'critical' as const } : {}),
        assumes: fact.assumes,
        evidence: fact.evidence,
        remedy: fact.remedy,
      }
    }
  },
  says: (cases, context) =>
    `guest ${nameOf(context.nodes, cases[0].subject)} holds ${details(cases)}${inScope(context, cases[0].scope)}`,
}
