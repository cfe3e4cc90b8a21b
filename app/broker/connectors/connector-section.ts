import type { IdTokens } from '../../../broker/index.ts'
import type { Entitlement, Fields } from '../../../policies/index.ts'

/** What a section of the file is read with. */
export interface ConnectorSection {
  readonly from: Fields
  /** The entitlement of the catalogue that a connector's entry is about; throws `INPUT_SHAPE` where there is none. */
  readonly entitlement: (entry: Fields) => Entitlement
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** The broker as an issuer of tokens, where the operator has made it one. */
  readonly idTokens: IdTokens | undefined
}
