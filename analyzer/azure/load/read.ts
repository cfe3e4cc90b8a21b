import type { Row, SnapshotReader, SourceRows } from '../../../graph/index.ts'
import { readDirectoryPolicy, readRolePolicy } from './activation-policies.ts'
import { readAdministrativeUnit, readGroupEligibility, readUnitMember } from './administrative-units.ts'
import {
  readDenyAssignment,
  readDirectoryAssignment,
  readDirectoryEligibility,
  readRoleAssignment,
  readRoleEligibility,
} from './assignments.ts'
import { readAppRole } from './app-roles.ts'
import { readDelegatedPermission } from './delegated-permissions.ts'
import { readAzureHound } from './azurehound.ts'
import { nothingCollected } from './collected.ts'
import type { Collected } from './collected.ts'
import { readManagementGroup, readSubscription } from './containers.ts'
import {
  readApplication,
  readFederatedCredential,
  readGroup,
  readGroupMember,
  readOwner,
  readServicePrincipal,
  readUser,
} from './directory.ts'
import { noteDelegates, readLighthouse } from './lighthouse.ts'
import { readResource } from './resources.ts'
import { readDirectoryRole, readRoleDefinition } from './roles.ts'

type ReadRow = (row: Row, into: Collected, from: SourceRows) => void

/** In the order of reading: subscriptions first, they tell the tenant by which foreign applications are known. */
const READERS = {
  'azure.subscriptions': readSubscription,
  'azure.management-groups': readManagementGroup,
  'azure.role-definitions': readRoleDefinition,
  'azure.directory-role-definitions': readDirectoryRole,
  'azure.users': readUser,
  'azure.groups': readGroup,
  'azure.applications': readApplication,
  'azure.service-principals': readServicePrincipal,
  'azure.resources': readResource,
  'azure.azurehound': readAzureHound,
  'azure.group-members': (row, into, from) => readGroupMember(row, from.source.scope, into),
  'azure.owners': (row, into, from) => readOwner(row, from.source.scope, into),
  'azure.federated-credentials': (row, into, from) => readFederatedCredential(row, from.source.scope, into),
  'azure.app-role-assignments': readAppRole,
  'azure.delegated-permissions': readDelegatedPermission,
  'azure.role-assignments': readRoleAssignment,
  'azure.directory-role-assignments': readDirectoryAssignment,
  'azure.deny-assignments': readDenyAssignment,
  'azure.lighthouse': readLighthouse,
  'azure.role-eligibilities': readRoleEligibility,
  'azure.directory-role-eligibilities': readDirectoryEligibility,
  'azure.group-eligibilities': readGroupEligibility,
  'azure.role-policies': readRolePolicy,
  'azure.directory-role-policies': readDirectoryPolicy,
  'azure.administrative-units': readAdministrativeUnit,
  'azure.administrative-unit-members': (row, into, from) => readUnitMember(row, from.source.scope, into),
} as const satisfies Record<string, ReadRow>

/** Reads every Azure source of a snapshot. */
export async function read(reader: SnapshotReader): Promise<Collected> {
  const into = nothingCollected(reader.snapshot.takenAt)
  for (const [kind, readRow] of Object.entries(READERS) as [keyof typeof READERS, ReadRow][]) {
    for await (const source of reader.each(kind)) for (const row of source.rows()) readRow(row, into, source)
  }
  noteDelegates(into)
  return into
}
