import { ownList, ownString, type JsonObject } from '../../../graph/index.ts'
import { MicrosoftRest, type Answer, type Reach } from './microsoft-rest.ts'

const GRAPH = 'https://graph.microsoft.com'
const SCOPE = 'https://graph.microsoft.com/.default'
/** The one audience that Entra takes in the public cloud. */
export const EXCHANGE = 'api://AzureADTokenExchange'

/** A token that an application believes: of which issuer, about whom. */
export interface Belief {
  readonly name: string
  readonly issuer: string
  readonly subject: string
}

/** Federated identity credentials of applications (Microsoft Graph v1.0, "federatedIdentityCredential"); an application has 20 at most. */
export class FederatedCredentials {
  readonly #rest: MicrosoftRest

  constructor({ endpoint = GRAPH }: Reach) {
    this.#rest = new MicrosoftRest(endpoint, SCOPE)
  }

  make(client: string, { name, issuer, subject }: Belief, signal: AbortSignal): Promise<Answer> {
    const description = 'Gomeisa: access for a time. Removed by the broker.'
    const body = { name, issuer, subject, audiences: [EXCHANGE], description }
    return this.#rest.send('POST', roomOf(client), {}, signal, body)
  }

  remove(client: string, name: string, signal: AbortSignal): Promise<Answer> {
    return this.#rest.send('DELETE', `${roomOf(client)}/${name}`, {}, signal)
  }

  /**
   * All of an application; the answer instead that was an error. Asked for one by name, Graph says the same of one that is not there and
   * of an application of another tenant.
   */
  all(client: string, signal: AbortSignal): Promise<readonly JsonObject[] | Answer> {
    return this.#rest.list(roomOf(client), {}, signal)
  }
}

export function isAsMade(found: JsonObject, { issuer, subject }: Belief): boolean {
  const [audience, ...others] = ownList(found, 'audiences')
  const same = ownString(found, 'issuer') === issuer && ownString(found, 'subject') === subject
  return same && audience === EXCHANGE && others.length === 0
}

/** Graph finds an application by its client id, too. */
const roomOf = (client: string): string =>
  `/v1.0/applications(appId='${client}')/federatedIdentityCredentials`
