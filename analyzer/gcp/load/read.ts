import type { Row, SnapshotReader, SourceRows } from '../../../graph/index.ts'
import { readAssetRow } from './assets.ts'
import { readBoundaryPolicyRow, readPolicyBindingRow } from './boundaries.ts'
import { nothingCollected } from './collected.ts'
import type { Collected } from './collected.ts'
import { readProjectRow, readUpperRow } from './containers.ts'
import { readDenyRow } from './denies.ts'
import { readEntitlementRow } from './entitlements.ts'
import { readMembershipRow } from './groups.ts'
import { readIamPolicyRow } from './policies.ts'
import { readRoleRow } from './roles.ts'

type ReadRow = (row: Row, into: Collected, from: SourceRows) => void

const READERS = {
  'gcp.iam-policies': readIamPolicyRow,
  'gcp.assets': readAssetRow,
  'gcp.roles': readRoleRow,
  'gcp.projects': readProjectRow,
  'gcp.folders': readUpperRow,
  'gcp.organizations': readUpperRow,
  'gcp.deny-policies': readDenyRow,
  'gcp.boundary-policies': readBoundaryPolicyRow,
  'gcp.policy-bindings': readPolicyBindingRow,
  'gcp.entitlements': readEntitlementRow,
  'gcp.group-memberships': (row, into, from) => readMembershipRow(row, from.source.scope, into),
} as const satisfies Record<string, ReadRow>

/** Reads every GCP source of a snapshot. */
export async function read(reader: SnapshotReader): Promise<Collected> {
  const into = nothingCollected(reader.snapshot.takenAt)
  for (const [kind, readRow] of Object.entries(READERS) as [keyof typeof READERS, ReadRow][]) {
    for await (const source of reader.each(kind)) {
      // An empty listing of a group's members still says that it has none.
      if (kind === 'gcp.group-memberships' && source.source.scope !== undefined) {
        const key = `group:${source.source.scope.toLowerCase()}`
        if (!into.groups.has(key)) into.groups.set(key, [])
      }
      for (const row of source.rows()) readRow(row, into, source)
    }
  }
  return into
}
