import type { Layer, Layers } from './layer.ts'
import type { Truth } from './truth.ts'
import { and, FALSE, not, or, TRUE, UNKNOWN } from './truth.ts'

/** The decision on one request, and the one that holds when every missing fact changes nothing. */
export interface Verdict {
  readonly truth: Truth
  readonly otherwise: Truth
}

/**
 * AWS's evaluation: an explicit denial in any layer wins; every level of service control policies must allow; then,
 * inside one account, the resource policy or an identity policy is enough, the latter within the boundary, as is a
 * resource policy that names a role; between accounts both sides must allow.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function verdict(layers: Layers): Verdict {
  const truth = decide(layers, true)
  return { truth, otherwise: truth === UNKNOWN ? decide(layers, false) : truth }
}

/** `strict`: what is missing is unknown; else it changes nothing. */
export function decide(layers: Layers, strict: boolean): Truth {
  const { identity, boundary, scps, rcps } = layers
  let result = and(not(denyOf(identity, strict)), not(deniedByResource(layers, strict)))
  for (const level of scps) {
    result = and(result, not(denyOf(level, strict)))
    result = and(result, allowWithin(level, strict))
  }
  for (const level of rcps) result = and(result, not(denyOf(level, strict)))
  if (boundary !== undefined) result = and(result, not(denyOf(boundary, strict)))
  if (result === FALSE) return FALSE
  return and(result, access(layers, strict))
}

/** The allowing part alone: identity, boundary and resource policy. */
export function access(layers: Layers, strict: boolean): Truth {
  const within = layers.boundary === undefined ? TRUE : allowWithin(layers.boundary, strict)
  const identity =
    strict && layers.identity.missing.length > 0 ? or(layers.identity.allow, UNKNOWN) : layers.identity.allow
  const { direct, role, account } = grants(layers, strict)
  const { kmsGrant, kmsGrantToAccount } = layers.resource
  const granted = or(
    and(kmsGrant, or(grantLimit(layers), strict ? UNKNOWN : TRUE)),
    strict ? and(kmsGrantToAccount, UNKNOWN) : FALSE,
  )
  if (!layers.sameAccount) return or(granted, and(and(identity, within), or(or(direct, role), account)))
  const own = layers.side.required ? and(account, identity) : identity
  return or(or(direct, granted), and(or(role, own), within))
}

/**
 * Whether a KMS grant is enough even if what is not documented limits it: a boundary, and in another account than the key's
 * the identity policies.
 */
export function grantLimit({ boundary, identity, sameAccount }: Layers): Truth {
  const within = boundary === undefined ? TRUE : boundary.missing.length > 0 ? FALSE : boundary.allow
  return sameAccount ? within : and(within, identity.allow)
}

/** What the resource policy grants, by how it names the principal. */
export function grants(
  layers: Layers,
  strict: boolean,
): { readonly direct: Truth; readonly role: Truth; readonly account: Truth } {
  const { direct, role, account, missingAllow } = layers.resource
  if (missingAllow.length === 0) return { direct, role, account }
  if (strict) return { direct: or(direct, UNKNOWN), role, account: or(account, UNKNOWN) }
  // A missing policy that is required is taken to delegate to its account, as the default policies of KMS keys do.
  const delegates = layers.side.required && layers.side.missing.length > 0 && layers.sameAccount
  return { direct, role, account: delegates ? TRUE : account }
}

/** Whether a limiting layer lets the request through. */
export function allowWithin(layer: Layer, strict: boolean): Truth {
  if (layer.missing.length === 0) return layer.allow
  if (strict) return or(layer.allow, UNKNOWN)
  return layer.allow === FALSE ? TRUE : layer.allow
}

export function denyOf(layer: Layer, strict: boolean): Truth {
  return strict && layer.missing.length > 0 ? or(layer.deny, UNKNOWN) : layer.deny
}

export function deniedByResource(layers: Layers, strict: boolean): Truth {
  const { deny, missingDeny } = layers.resource
  return strict && missingDeny.length > 0 ? or(deny, UNKNOWN) : deny
}
