import type { JsonObject } from '../../../graph/index.ts'
import type {
  Connector,
  ConnectorTraits,
  GrantTerms,
  IdTokens,
  KillTarget,
  Minted,
  MintTerms,
  Observed,
  Outcome,
  Plan,
} from '../../grants/connector.ts'
import { TIMEOUT, type AllowPolicies } from './allow-policies.ts'
import { known } from '../entitlement-list.ts'
import { issuing } from '../issuing.ts'
import { planned } from '../planned.ts'
import { SPREAD } from './bindings.ts'
import { TITLE_PREFIX } from './conditional-binding.ts'
import {
  directById,
  impersonationsById,
  projectOfAccount,
  type DirectEntitlement,
  type ImpersonationEntitlement,
} from './federated-entitlements.ts'
import { PolicyBindings, type Timing } from './policy-bindings.ts'

/** What the credentials of a federated grant are called. */
const KIND = 'gcp-federation'
const IMPERSONATE = 'roles/iam.workloadIdentityUser'
/** "The token's lifetime … default 1 hour, at most 1 hour" (IAM Credentials API, `generateAccessToken`). */
const LONGEST_ACCESS = 3_600_000

/** What both ways share. */
export interface FederationOptions {
  readonly policies: AllowPolicies
  readonly timing: Timing
  /** The broker as an issuer that the pool's provider believes; without one, grants can only be ended. */
  readonly tokens: IdTokens | undefined
  /** Instead of Google's addresses of tokens; for tests and private gateways. */
  readonly endpoint?: string
}

/** What a grant binds, and what a person's tools are told. */
interface Bound {
  readonly provider: string
  readonly resource: string
  readonly role: string
  /** For the tools' own settings. */
  readonly told: JsonObject
}

/**
 * Access for the subject of one grant, whom Google knows by a short token of the broker (workload identity federation). The binding
 * of that one subject is made at issue, with a condition by which Google ends it, and removed at the end: nothing stands. The
 * person has no account of Google, and nobody a key.
 */
class Federation implements Connector {
  readonly name: string
  readonly traits: ConnectorTraits
  readonly #bindings: PolicyBindings
  readonly #tokens: IdTokens | undefined
  readonly #tokenUrl: string
  readonly #bound: ReadonlyMap<string, Bound>

  constructor(
    about: { readonly name: string; readonly revoke: ConnectorTraits['revoke'] },
    { policies, timing, tokens, endpoint }: FederationOptions,
    bound: ReadonlyMap<string, Bound>,
  ) {
    this.name = about.name
    this.traits = {
      narrowing: ['scope', 'condition'],
      providerExpiry: 'hard',
      revoke: about.revoke,
      settles: 2 * TIMEOUT,
    }
    this.#bindings = new PolicyBindings(policies, timing)
    this.#tokens = tokens
    this.#tokenUrl = `${endpoint ?? 'https://sts.googleapis.com'}/v1/token`
    this.#bound = bound
  }

  async plan({ entitlement, person, grant }: GrantTerms): Promise<Plan> {
    const { provider, resource, role } = known(this.#bound, entitlement)
    const subject = subjectOf(grant, person)
    const pool = provider.replace(/\/providers\/.*$/, '')
    const member = `principal://iam.googleapis.com/${pool}/subject/${subject}`
    const recipe = { resource, role, member, person, title: `${TITLE_PREFIX}${grant}` }
    const plan = { ...recipe, subject, audience: `//iam.googleapis.com/${provider}` }
    return Promise.resolve({ access: `${this.name}:${grant}`, plan, recipe })
  }

  issue(plan: JsonObject, terms: GrantTerms, _key: string, signal: AbortSignal): Promise<Outcome> {
    return this.#bindings.add(plan, terms.deadline, signal)
  }

  observe(recipe: JsonObject, signal: AbortSignal): Promise<Observed> {
    return this.#bindings.observe(recipe, signal)
  }

  revoke(recipe: JsonObject, signal: AbortSignal): Promise<Outcome> {
    return this.#bindings.remove(recipe, signal)
  }

  /** Google has nothing faster than the removal; a grant has a subject of its own. */
  async kill(recipe: JsonObject, target: KillTarget, signal: AbortSignal): Promise<Outcome> {
    if ('grant' in target || planned(recipe, 'person') === target.person) return this.revoke(recipe, signal)
    return { kind: 'refused', why: 'the grant is of another person' }
  }

  async mint(plan: JsonObject, terms: MintTerms): Promise<Minted> {
    const { told } = known(this.#bound, terms.entitlement)
    const tokens = issuing(this.#tokens)
    const [audience, subject] = [planned(plan, 'audience'), planned(plan, 'subject')]
    const { token, expiresAt } = await tokens.mint({ audience, subject, terms })
    return { kind: KIND, secret: { token, audience, tokenUrl: this.#tokenUrl, ...told }, expiresAt }
  }
}

/** A role on a project, folder or organization, used by the federated subject itself: Google looks at the binding at each request. */
export function directAccess(options: FederationOptions, all: readonly DirectEntitlement[]): Connector {
  const about = { name: 'gcp-federated', revoke: { ...SPREAD, residual: 'none' } } as const
  const bound = [...directById(all)].map(([id, found]): [string, Bound] => {
    const project = /^projects\/([a-z].*)$/.exec(found.resource)?.[1]
    return [id, { ...found, told: project === undefined ? {} : { project } }]
  })
  return new Federation(about, options, new Map(bound))
}

/**
 * A service account's access, for services that know no federated subjects. What the account may is looked at, and it still may: an
 * access token that was taken before the end lives for up to an hour after it, and only disabling the account would stop it, for
 * everybody who uses it.
 */
export function impersonation(
  options: FederationOptions,
  all: readonly ImpersonationEntitlement[],
): Connector {
  const base = options.endpoint ?? 'https://iamcredentials.googleapis.com'
  const worst = SPREAD.worst + LONGEST_ACCESS
  const revoke = { typical: LONGEST_ACCESS, worst, residual: 'until token expiry' } as const
  const bound = [...impersonationsById(all)].map(([id, found]): [string, Bound] => {
    const resource = `projects/-/serviceAccounts/${found.serviceAccount}`
    const impersonationUrl = `${base}/v1/${resource}:generateAccessToken`
    const { lifetimeSeconds = 3600 } = found
    const project = projectOfAccount(found.serviceAccount) ?? ''
    const told = { impersonationUrl, lifetimeSeconds, project }
    return [id, { provider: found.provider, resource, role: IMPERSONATE, told }]
  })
  return new Federation({ name: 'gcp-impersonation', revoke }, options, new Map(bound))
}

/** Whom Google's own log names: the grant, and the person where the name fits into an identifier of at most 127 bytes. */
const subjectOf = (grant: string, person: string): string =>
  /^[\w.+@-]{1,80}$/.test(person) ? `${grant}:${person}` : grant
