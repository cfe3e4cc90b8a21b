import type { JsonObject } from '../../graph/index.ts'

/** How access is narrowed below what the entitlement's role may do. */
export type Narrowing = 'policy' | 'scope' | 'condition' | 'none'

/** What a connector can promise, as data: people see it before they approve. Times in milliseconds. */
export interface ConnectorTraits {
  readonly narrowing: readonly Narrowing[]
  /** `hard`: the cloud itself ends the access at the deadline. `none`: it needs the broker. */
  readonly providerExpiry: 'hard' | 'none'
  /** How long until revoked access is dead: usually, at worst, and what may be left after that. */
  readonly revoke: {
    readonly typical: number
    readonly worst: number
    readonly residual: 'none' | 'until token expiry'
  }
  /** A call whose answer was lost takes effect within this time after it was given up, or never. */
  readonly settles: number
}

/** What is asked of a connector: ids of the operator's own, never a name of the cloud from a client. */
export interface GrantTerms {
  readonly grant: string
  readonly person: string
  readonly entitlement: string
  readonly startsAt: number
  readonly deadline: number
}

/** What credentials are made from: the terms, and the device that asks for them. */
export interface MintTerms extends GrantTerms {
  /** Id of the device. */
  readonly device: string
}

export interface Plan {
  /** See `Grant.access`. Grants that get a thing of their own (a session) have a key of their own. */
  readonly access: string
  /** What `issue` needs. No secret: it is written to the ledger. */
  readonly plan: JsonObject
  /** What `observe` and `revoke` need for ever, whatever becomes of the configuration. No secret. */
  readonly recipe: JsonObject
}

/** The cloud's answer to a change. `uncertain`: none came, or one that does not say whether it took effect. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'uncertain'; readonly why: string }

/**
 * What there is in the cloud. `altered`: it is not as the broker made it. `foreign`: the same access is there, and it is surely not the
 * broker's but somebody else's. `unknown` is never taken for absent.
 */
export type Observed =
  | { readonly kind: 'absent' }
  | { readonly kind: 'present'; readonly altered: boolean; readonly foreign?: true }
  | { readonly kind: 'unknown'; readonly why: string }

/** Whom a kill is about. */
export type KillTarget = { readonly person: string } | { readonly grant: string }

/** Credentials as a person's tools take them. They are secret: they go to the person's device, and are neither kept nor logged. */
export interface Minted {
  /** What the tools of this kind need; `kind` tells the person's machine which tools these are. */
  readonly kind: string
  readonly secret: JsonObject
  /** When the credentials end by themselves, milliseconds since 1970; what they may do can end before. */
  readonly expiresAt: number
}

/**
 * One way to give access in one cloud. A connector keeps no state, may be called twice, and gives up a call by itself when the
 * signal is aborted. What it throws counts as `uncertain`.
 */
export interface Connector {
  readonly name: string
  readonly traits: ConnectorTraits
  /** Makes the plan; touches nothing. Throws a `GomeisaError` where the entitlement is not known. */
  plan(terms: GrantTerms): Promise<Plan>
  /** Makes the access be there until the deadline. Done twice with one key, it is there once. */
  issue(plan: JsonObject, terms: GrantTerms, idempotencyKey: string, signal: AbortSignal): Promise<Outcome>
  observe(recipe: JsonObject, signal: AbortSignal): Promise<Observed>
  /** Removes it; that it is not there is success. */
  revoke(recipe: JsonObject, signal: AbortSignal): Promise<Outcome>
  /** Stops live use now, ahead of the removal; a connector that cannot says so as `refused`. */
  kill(recipe: JsonObject, target: KillTarget, signal: AbortSignal): Promise<Outcome>
  /**
   * Fresh credentials for a grant that is active, where a connector gives access by credentials at all. Rejects with a
   * `GomeisaError` (`REFUSED`, `CLOUD_UNUSABLE`) that quotes nothing of the cloud's answer but its code.
   */
  mint?(plan: JsonObject, terms: MintTerms, signal: AbortSignal): Promise<Minted>
}

/** What a token says, and for how long it may at most. */
export interface IdTokenWish {
  /** Who may believe it: one place of one cloud, of the operator's configuration. */
  readonly audience: string
  /** Whom the cloud sees: at most 127 bytes, because one of them takes no more. */
  readonly subject: string
  /** The token's end at the latest is the deadline; person, grant, entitlement and device are claims of it. */
  readonly terms: MintTerms
}

export interface IdToken {
  /** Secret: for a few minutes it is the person, for that audience. */
  readonly token: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/**
 * The broker as an issuer of OpenID Connect: short tokens by which a cloud believes it who somebody is. It decides nothing: only
 * connectors hold it, and they are asked to mint when a grant is active and was decided anew.
 */
export interface IdTokens {
  /** `iss` of every token: `https://…`, without a slash at its end. */
  readonly issuer: string
  /** Rejects with `REFUSED` when the grant ends within the second, `STORE_UNUSABLE` when there is no key. */
  mint(wish: IdTokenWish): Promise<IdToken>
}
