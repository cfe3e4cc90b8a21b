import { heldSecrets } from '../held-secrets.ts'
import type { FindingRule } from '../rule.ts'
import { STALE_DAYS } from '../scope.ts'
import { nameOf } from '../words.ts'

export const serviceAccountKeyHolder: FindingRule = {
  id: 'service-account-key-holder',
  title: 'Service account with a long-lived key',
  why:
    'A key file is a password that nobody types: it lies in build systems, images and home directories, and whoever copies it ' +
    'is that workload from anywhere, until the key is deleted. Attached identities and federation need none.',
  severity: 'medium',
  varies: `high for an identity with far-reaching rights, or when the key is older than ${STALE_DAYS} days`,
  tells: 'hygiene',
  cases: (context) => heldSecrets(context, 'service-account-key', 'key'),
  says: (cases, { nodes }) =>
    `${nameOf(nodes, cases[0].subject)} can be used from anywhere with ${cases[0].detail}`,
}
