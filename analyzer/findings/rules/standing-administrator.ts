import type { Case, FindingContext, FindingRule } from '../rule.ts'
import type { AdministratorFact } from '../fact.ts'
import { factsOf } from '../facts.ts'
import { environmentOf } from '../scope.ts'
import { details, inScope, nameOf } from '../words.ts'

export const standingAdministrator: FindingRule = {
  id: 'standing-administrator',
  title: 'Standing administrator',
  why:
    'It can do everything in its scope at any time, or give itself the right to. Whoever takes over its password, key or ' +
    'session has the whole scope at once, with nobody asked. Administration that is granted for an hour and approved leaves ' +
    'nothing to steal for the rest of the week.',
  severity: 'high',
  varies: 'critical in production and for a whole organization',
  tells: 'power',
  *cases(context) {
    for (const fact of factsOf(context.facts, 'administrator')) yield administratorCase(fact, context)
  },
  says: (cases, context) =>
    `${nameOf(context.nodes, cases[0].subject)} is an administrator${inScope(context, cases[0].scope)} at any time, ` +
    `through ${details(cases)}`,
}

function administratorCase(fact: AdministratorFact, context: FindingContext): Case {
  const scope = context.nodes.get(fact.scope)
  const whole = scope?.kind === 'container' && scope.type === 'organization'
  const production = environmentOf(context.nodes, fact.scope) === 'production'
  return {
    subject: fact.principal,
    scope: fact.scope,
    discriminator: fact.scope,
    detail: fact.via,
    ...(whole || production ? { severity: 'critical' as const } : {}),
    assumes: fact.assumes,
    evidence: fact.evidence,
    remedy: fact.remedy,
  }
}
