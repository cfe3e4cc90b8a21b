import { own, ownObject, ownString } from '../../../../graph/index.ts'
import type { JsonObject } from '../../../../graph/index.ts'
import type { Shape } from '../../record-shape.ts'
import { dependingOn, filledText, listOf, record, text } from '../../record-shape.ts'

/**
 * Where an ARM record keeps its own members: in `properties` as the REST interface and Resource Graph print it, or
 * beside the id as `az` prints it.
 */
export function armMembers(row: JsonObject): JsonObject {
  return ownObject(row, 'properties') ?? row
}

/** Whether the record has all of these members, in either spelling. */
export function armHas(row: JsonObject, ...keys: readonly string[]): boolean {
  const members = armMembers(row)
  return keys.every((key) => own(members, key) !== undefined)
}

/** Whether its `type`, where it has one, is the resource type given (ARM compares types without letter case). */
export function armTypeIs(row: JsonObject, type: string): boolean {
  return (ownString(row, 'type') ?? type).toLowerCase() === type.toLowerCase()
}

/** A record with an id, or what `identified` says instead, and these members, in either spelling. */
export function armRecord(
  required: { readonly [key: string]: Shape },
  optional: { readonly [key: string]: Shape } = {},
  identified: { readonly [key: string]: Shape } = { id: filledText },
): Shape {
  const flat = record({ ...identified, ...required }, { ...optional, id: text, name: text, type: text })
  const rest = record(
    { ...identified, properties: record(required, optional) },
    { id: text, name: text, type: text },
  )
  return dependingOn((row) => (ownObject(row, 'properties') === undefined ? flat : rest))
}

/** An ARM id in the spelling in which two ids of one thing are equal. */
export function armId(row: JsonObject): string | undefined {
  return ownString(row, 'id')?.toLowerCase()
}

/** The subscription an ARM record lies in. */
export function subscriptionOf(row: JsonObject): string | undefined {
  return /^\/subscriptions\/([^/]+)/i.exec(ownString(row, 'id') ?? '')?.[1]?.toLowerCase()
}

/** Blocks of permissions, of role definitions and deny assignments alike. */
export const permissionBlocks: Shape = listOf(
  record(
    {},
    {
      actions: listOf(text),
      notActions: listOf(text),
      dataActions: listOf(text),
      notDataActions: listOf(text),
      condition: text,
      conditionVersion: text,
    },
  ),
)
