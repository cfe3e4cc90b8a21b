import { GomeisaError, isObject, ownString } from '../../graph/index.ts'
import type { Device } from '../devices/device.ts'
import { jsonAnswer, jsonBody } from '../gateway/answers.ts'
import type { DeviceRoutes } from '../gateway/device-routes.ts'
import type { Connector } from '../grants/connector.ts'
import type { Grant } from '../grants/grant.ts'
import type { GrantLedger } from '../grants/grant-ledger.ts'
import { VIA_HEADER } from '../protocol/browser-port.ts'
import { demand, Refusal } from '../refusal.ts'

export interface CredentialOptions {
  readonly ledger: GrantLedger
  readonly connectors: readonly Connector[]
  readonly now: () => number
  /** The device for which a grant was asked; undefined: none is known, and nobody gets its credentials. */
  readonly deviceOf: (grant: Grant) => Promise<string | undefined>
  /** Whether the grant may be used by this device now. Asked at every use; must not wait for a person. Anything thrown is a no. */
  readonly decide: (
    grant: Grant,
    device: Device,
  ) => Promise<{ readonly allow: true } | { readonly allow: false; readonly why: string }>
  /** Milliseconds that a cloud may take; 20 s unless told. */
  readonly callLimit?: number
}

/**
 * Credentials of an active grant, for the device that it was asked for: `POST /v1/credentials` mints, `POST
 * /v1/credentials/check` only says whether it would. Both decide anew. Nothing is minted without its audit record, and nothing that
 * was minted is given out when the grant has ended meanwhile.
 */
export function credentialRoutes(options: CredentialOptions): DeviceRoutes {
  return async (request, { device }) => {
    const { pathname } = new URL(request.url)
    const mints = pathname === '/v1/credentials'
    if (request.method !== 'POST' || (!mints && pathname !== '/v1/credentials/check')) return undefined
    demand(request.headers.get(VIA_HEADER) === null, 'origin-foreign', 'a browser gets no credentials')
    const body = await jsonBody(request)
    const id = isObject(body) ? ownString(body, 'grant') : undefined
    demand(id !== undefined, 'malformed', 'no grant is named')
    const grant = await usable(options, id, device)
    return mints ? mint(options, grant, device) : jsonAnswer(JSON.stringify({ grant: id }))
  }
}

/** The grant, if this device may use it now. Another person's is refused in the words of one that there is not. */
async function usable(options: CredentialOptions, id: string, device: Device): Promise<Grant> {
  const grant = await options.ledger.transact((tx) => tx.grant(id))
  const own = grant?.person === device.person
  demand(own, 'grant-unknown', 'you have no such grant')
  const bound = await options.deviceOf(grant)
  demand(bound === device.id, 'grant-elsewhere', 'the grant is for another device')
  demand(isLive(grant, options.now()), 'grant-inactive', `the grant is not active but ${grant.state}`)
  let decision: Awaited<ReturnType<CredentialOptions['decide']>>
  try {
    decision = await options.decide(grant, device)
  } catch {
    decision = { allow: false, why: 'the decision failed' }
  }
  demand(decision.allow, 'grant-denied', decision.allow ? '' : decision.why)
  return grant
}

async function mint(options: CredentialOptions, grant: Grant, device: Device): Promise<Response> {
  const connector = options.connectors.find(({ name }) => name === grant.connector)
  demand(connector?.mint !== undefined, 'grant-unfit', 'this kind of grant works without credentials')
  await record(options, grant, device, 'credentials-asked', {})
  // What the cloud has confirmed, not what an extension hopes for.
  const deadline = Math.min(grant.deadline, grant.issuedUntil ?? 0)
  const terms = { ...grant, grant: grant.id, deadline, device: device.id }
  const signal = AbortSignal.timeout(options.callLimit ?? 20_000)
  try {
    const { kind, secret, expiresAt } = await connector.mint(grant.plan, terms, signal)
    await usable(options, grant.id, device)
    await record(options, grant, device, 'credentials-given', { until: new Date(expiresAt).toISOString() })
    return jsonAnswer(JSON.stringify({ kind, secret, expiresAt }))
  } catch (error) {
    if (!(error instanceof GomeisaError) || error instanceof Refusal) throw error
    throw new Refusal('broker-unavailable', error.message, { cause: error })
  }
}

const isLive = (grant: Grant, now: number): boolean =>
  (grant.state === 'active' || (grant.state === 'activating' && grant.issuedUntil !== undefined)) &&
  now < Math.min(grant.deadline, grant.issuedUntil ?? 0) &&
  !grant.killed

async function record(
  { ledger, now }: CredentialOptions,
  grant: Grant,
  device: Device,
  what: string,
  detail: Readonly<Record<string, string>>,
): Promise<void> {
  const { person, entitlement, connector } = grant
  const about = { person, entitlement, connector, device: device.id, ...detail }
  await ledger.transact((tx) =>
    tx.audit({ at: now(), actor: person, event: `grant.${what}`, grant: grant.id, detail: about }),
  )
}
