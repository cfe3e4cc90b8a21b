import { AssumeRoleCommand, type AssumeRoleCommandOutput } from '@aws-sdk/client-sts'
import { GomeisaError, type JsonObject } from '../../../graph/index.ts'
import type {
  Connector,
  ConnectorTraits,
  GrantTerms,
  KillTarget,
  Minted,
  Observed,
  Outcome,
  Plan,
} from '../../grants/connector.ts'
import { known } from '../entitlement-list.ts'
import { planned } from '../planned.ts'
import { codeOf, failed } from './answers.ts'
import type { AwsClients } from './clients.ts'
import { DEFAULT_SESSION, rolesById, type RoleEntitlement } from './entitlements.ts'
import { fenceText, personFenceText, readFence } from './fence.ts'
import { RolePolicies } from './role-policies.ts'
import { GRANT_TAG, nameOfGrant, sessionPolicy, sourceIdentity } from './session-policy.ts'

/** No session lasts longer: STS gives a role that takes a role one hour at most. */
const LONGEST_SESSION = 3_600_000
/** Beyond it, for clocks that differ. */
const MARGIN = 600_000
/** Above this share (%) of what the packed policies and tags of a session may take, a small change of a name would make AWS refuse. */
const MOST_PACKED = 95
const CONNECTOR = 'aws-role'

/**
 * Access by short sessions of a role. What stands in the cloud is a fence: an inline policy of the role that denies the sessions of
 * this grant everything, from the deadline on as soon as the grant is issued, at once when it is revoked. Sessions carry the
 * deadline themselves, too. Credentials are minted when they are used and kept nowhere.
 */
export class RoleSessions implements Connector {
  readonly name = CONNECTOR
  readonly traits: ConnectorTraits
  readonly #clients: AwsClients
  readonly #entitlements: ReadonlyMap<string, RoleEntitlement>
  readonly #now: () => number

  /** Throws as `rolesById` does. */
  constructor(clients: AwsClients, entitlements: readonly RoleEntitlement[], now: () => number) {
    this.#clients = clients
    this.#entitlements = rolesById(entitlements)
    this.#now = now
    const chains = entitlements.some(({ mayChain }) => mayChain === true)
    this.traits = {
      narrowing: ['policy', 'condition'],
      providerExpiry: 'hard',
      // AWS: "may take a few minutes"; usually it is seconds.
      revoke: { typical: 5_000, worst: 300_000, residual: chains ? 'until token expiry' : 'none' },
      settles: 60_000,
    }
  }

  async plan(terms: GrantTerms): Promise<Plan> {
    const entitlement = known(this.#entitlements, terms.entitlement)
    sessionPolicy(entitlement, terms.deadline)
    const { role, manager = '', externalId = '' } = entitlement
    const source = sourceIdentity(terms.person)
    const recipe = { role, manager, externalId, source, grant: terms.grant, policy: nameOfGrant(terms.grant) }
    return Promise.resolve({ access: `${CONNECTOR}:${terms.grant}`, plan: recipe, recipe })
  }

  async issue(plan: JsonObject, terms: GrantTerms, _key: string, signal: AbortSignal): Promise<Outcome> {
    const text = fenceText(terms.grant, { kind: 'open', until: terms.deadline })
    const fenced = await this.#policies(plan).put(planned(plan, 'policy'), text, signal)
    if (fenced.kind !== 'done') return fenced
    // Active must mean usable: a trust policy that forgets tags or source identity shows here.
    try {
      const answer = await this.#assume(plan, terms, 900, signal)
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- What has not changed over to the new field says only this.
      const used = Math.max(answer.SessionTokenUtilization ?? 0, answer.PackedPolicySize ?? 0)
      if (used <= MOST_PACKED) return { kind: 'done' }
      return { kind: 'refused', why: `policies and tags of the session fill ${used} % of what AWS takes` }
    } catch (error) {
      if (error instanceof GomeisaError) return { kind: 'refused', why: error.message }
      return failed('the role could not be taken', error)
    }
  }

  async observe(recipe: JsonObject, signal: AbortSignal): Promise<Observed> {
    let text: string | undefined
    try {
      text = await this.#policies(recipe).read(planned(recipe, 'policy'), signal)
    } catch (error) {
      return { kind: 'unknown', why: `the policies of the role could not be read: ${codeOf(error)}` }
    }
    if (text === undefined) return { kind: 'absent' }
    const fence = readFence(planned(recipe, 'grant'), text)
    if (fence === undefined) return { kind: 'present', altered: true }
    const over = fence.kind === 'shut' || fence.until <= this.#now()
    return over ? { kind: 'absent' } : { kind: 'present', altered: false }
  }

  async revoke(recipe: JsonObject, signal: AbortSignal): Promise<Outcome> {
    const policies = this.#policies(recipe)
    try {
      await policies.sweep(this.#now(), signal)
    } catch {
      // Old policies are litter: they never keep an access from being ended.
    }
    const needed = this.#now() + LONGEST_SESSION + MARGIN
    const text = fenceText(planned(recipe, 'grant'), { kind: 'shut', needed })
    return policies.put(planned(recipe, 'policy'), text, signal)
  }

  async kill(recipe: JsonObject, target: KillTarget, signal: AbortSignal): Promise<Outcome> {
    if ('grant' in target) return this.revoke(recipe, signal)
    const source = planned(recipe, 'source')
    const text = personFenceText(source, this.#now())
    return this.#policies(recipe).put(`gomeisa-person-${source}`, text, signal)
  }

  async mint(plan: JsonObject, terms: GrantTerms, signal: AbortSignal): Promise<Minted> {
    const { sessionSeconds = DEFAULT_SESSION } = known(this.#entitlements, terms.entitlement)
    let answer: AssumeRoleCommandOutput
    try {
      answer = await this.#assume(plan, terms, sessionSeconds, signal)
    } catch (error) {
      if (error instanceof GomeisaError) throw error
      throw new GomeisaError('CLOUD_UNUSABLE', `AWS gave no credentials for the role: ${codeOf(error)}`, {
        remedy: "check the role's trust policy and the broker's own credentials",
      })
    }
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {}
    if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration)
      throw new GomeisaError('CLOUD_UNUSABLE', 'AWS gave incomplete credentials')
    const role = planned(plan, 'role')
    const account = role.split(':')[4] ?? ''
    const secret = { AccessKeyId, SecretAccessKey, SessionToken, AccountId: account, RoleArn: role }
    return { kind: CONNECTOR, secret, expiresAt: Expiration.getTime() }
  }

  #policies(recipe: JsonObject): RolePolicies {
    const iam = this.#clients.iam(planned(recipe, 'manager'), planned(recipe, 'externalId'))
    return new RolePolicies(iam, planned(recipe, 'role'))
  }

  async #assume(plan: JsonObject, terms: GrantTerms, DurationSeconds: number, abortSignal: AbortSignal) {
    const entitlement = known(this.#entitlements, terms.entitlement)
    const externalId = planned(plan, 'externalId')
    const call = new AssumeRoleCommand({
      RoleArn: planned(plan, 'role'),
      RoleSessionName: planned(plan, 'policy').slice(0, 64),
      SourceIdentity: planned(plan, 'source'),
      DurationSeconds,
      Policy: sessionPolicy(entitlement, terms.deadline),
      Tags: [{ Key: GRANT_TAG, Value: terms.grant }],
      TransitiveTagKeys: [GRANT_TAG],
      ...(externalId !== '' && { ExternalId: externalId }),
      ...(entitlement.policies && { PolicyArns: entitlement.policies.map((arn) => ({ arn })) }),
    })
    return this.#clients.sts.send(call, { abortSignal })
  }
}
