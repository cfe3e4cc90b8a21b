import type { JsonObject, Row, SourceRef } from '../../../graph/index.ts'
import { isObject, ownObject, ownString } from '../../../graph/index.ts'
import { canonicalScope, objectId } from '../scope.ts'
import type { Collected } from './collected.ts'
import { notePrincipal } from './collected.ts'
import { text } from './fields.ts'
import { tagsOf } from './tags.ts'

export function readResource(row: Row, into: Collected): void {
  if (isObject(row.value)) readResourceObject(row.value, row.at, into)
}

/** A row of `az resource list`; a user-assigned identity is a principal besides. */
export function readResourceObject(resource: JsonObject, at: SourceRef, into: Collected): void {
  const id = ownString(resource, 'id')
  if (id === undefined) return
  const type = ownString(resource, 'type') ?? ''
  const name = ownString(resource, 'name') ?? id.slice(id.lastIndexOf('/') + 1)
  const runsAs = identitiesOf(resource, into)
  into.resources.set(canonicalScope(id), {
    name,
    type,
    tags: tagsOf(ownObject(resource, 'tags')),
    runsAs: [...runsAs.keys()].sort(),
    at,
  })
  for (const [principal, identityName] of runsAs) {
    notePrincipal(into, principal, {
      kind: 'managed-identity',
      name: identityName ?? name,
      fields: { human: false },
      at: null,
    })
  }
  const own = text(resource, 'principalId')
  if (type.toLowerCase() === 'microsoft.managedidentity/userassignedidentities' && own !== undefined) {
    into.identityIds.set(canonicalScope(id), objectId(own))
    notePrincipal(into, objectId(own), { kind: 'managed-identity', name, fields: { human: false }, at })
  }
}

/** Object id → name of the user-assigned identity, or undefined for the system-assigned one. */
function identitiesOf(resource: JsonObject, into: Collected): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, string | undefined>()
  const identity = ownObject(resource, 'identity')
  if (identity === undefined) return found
  const system = ownString(identity, 'principalId')
  if (system !== undefined && system !== '') found.set(objectId(system), undefined)
  for (const [armId, assigned] of Object.entries(ownObject(identity, 'userAssignedIdentities') ?? {})) {
    const principal = isObject(assigned) ? ownString(assigned, 'principalId') : undefined
    if (principal !== undefined && principal !== '') {
      into.identityIds.set(canonicalScope(armId), objectId(principal))
      found.set(objectId(principal), armId.slice(armId.lastIndexOf('/') + 1))
    }
  }
  return found
}
