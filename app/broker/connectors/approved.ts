import type { Fields } from '../../../policies/index.ts'
import type { ConnectorSection } from './connector-section.ts'
import { shown } from './shown.ts'

/** An entry of a connector whose fields are the catalogue's own role and place. */
export interface Approved {
  /** Id of the entitlement. */
  readonly id: string
  readonly role: string
  readonly scope: string
}

/**
 * The entitlement that an entry is about, with the role and the place that these fields of the entry name: both must be those of
 * the catalogue. Throws `INPUT_SHAPE`.
 */
export function approved(
  from: Fields,
  { entitlement }: ConnectorSection,
  fields: { readonly role: string; readonly scope: string },
): Approved {
  const known = entitlement(from)
  const [role, scope] = [from.string(fields.role), from.string(fields.scope)]
  shown(from, fields.role, role, known.role)
  shown(from, fields.scope, scope, known.scope)
  return { id: known.id, role, scope }
}
