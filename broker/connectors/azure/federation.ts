import { ownString, type JsonObject } from '../../../graph/index.ts'
import type {
  Connector,
  ConnectorTraits,
  GrantTerms,
  IdTokens,
  Minted,
  MintTerms,
  Observed,
  Outcome,
  Plan,
} from '../../grants/connector.ts'
import { byId, known, must } from '../entitlement-list.ts'
import { issuing } from '../issuing.ts'
import { planned } from '../planned.ts'
import { codeOf, failed, lost, unread } from './answers.ts'
import { EXCHANGE, isAsMade, type Belief, type FederatedCredentials } from './federated-credentials.ts'
import { TIMEOUT } from './microsoft-rest.ts'
import { isGuid } from './names.ts'
import { isList } from './role-assignments.ts'
import type { TokenExchange } from './token-exchange.ts'

const CONNECTOR = 'azure-federated'

/** An application of Entra, as which people act for a time. */
export interface ApplicationEntitlement {
  readonly id: string
  readonly tenant: string
  /** Its client id. */
  readonly client: string
  /** For whom access tokens are given: `https://management.azure.com`, `https://vault.azure.net`, … Five at most. */
  readonly resources: readonly string[]
  /** What tools take as the usual subscription. */
  readonly subscription?: string
}

const RESOURCE = /^https:\/\/[a-z0-9.-]+$/

/** By id. Throws `INPUT_SHAPE` for what Entra could not take, `INPUT_DUPLICATE` for an id that stands twice. */
function applicationsById(
  all: readonly ApplicationEntitlement[],
): ReadonlyMap<string, ApplicationEntitlement> {
  for (const { id, tenant, client, resources, subscription } of all) {
    const ids = [tenant, client, subscription ?? tenant].every(isGuid)
    must(ids, id, '`tenant`, `client` and `subscription` should be GUIDs')
    const few = resources.length >= 1 && resources.length <= 5
    must(
      few && resources.every((each) => RESOURCE.test(each)),
      id,
      '`resources` should be one to five https://… without a path',
    )
  }
  return byId(all)
}

/** What the connector takes from its surroundings. */
export interface FederationOptions {
  readonly credentials: FederatedCredentials
  readonly exchange: TokenExchange
  /** The broker as an issuer that Entra reaches; without one, grants can only be ended. */
  readonly tokens: IdTokens | undefined
}

/**
 * Access as an application that believes the broker about one grant. The application's federated credential for that subject is made at
 * issue and removed at the end: nobody has a secret. The broker itself exchanges its token at Entra: only access tokens for the
 * resources of the entitlement leave it. Those cannot be taken back.
 */
export class Federation implements Connector {
  readonly name = CONNECTOR
  readonly traits: ConnectorTraits = {
    narrowing: ['scope'],
    // No token is given once the broker does not; the credential stands until it is removed.
    providerExpiry: 'none',
    // Microsoft, "Access token lifetime": "a random value ranging between 60-90 minutes (75 minutes on average)".
    revoke: { typical: 4_500_000, worst: 5_400_000, residual: 'until token expiry' },
    settles: 2 * TIMEOUT,
  }
  readonly #options: FederationOptions
  readonly #entitlements: ReadonlyMap<string, ApplicationEntitlement>

  /** Throws `INPUT_SHAPE`, `INPUT_DUPLICATE` for entitlements that cannot be. */
  constructor(options: FederationOptions, entitlements: readonly ApplicationEntitlement[]) {
    this.#options = options
    this.#entitlements = applicationsById(entitlements)
  }

  async plan({ entitlement, grant }: GrantTerms): Promise<Plan> {
    const { client } = known(this.#entitlements, entitlement)
    const { issuer } = issuing(this.#options.tokens)
    const recipe = { client, issuer, name: `gomeisa-${grant}`, subject: `grant:${grant}` }
    return Promise.resolve({ access: `${CONNECTOR}:${grant}`, plan: recipe, recipe })
  }

  async issue(plan: JsonObject, _terms: GrantTerms, _key: string, signal: AbortSignal): Promise<Outcome> {
    const doing = 'the federated credential was not made'
    const before = await this.observe(plan, signal)
    if (before.kind === 'present') return before.altered ? altered : { kind: 'done' }
    try {
      const { credentials } = this.#options
      const made = await credentials.make(planned(plan, 'client'), beliefOf(plan), signal)
      return made.status === 201 ? { kind: 'done' } : failed(doing, made)
    } catch (error) {
      return lost(doing, error)
    }
  }

  async observe(recipe: JsonObject, signal: AbortSignal): Promise<Observed> {
    const belief = beliefOf(recipe)
    try {
      const { credentials } = this.#options
      const all = await credentials.all(planned(recipe, 'client'), signal)
      if (!isList(all)) return unread(all.code)
      const found = all.find((each) => ownString(each, 'name') === belief.name)
      if (found === undefined) return { kind: 'absent' }
      return { kind: 'present', altered: !isAsMade(found, belief) }
    } catch (error) {
      return unread(codeOf(error))
    }
  }

  async revoke(recipe: JsonObject, signal: AbortSignal): Promise<Outcome> {
    const doing = 'the federated credential was not removed'
    try {
      const { credentials } = this.#options
      const gone = await credentials.remove(planned(recipe, 'client'), planned(recipe, 'name'), signal)
      // That it is not there is looked at afterwards, in the list.
      return gone.status === 204 || gone.status === 404 ? { kind: 'done' } : failed(doing, gone)
    } catch (error) {
      return lost(doing, error)
    }
  }

  kill(): Promise<Outcome> {
    return Promise.resolve({ kind: 'refused', why: 'Entra cannot take back access tokens of an application' })
  }

  async mint(plan: JsonObject, terms: MintTerms, signal: AbortSignal): Promise<Minted> {
    const { tenant, client, resources, subscription } = known(this.#entitlements, terms.entitlement)
    const [tokens, { exchange }] = [issuing(this.#options.tokens), this.#options]
    const wish = { audience: EXCHANGE, subject: planned(plan, 'subject'), terms }
    const { token: assertion } = await tokens.mint(wish)
    const given = await Promise.all(
      resources.map(async (resource) => ({
        resource,
        ...(await exchange.token({ tenant, client, assertion, resource }, signal)),
      })),
    )
    const secret = { tenant, client, tokens: given, ...(subscription !== undefined && { subscription }) }
    return { kind: CONNECTOR, secret, expiresAt: Math.min(...given.map(({ expiresAt }) => expiresAt)) }
  }
}

const altered: Outcome = {
  kind: 'refused',
  why: 'somebody else has made a federated credential of that name',
}

const beliefOf = (plan: JsonObject): Belief => ({
  name: planned(plan, 'name'),
  issuer: planned(plan, 'issuer'),
  subject: planned(plan, 'subject'),
})
