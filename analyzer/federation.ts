import type { Derivation, Edge, NodeId } from '../graph/index.ts'
import { derived, matches } from '../graph/index.ts'

/** What a token says of its holder. */
export interface TokenIdentity {
  /** The issuer's URL as in the token's `iss` (OpenID Connect Core 1.0); or a name that both sides agree on. */
  readonly issuer: string
  readonly subject: string
  /** The audience, where the issuer gives no other. */
  readonly audience?: string
}

/** A principal that can get a token and show it to another cloud. */
export interface Presents {
  readonly principal: NodeId
  readonly token: TokenIdentity
  readonly because: Derivation
}

/** Which subjects: one text, or a pattern with `*` and `?`; case counts. */
export type SubjectTest = { readonly equals: string } | { readonly like: string }

/** A trust in tokens of an issuer: who shows one becomes a principal. */
export interface Accepts {
  readonly issuer: string
  /** Absent: every subject of the issuer. */
  readonly subject?: SubjectTest
  /** Absent: any audience. */
  readonly audiences?: readonly string[]
  readonly becomes: NodeId
  /** What else must hold, in words; empty: nothing. */
  readonly conditions: readonly string[]
  readonly because: Derivation
}

/** The rule of an edge from whoever gets a token to whoever accepts it. */
export const FEDERATION_RULE = 'federation'

/** Brings trusts and tokens of all clouds together: a `can-become` edge for each token that a trust accepts. */
export function joinFederation(presents: readonly Presents[], accepts: readonly Accepts[]): Edge[] {
  const byIssuer = new Map<string, Presents[]>()
  for (const presenter of presents) {
    const issuer = sameIssuer(presenter.token.issuer)
    const list = byIssuer.get(issuer)
    if (list === undefined) byIssuer.set(issuer, [presenter])
    else list.push(presenter)
  }
  const edges: Edge[] = []
  for (const trust of accepts) {
    for (const { principal, token, because } of byIssuer.get(sameIssuer(trust.issuer)) ?? []) {
      if (trust.subject !== undefined && !passes(trust.subject, token.subject)) continue
      const refused = token.audience !== undefined && trust.audiences?.includes(token.audience) === false
      if (refused || principal === trust.becomes) continue
      edges.push({
        kind: 'can-become',
        from: principal,
        to: trust.becomes,
        rule: FEDERATION_RULE,
        label: 'federated token',
        certainty: trust.conditions.length === 0 ? 'certain' : 'conditional',
        conditions: trust.conditions,
        because: derived(FEDERATION_RULE, `its token of ${token.issuer} is accepted`, [
          because,
          trust.because,
        ]),
      })
    }
  }
  return edges
}

/** Issuers are compared without scheme and final slash: clouds write the same issuer in several ways. */
function sameIssuer(issuer: string): string {
  return issuer.replace(/^https:\/\//, '').replace(/\/+$/, '')
}

function passes(test: SubjectTest, subject: string): boolean {
  return 'equals' in test ? test.equals === subject : matches(test.like, subject)
}
