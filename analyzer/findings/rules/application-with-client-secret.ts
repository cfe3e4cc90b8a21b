import { heldSecrets } from '../held-secrets.ts'
import type { FindingRule } from '../rule.ts'
import { STALE_DAYS } from '../scope.ts'
import { nameOf } from '../words.ts'

export const applicationWithClientSecret: FindingRule = {
  id: 'application-with-client-secret',
  title: 'Application with a client secret',
  why:
    'A client secret is a password that nobody types: it lies in build systems, configuration and chat logs, and whoever ' +
    'copies it is that application from anywhere, until it expires. Managed identities and federated credentials need none.',
  severity: 'medium',
  varies: `high for an identity with far-reaching rights, or when the secret is older than ${STALE_DAYS} days`,
  tells: 'hygiene',
  cases: (context) => heldSecrets(context, 'client-secret', 'client secret'),
  says: (cases, { nodes }) =>
    `${nameOf(nodes, cases[0].subject)} can be used from anywhere with ${cases[0].detail}`,
}
