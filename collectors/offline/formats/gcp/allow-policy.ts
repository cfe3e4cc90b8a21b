import type { Shape } from '../../record-shape.ts'
import { filledText, listOf, record, text } from '../../record-shape.ts'

/** A condition in the Common Expression Language (google.type.Expr). */
export const condition: Shape = record(
  { expression: text },
  { title: text, description: text, location: text },
)

/**
 * An allow policy (google.iam.v1.Policy). `bindings` is left out when there is none.
 * https://docs.cloud.google.com/iam/docs/reference/rest/v1/Policy
 */
export const allowPolicy: Shape = record(
  {},
  { bindings: listOf(record({ role: filledText }, { members: listOf(text), condition })) },
)
