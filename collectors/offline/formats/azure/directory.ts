import { own, ownString } from '../../../../graph/index.ts'
import type { JsonObject } from '../../../../graph/index.ts'
import type { Shape } from '../../record-shape.ts'
import { filledText, listOf, record, text } from '../../record-shape.ts'

/** Whether a row has one of these members. */
export function hasAny(row: JsonObject, ...keys: readonly string[]): boolean {
  return keys.some((key) => own(row, key) !== undefined)
}

/** The object id of a directory object. */
export function objectId(row: JsonObject): string | undefined {
  return ownString(row, 'id')?.toLowerCase()
}

/**
 * A member or owner. Microsoft Graph says what it is in `@odata.type`; `az` keeps that.
 * https://learn.microsoft.com/graph/api/resources/directoryobject
 */
export const directoryObject: Shape = record(
  { id: filledText },
  {
    '@odata.type': text,
    displayName: text,
    userPrincipalName: text,
    appId: text,
    servicePrincipalType: text,
  },
)

/** Keys and secrets of an application or service principal: ids and dates, never the secret. */
export const credentials: Shape = listOf(
  record({}, { keyId: text, displayName: text, startDateTime: text, endDateTime: text }),
)
