import type { Credential, Instant, JsonObject, Row, SourceRef } from '../../../graph/index.ts'
import { isObject, own, ownObject, ownString } from '../../../graph/index.ts'
import { instantOf } from '../../instant.ts'
import { canonicalScope, objectId } from '../scope.ts'
import type { PrincipalKind } from '../state.ts'
import { addressesOf } from './person.ts'
import type { Collected } from './collected.ts'
import { notePrincipal } from './collected.ts'
import { list, texts } from './fields.ts'

type ReadObject = (object: JsonObject, at: SourceRef, into: Collected) => void

function ofRow(read: ReadObject): (row: Row, into: Collected) => void {
  return (row, into) => {
    if (isObject(row.value)) read(row.value, row.at, into)
  }
}

/** Microsoft Graph user. */
export const readUserObject: ReadObject = (user, at, into) => {
  const id = ownString(user, 'id')
  if (id === undefined) return
  const upn = ownString(user, 'userPrincipalName')
  const email = ownString(user, 'mail') ?? upn
  const enabled = own(user, 'accountEnabled')
  const type = ownString(user, 'userType')
  const guest = type === undefined ? (upn?.includes('#EXT#') === true ? true : undefined) : type === 'Guest'
  const created = instantOf(ownString(user, 'createdDateTime'))
  const lastUsed = lastSignIn(user)
  notePrincipal(into, objectId(id), {
    kind: 'user',
    name: ownString(user, 'displayName') ?? upn ?? id,
    fields: {
      human: true,
      ...(email === undefined ? {} : { email }),
      identifiers: addressesOf(ownString(user, 'mail'), upn, guest === true),
      ...(typeof enabled === 'boolean' ? { enabled } : {}),
      ...(guest === undefined ? {} : { guest, external: guest }),
      ...(created === undefined ? {} : { created }),
      ...(lastUsed === undefined ? {} : { lastUsed }),
    },
    at,
  })
}

/** The latest of the sign-ins that Graph tells; an object that holds none is no statement. */
function lastSignIn(user: JsonObject): Instant | undefined {
  const activity = ownObject(user, 'signInActivity')
  if (activity === undefined) return undefined
  return ['lastSignInDateTime', 'lastNonInteractiveSignInDateTime', 'lastSuccessfulSignInDateTime']
    .map((key) => instantOf(ownString(activity, key)))
    .filter((at) => at !== undefined)
    .sort()
    .at(-1)
}

/** Microsoft Graph group. */
export const readGroupObject: ReadObject = (group, at, into) => {
  const id = ownString(group, 'id')
  if (id === undefined) return
  const name = ownString(group, 'displayName') ?? id
  // Null where it was never set, which is no (Microsoft Graph group).
  const assignable = own(group, 'isAssignableToRole')
  const types = own(group, 'groupTypes')
  const isOf = (type: string): boolean | null => (Array.isArray(types) ? types.includes(type) : null)
  into.groupKinds.set(objectId(id), {
    roleAssignable: assignable === undefined ? null : assignable === true,
    dynamic: isOf('DynamicMembership'),
    unified: isOf('Unified'),
    synced: own(group, 'onPremisesSyncEnabled') === true,
  })
  notePrincipal(into, objectId(id), { kind: 'group', name, fields: {}, at })
}

/** Microsoft Graph servicePrincipal; managed identities are service principals of their own type. */
export const readServicePrincipalObject: ReadObject = (sp, at, into) => {
  const id = ownString(sp, 'id')
  if (id === undefined) return
  const kind: PrincipalKind =
    ownString(sp, 'servicePrincipalType') === 'ManagedIdentity' ? 'managed-identity' : 'service-principal'
  const enabled = own(sp, 'accountEnabled')
  const owner = ownString(sp, 'appOwnerOrganizationId')?.toLowerCase()
  const appId = ownString(sp, 'appId')?.toLowerCase()
  for (const audience of texts(sp, 'servicePrincipalNames')) into.audiences.add(audience)
  // A managed identity names its ARM resource here (Microsoft Graph servicePrincipal, alternativeNames).
  for (const name of texts(sp, 'alternativeNames')) {
    if (/\/userassignedidentities\//i.test(name)) into.identityIds.set(canonicalScope(name), objectId(id))
  }
  notePrincipal(into, objectId(id), {
    kind,
    name: ownString(sp, 'displayName') ?? ownString(sp, 'appDisplayName') ?? id,
    ...(appId === undefined ? {} : { appId }),
    fields: {
      human: false,
      ...(typeof enabled === 'boolean' ? { enabled } : {}),
      ...(owner === undefined || into.tenant === null ? {} : { external: owner !== into.tenant }),
      ...credentialsOf(sp, into.takenAt),
    },
    at,
  })
}

/** Microsoft Graph application. */
export const readApplicationObject: ReadObject = (application, at, into) => {
  const id = ownString(application, 'id')
  if (id === undefined) return
  const appId = ownString(application, 'appId')?.toLowerCase()
  if (appId !== undefined) into.applications.set(appId, objectId(id))
  for (const audience of texts(application, 'identifierUris')) into.audiences.add(audience)
  notePrincipal(into, objectId(id), {
    kind: 'application',
    name: ownString(application, 'displayName') ?? id,
    ...(appId === undefined ? {} : { appId }),
    fields: { human: false, ...credentialsOf(application, into.takenAt) },
    at,
  })
}

/** Secrets and certificates; active if they run at the time of the snapshot. */
function credentialsOf(object: JsonObject, takenAt: Instant): { credentials?: readonly Credential[] } {
  const kinds = [
    ['passwordCredentials', 'client-secret'],
    ['keyCredentials', 'certificate'],
  ] as const
  const credentials = kinds.flatMap(([key, type]) =>
    list(object, key)
      .filter(isObject)
      .map((credential): Credential => {
        const created = instantOf(ownString(credential, 'startDateTime'))
        const expires = instantOf(ownString(credential, 'endDateTime'))
        return {
          type,
          id: ownString(credential, 'keyId') ?? '',
          active:
            (created === undefined || created <= takenAt) && (expires === undefined || expires > takenAt),
          ...(created === undefined ? {} : { created }),
          ...(expires === undefined ? {} : { expires }),
        }
      }),
  )
  return Object.hasOwn(object, 'passwordCredentials') || credentials.length > 0 ? { credentials } : {}
}

export const readUser = ofRow(readUserObject)
export const readGroup = ofRow(readGroupObject)
export const readServicePrincipal = ofRow(readServicePrincipalObject)
export const readApplication = ofRow(readApplicationObject)

/** A member of the group that the call names; no row, an empty group. */
export function readGroupMember(row: Row, scope: string | undefined, into: Collected): void {
  const group = named(row, ['group', 'id', 'groupId']) ?? scope
  if (group !== undefined) noteMember(objectId(group), row.value, row.at, into)
}

export function noteMember(group: string, member: Row['value'], at: SourceRef, into: Collected): void {
  const members = into.groups.get(group) ?? []
  into.groups.set(group, members)
  notePrincipal(into, group, { kind: 'group', name: group, fields: {}, at: null })
  const id = noteObject(member, into)
  if (id !== undefined) members.push({ member: id, at })
}

const TYPES: ReadonlyMap<string, PrincipalKind> = new Map([
  ['#microsoft.graph.user', 'user'],
  ['#microsoft.graph.group', 'group'],
  ['#microsoft.graph.serviceprincipal', 'service-principal'],
  ['#microsoft.graph.application', 'application'],
])

/** Notes a directory object that some listing names, and gives its id. */
function noteObject(object: Row['value'], into: Collected): string | undefined {
  if (!isObject(object)) return undefined
  const id = ownString(object, 'id')
  if (id === undefined) return undefined
  const type = ownString(object, '@odata.type')?.toLowerCase() ?? ''
  const guessed = Object.hasOwn(object, 'userPrincipalName') ? 'user' : 'unknown'
  notePrincipal(into, objectId(id), {
    kind: TYPES.get(type) ?? guessed,
    name: ownString(object, 'displayName') ?? id,
    fields: guessed === 'user' ? { human: true } : {},
    at: null,
  })
  return objectId(id)
}

/** An owner of the application or service principal that the call names. */
export function readOwner(row: Row, scope: string | undefined, into: Collected): void {
  const of = named(row, ['id', 'objectId', 'app', 'servicePrincipal']) ?? scope
  if (of !== undefined) noteOwner(of, row.value, row.at, into)
}

export function noteOwner(of: string, owner: Row['value'], at: SourceRef, into: Collected): void {
  const key = objectId(of)
  const owners = into.owners.get(key) ?? []
  into.owners.set(key, owners)
  const id = noteObject(owner, into)
  if (id !== undefined) owners.push({ owner: id, at })
}

/** A federated credential of the application or user-assigned identity that the call names. */
export function readFederatedCredential(row: Row, scope: string | undefined, into: Collected): void {
  const of = named(row, ['id', 'identity', 'resourceId']) ?? scope
  if (of !== undefined && isObject(row.value)) noteFederated(of, row.value, row.at, into)
}

export function noteFederated(of: string, credential: JsonObject, at: SourceRef, into: Collected): void {
  const issuer = textOf(credential, 'issuer')
  if (issuer === undefined) return
  const expression = ownObject(credential, 'claimsMatchingExpression')
  into.federated.push({
    of: objectId(of),
    name: ownString(credential, 'name') ?? '',
    issuer,
    subject: textOf(credential, 'subject') ?? null,
    expression: expression === undefined ? null : (ownString(expression, 'value') ?? ''),
    audiences: texts(credential, 'audiences'),
    at,
  })
}

function textOf(object: JsonObject, key: string): string | undefined {
  const value = own(object, key) ?? own(ownObject(object, 'properties') ?? {}, key)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function named(row: Row, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = row.parameters === undefined ? undefined : ownString(row.parameters, key)
    if (value !== undefined) return value
  }
  return undefined
}
