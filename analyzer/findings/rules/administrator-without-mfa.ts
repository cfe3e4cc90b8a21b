import type { FindingRule } from '../rule.ts'
import { factsOf } from '../facts.ts'
import { counted, nameOf } from '../words.ts'

export const administratorWithoutMfa: FindingRule = {
  id: 'administrator-without-mfa',
  title: 'Administrator without a second factor',
  why:
    'One password, guessed, reused or phished, is everything that stands between an attacker and the administration of the ' +
    'scope. It is only reported where the export says that there is a working password and no second factor; what the ' +
    'export does not say is not guessed.',
  severity: 'critical',
  varies: '',
  tells: 'hygiene',
  *cases({ facts, nodes }) {
    for (const fact of factsOf(facts, 'administrator')) {
      const user = nodes.get(fact.principal)
      if (user?.kind !== 'principal' || user.type !== 'user' || user.mfa !== false) continue
      if (user.enabled === false) continue
      if (user.credentials?.some((c) => c.type === 'password' && c.active) !== true) continue
      yield {
        subject: user.id,
        scope: user.scope,
        discriminator: '',
        detail: nameOf(nodes, fact.scope),
        assumes: fact.assumes,
        evidence: fact.evidence,
        remedy: {
          ...fact.remedy,
          says: `enrol a second factor for ${user.name}, or take away what it administers`,
        },
      }
    }
  },
  says: (cases, { nodes }) => {
    const scopes = new Set(cases.map((part) => part.detail))
    const where = scopes.size === 1 ? cases[0].detail : counted(scopes.size, 'scope')
    return `${nameOf(nodes, cases[0].subject)} administers ${where} with a password and no second factor`
  },
}
