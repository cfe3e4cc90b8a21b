import type { Severity } from '../../../graph/index.ts'
import type { FindingRule } from '../rule.ts'
import { factsOf } from '../facts.ts'
import { inScope, nameOf } from '../words.ts'

export const basicRoleOnProject: FindingRule = {
  id: 'basic-role-on-project',
  title: 'Basic role on a project',
  why:
    'The basic roles (owner, editor, viewer) hold thousands of permissions of every service, those that will be launched next ' +
    'year included. They are far more than any task needs, and an editor can usually run code with other identities of the ' +
    'project. Predefined roles of the services in use replace them.',
  severity: 'medium',
  varies: 'high for owner, low for viewer',
  tells: 'power',
  *cases({ facts }) {
    for (const fact of factsOf(facts, 'basic-role')) {
      yield {
        subject: fact.principal,
        scope: fact.scope,
        discriminator: `${fact.scope} ${fact.role}`,
        detail: fact.role,
        severity: severity(fact.role),
        assumes: fact.assumes,
        evidence: fact.evidence,
        remedy: fact.remedy,
      }
    }
  },
  says: (cases, context) =>
    `${nameOf(context.nodes, cases[0].subject)} has the basic role ${cases[0].detail}${inScope(context, cases[0].scope)}`,
}

function severity(role: string): Severity {
  if (/\bowner$/i.test(role)) return 'high'
  return /\b(viewer|browser)$/i.test(role) ? 'low' : 'medium'
}
