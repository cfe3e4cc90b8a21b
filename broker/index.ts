export { chainNotes, keepChained, type About } from './audit/notes.ts'
export { ocsfEvent } from './audit/ocsf.ts'
export { recordLine, type AuditHead, type AuditRecord } from './audit/record.ts'
export { fileSigner, readPublicKey, type AuditSigner } from './audit/signer.ts'
export { verifyAudit, type AuditFault, type AuditVerdict } from './audit/verify.ts'
export type { Connector, IdTokens, Minted } from './grants/connector.ts'
export type { GrantsOptions } from './grants/context.ts'
export type { Grant, GrantState } from './grants/grant.ts'
export type { GrantLedger } from './grants/grant-ledger.ts'
export { Grants } from './grants/grants.ts'
export { DeviceKills } from './kill/device-kills.ts'
export type { KillAim, KillReport } from './kill/kill-report.ts'
export { killView } from './kill/kill-view.ts'
export { Kills } from './kill/kills.ts'
export { openKills } from './kill/open-kills.ts'
export { openGrantLedger } from './ledger/embedded-grant-ledger.ts'
export type { SharedLedger } from './ledger/postgres/grant-ledger.ts'
export type { ConnectorRegistry } from './requests/connector-registry.ts'
export { requestRoutes } from './requests/device-api.ts'
export { VerifiedEvidence, type EvidenceSource } from './requests/evidence-source.ts'
export { readOffer, type Offer } from './requests/offer.ts'
export { openApiDocument } from './requests/open-api.ts'
export { openRequests, type OpenRequests, type RequestsOptions } from './requests/open.ts'
export type { RequestLedger } from './requests/request-ledger.ts'
export type { Requests } from './requests/requests.ts'
import type { AwsOptions } from './connectors/aws/connectors.ts'
import type { AzureOptions } from './connectors/azure/connectors.ts'
import type { GcpOptions } from './connectors/gcp/connectors.ts'
import type { CredentialOptions } from './credentials/credential-routes.ts'
import type { Connector } from './grants/connector.ts'
import type { Authority } from './devices/authority.ts'
import type { AuditSigner } from './audit/signer.ts'
import type { IssuerOptions, TokenIssuer } from './issuer/open-issuer.ts'
import type { DeviceStore } from './devices/device-store.ts'
import type { SharedLedger } from './ledger/postgres/grant-ledger.ts'
import type { Rejudged } from './devices/trust.ts'
import type { BrokerOptions, RunningBroker } from './gateway/broker.ts'
import type { DeviceRoutes } from './gateway/device-routes.ts'
import type { People, PeopleOptions } from './people/people.ts'
import type { WebPort, WebPortOptions } from './people/web-port.ts'

export { Agent, AGENT_SOCKET, type AgentStatus, type Binding } from './client/agent.ts'
export { AgentHome, type Enrolled } from './client/agent-home.ts'
export { cliProfile } from './client/azure/cli-profile.ts'
export {
  AZURE_TOKENS,
  azureIdentity,
  managedIdentityDocument,
  resourcesOf,
} from './client/azure/documents.ts'
export { askAgent, grantAccess, liveCredentials, OWN_LOGIN } from './client/ask-agent.ts'
export { AWS_CREDENTIALS, containerDocument, processDocument } from './client/aws/documents.ts'
export { commandWord, withProfile } from './client/aws/profile.ts'
export {
  credentialConfiguration,
  executableDocument,
  executableError,
  GCP_CREDENTIALS,
  projectOf,
  urlDocument,
  urlSource,
} from './client/gcp/documents.ts'
export type { LiveCredentials } from './client/credential-desk.ts'
export { LoopbackEndpoint, type LoopbackAnswer, type LoopbackForm } from './client/loopback-endpoint.ts'
export type { AwsOptions } from './connectors/aws/connectors.ts'
export type { AzureOptions } from './connectors/azure/connectors.ts'
export type { GcpOptions } from './connectors/gcp/connectors.ts'
export type { IssuerOptions, TokenIssuer } from './issuer/open-issuer.ts'
export { SigningKeys, type SigningKey } from './issuer/signing-keys.ts'
export type { CredentialOptions } from './credentials/credential-routes.ts'
export { enrolDevice } from './client/enrol.ts'
export { DEFAULT_TPM } from './client/tpm/transport.ts'
export type { Device, Lock, LockTarget, Milliseconds, Trust, TrustKind } from './devices/device.ts'
export type { DeviceStore } from './devices/device-store.ts'
export { lock } from './devices/locks.ts'
export { inGoodStanding } from './devices/standing.ts'
export { certificatesOf, isRoot } from './devices/certificates.ts'
export type { Rejudged } from './devices/trust.ts'
export type { BrokerOptions, RunningBroker } from './gateway/broker.ts'
export type { DeviceRoutes } from './gateway/device-routes.ts'
export type { DoorEvent } from './gateway/door.ts'
export type { Peer } from './gateway/peer.ts'
export { openDeviceStore } from './ledger/embedded-device-store.ts'
export { openPeopleStore } from './ledger/embedded-people-store.ts'
export type { Evidence, Freshness, PresenceEvidence, ProximityEvidence } from './people/evidence.ts'
export { verifyOffline, type OfflineExpectation, type OfflineVerdict } from './people/offline.ts'
export { inviteBreakGlass } from './people/break-glass.ts'
export type { PeopleStore } from './people/people-store.ts'
export type { People, PeopleOptions } from './people/people.ts'
export type { Passkey, Person, Session } from './people/person.ts'
export type { PresenceRecord, Verification } from './people/presence-record.ts'
export type { ProviderSettings } from './people/provider.ts'
export type { WebPort, WebPortOptions } from './people/web-port.ts'
export { newTokenSecret, tokenHash, tokenText } from './protocol/enrolment-token.ts'
export { isLevel, LEVELS, meets, type AttestationLevel } from './protocol/identity.ts'
export { Refusal, REFUSALS, type RefusalReason } from './refusal.ts'

// What needs the certificate library is loaded when it is used: the agent on a person's machine must start fast.

/** See `gateway/broker.ts`. */
export async function startBroker(options: BrokerOptions): Promise<RunningBroker> {
  return (await import('./gateway/broker.ts')).startBroker(options)
}

/** See `gateway/broker.ts`. */
export async function openAuthority(folder: string, now: number): Promise<Authority> {
  return (await import('./gateway/broker.ts')).openAuthority(folder, now)
}

/** See `devices/trust.ts`. */
export async function rejudge(store: DeviceStore, now: number): Promise<readonly Rejudged[]> {
  return (await import('./devices/trust.ts')).rejudge(store, now)
}

/** People at a broker, and the routes to give to `startBroker`; see `people/people.ts` and `people/desk-routes.ts`. */
export async function startPeople(options: PeopleOptions): Promise<{ people: People; routes: DeviceRoutes }> {
  const [{ People: Made }, { deskRoutes }] = await Promise.all([
    import('./people/people.ts'),
    import('./people/desk-routes.ts'),
  ])
  const people = new Made(options)
  return { people, routes: deskRoutes(people) }
}

/** See `ledger/postgres/grant-ledger.ts`. */
export async function openPostgresLedger(address: string, signer: AuditSigner): Promise<SharedLedger> {
  return (await import('./ledger/postgres/grant-ledger.ts')).openPostgresLedger(address, signer)
}

/** See `people/web-port.ts`. */
export async function openWebPort(options: WebPortOptions): Promise<WebPort> {
  return (await import('./people/web-port.ts')).openWebPort(options)
}

/** See `issuer/open-issuer.ts`. */
export async function openIssuer(options: IssuerOptions): Promise<TokenIssuer> {
  return (await import('./issuer/open-issuer.ts')).openIssuer(options)
}

/** See `connectors/aws/connectors.ts`. */
export async function awsConnectors(options: AwsOptions): Promise<readonly Connector[]> {
  return (await import('./connectors/aws/connectors.ts')).awsConnectors(options)
}

/** See `connectors/azure/connectors.ts`. */
export async function azureConnectors(options: AzureOptions): Promise<readonly Connector[]> {
  return (await import('./connectors/azure/connectors.ts')).azureConnectors(options)
}

/** See `connectors/gcp/connectors.ts`. */
export async function gcpConnectors(options: GcpOptions): Promise<readonly Connector[]> {
  return (await import('./connectors/gcp/connectors.ts')).gcpConnectors(options)
}

/** Routes to give to `startBroker`; see `credentials/credential-routes.ts`. */
export async function credentialRoutes(options: CredentialOptions): Promise<DeviceRoutes> {
  return (await import('./credentials/credential-routes.ts')).credentialRoutes(options)
}
