import type { Certainty, Derivation, Edge, NodeId } from '../graph/index.ts'
import { derived } from '../graph/index.ts'
import type { Token, Verdict } from './token.ts'

/** A principal that can get a token and show it to another cloud. */
export interface Presents {
  readonly principal: NodeId
  readonly token: Token
  /** Others who get tokens of the issuer were not imported. */
  readonly partial?: true
  readonly because: Derivation
}

/** A trust in tokens of an issuer: who shows one becomes a principal. */
export interface Accepts {
  readonly issuer: string
  readonly becomes: NodeId
  /** What the trust says to a token of the issuer; `undefined`: refused. */
  readonly judge: (token: Token) => Verdict | undefined
  /** Of an issuer that is another cloud: who stands for holders of its tokens who were not imported. */
  readonly stands?: NodeId
  /** The issuer is one for many estates: who holds a token that nobody imported gets may be of another. */
  readonly isShared?: boolean
  readonly because: Derivation
}

/** The rule of an edge from whoever gets a token to whoever accepts it. */
export const FEDERATION_RULE = 'federation'

/**
 * Brings trusts and tokens of all clouds together: a `can-become` edge for each token that a trust accepts. A trust in another
 * cloud whose token nobody imported gets makes one `unknown` edge, unless all who could get it were imported.
 */
export function joinFederation(presents: readonly Presents[], accepts: readonly Accepts[]): Edge[] {
  const byIssuer = new Map<string, Presents[]>()
  for (const presenter of presents) {
    const issuer = sameIssuer(presenter.token.issuer)
    const list = byIssuer.get(issuer)
    if (list === undefined) byIssuer.set(issuer, [presenter])
    else list.push(presenter)
  }
  const edges = new Map<string, Edge>()
  for (const trust of accepts) {
    const presenters = byIssuer.get(sameIssuer(trust.issuer))
    let accepted = 0
    for (const { principal, token, because } of presenters ?? []) {
      const verdict = trust.judge(token)
      if (verdict === undefined) continue
      accepted++
      if (principal !== trust.becomes)
        put(edges, edge(principal, trust, token.issuer, verdict, [because, trust.because]))
    }
    const isOpen = presenters === undefined || trust.isShared === true || presenters.some((p) => p.partial)
    if (accepted === 0 && isOpen && trust.stands !== undefined) {
      const missing = [`who gets such tokens of ${trust.issuer} was not imported`]
      put(edges, edge(trust.stands, trust, trust.issuer, { conditions: [], missing }, [trust.because]))
    }
  }
  return [...edges.values()]
}

function edge(
  from: NodeId,
  { becomes }: Accepts,
  issuer: string,
  { conditions, missing }: Verdict,
  evidence: readonly [Derivation, ...Derivation[]],
): Edge {
  return {
    kind: 'can-become',
    from,
    to: becomes,
    rule: FEDERATION_RULE,
    label: 'federated token',
    certainty: missing.length > 0 ? 'unknown' : conditions.length > 0 ? 'conditional' : 'certain',
    conditions: [...conditions, ...missing],
    because: derived(FEDERATION_RULE, `its token of ${issuer} is accepted`, evidence),
  }
}

const ORDER: readonly Certainty[] = ['certain', 'conditional', 'unknown']

/** Of two ways from one principal to another the surer one is kept. */
function put(edges: Map<string, Edge>, made: Edge): void {
  const key = `${made.from}\n${made.to}`
  const known = edges.get(key)
  if (known === undefined || ORDER.indexOf(made.certainty) < ORDER.indexOf(known.certainty))
    edges.set(key, made)
}

/** Issuers are compared without scheme and final slash: clouds write the same issuer in several ways. */
function sameIssuer(issuer: string): string {
  return issuer.replace(/^https:\/\//, '').replace(/\/+$/, '')
}
