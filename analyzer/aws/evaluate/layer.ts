import type { Missing } from '../../../graph/index.ts'
import type { ResourceSide } from './resource-side.ts'
import type { Truth } from './truth.ts'

/** What one layer of policies says. `missing`: what was not imported of it; it could allow or deny. */
export interface Layer {
  readonly allow: Truth
  readonly deny: Truth
  readonly missing: readonly Missing[]
}

/** What the resource policy says, by the way in which it names the principal (see `Naming`). */
export interface ResourceLayer {
  readonly direct: Truth
  readonly role: Truth
  readonly account: Truth
  /** A KMS grant lets it; it needs no policy. */
  readonly kmsGrant: Truth
  /** A KMS grant names its account; with an identity policy that is enough. */
  readonly kmsGrantToAccount: Truth
  readonly deny: Truth
  /** Could allow. */
  readonly missingAllow: readonly Missing[]
  /** Could deny. */
  readonly missingDeny: readonly Missing[]
}

/** Every layer that decides one request of one principal, or of all principals of a layer set. */
export interface Layers {
  readonly sameAccount: boolean
  readonly identity: Layer
  readonly boundary: Layer | undefined
  /** From the root down. */
  readonly scps: readonly Layer[]
  /** Only their denials count: what allows everything is always attached too. */
  readonly rcps: readonly Layer[]
  readonly resource: ResourceLayer
  readonly side: ResourceSide
  /** Differs between the principals of the set: `allow`s were taken as true and `deny`s as false. */
  readonly depends: boolean
}
