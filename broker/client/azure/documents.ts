import { GomeisaError, isObject, own, ownList, ownString, type JsonObject } from '../../../graph/index.ts'
import type { LiveCredentials } from '../credential-desk.ts'

/** As the connector calls what it mints. */
export const AZURE_TOKENS = 'azure-federated'

/** Whose tokens a grant gives. */
export interface AzureIdentity {
  readonly tenant: string
  readonly client: string
  readonly subscription: string | undefined
}

/**
 * What App Service answers for a managed identity (Microsoft, "REST endpoint reference", 2019-08-01). Throws `REFUSED` for a version, an
 * identity or a resource that the grant does not have.
 */
export function managedIdentityDocument(live: LiveCredentials, query: URLSearchParams): string {
  const { client } = azureIdentity(live)
  if (query.get('api-version') !== '2019-08-01') throw refusal('only api-version 2019-08-01 is spoken here')
  const named = query.get('client_id')
  const other = ['mi_res_id', 'object_id', 'principal_id'].some((name) => query.has(name))
  if (other || (named !== null && named.toLowerCase() !== client.toLowerCase()))
    throw refusal('the grant is for another identity: name none')
  const resource = query.get('resource') ?? ''
  const found = tokensIn(live).find((each) => bare(ownString(each, 'resource') ?? '') === bare(resource))
  const [token, expiresAt] = found === undefined ? [] : [ownString(found, 'token'), own(found, 'expiresAt')]
  if (token === undefined || typeof expiresAt !== 'number')
    throw refusal('the grant gives no token for this resource')
  const expires_on = String(Math.floor(expiresAt / 1000))
  return JSON.stringify({
    access_token: token,
    expires_on,
    resource,
    token_type: 'Bearer',
    client_id: client,
  })
}

/** Throws `USAGE` for what another cloud gave. */
export function azureIdentity({ kind, secret }: LiveCredentials): AzureIdentity {
  const [tenant, client] = [ownString(secret, 'tenant'), ownString(secret, 'client')]
  if (kind === AZURE_TOKENS && tenant !== undefined && client !== undefined)
    return { tenant, client, subscription: ownString(secret, 'subscription') }
  throw new GomeisaError('USAGE', 'this grant gives no tokens of Azure', {
    remedy: 'name a grant of an application in Azure',
  })
}

/** For whom the grant gives tokens. */
export const resourcesOf = (live: LiveCredentials): readonly string[] =>
  tokensIn(live).map((each) => ownString(each, 'resource') ?? '')

const tokensIn = ({ secret }: LiveCredentials): readonly JsonObject[] =>
  ownList(secret, 'tokens').filter((each) => isObject(each))

/** Tools write resources with a slash at the end, or without; `az` with that of the old management address. */
const bare = (resource: string): string =>
  resource
    .replace(/\/$/, '')
    .replace(/^https:\/\/management\.core\.windows\.net$/, 'https://management.azure.com')

const refusal = (why: string): GomeisaError => new GomeisaError('REFUSED', why)
