import type { AssetServiceClient } from '@google-cloud/asset'
import type { GoogleAuth } from 'google-auth-library'
import { isObject, type Json, type JsonObject, own, ownString } from '../../graph/index.ts'
import type { Failure, Page, Sender } from '../transport/page-call.ts'
import type { GcpCall, RestService } from './calls/call.ts'
import { failureOf, noCredentials } from './failures.ts'
import { plainObject } from './plain.ts'

/** Services whose address can be another: the names that gcloud's `api_endpoint_overrides` have. */
export type Overridden = RestService | 'cloudasset' | 'cloudresourcemanager'

export interface ClientOptions {
  /** The project that quotas are counted for; else what the credentials name. */
  readonly quotaProject?: string
  /** Addresses instead of Google's own, all of them https. */
  readonly endpoints: ReadonlyMap<Overridden, URL>
}

const SCOPES = [
  'https://www.googleapis.com/auth/cloud-platform',
  'https://www.googleapis.com/auth/cloud-identity.groups.readonly',
]
const TIMEOUT_MS = 120_000

/**
 * The official clients, made when they are needed: Cloud Asset over gRPC, and Google's library of credentials (application
 * default credentials) for what has no client or needs none. Both only send; when to try again is decided by the caller.
 */
export class Clients implements Sender<GcpCall> {
  private readonly options: ClientOptions
  private auth: Promise<GoogleAuth> | undefined
  private asset: Promise<AssetServiceClient> | undefined

  constructor(options: ClientOptions) {
    this.options = options
  }

  failure(error: unknown): Failure {
    return failureOf(error)
  }

  async send({ how }: GcpCall, parameters: JsonObject, next: string | undefined): Promise<Page> {
    if ('asset' in how) return this.ask(how.asset, { ...how.fixed, ...parameters }, next)
    const query = new URLSearchParams(how.query)
    for (const [name, parameter] of Object.entries(how.asked ?? {}))
      query.set(name, ownString(parameters, parameter) ?? '')
    if (next !== undefined) query.set('pageToken', next)
    const body = await this.get(how.rest, pathOf(how.path, parameters), query)
    const { nextPageToken, ...rest } = body
    return { body: rest, next: typeof nextPageToken === 'string' ? nextPageToken : undefined }
  }

  /** An answer in JSON. Rejects with the library's error. */
  async get(service: Overridden, path: string, query: URLSearchParams): Promise<JsonObject> {
    const base = this.options.endpoints.get(service) ?? new URL(`https://${service}.googleapis.com/`)
    const url = new URL(`${base.pathname.replace(/\/$/, '')}/${path}?${query.toString()}`, base)
    const auth = await this.authorised()
    const { data } = await auth.request<Json>({
      url,
      timeout: TIMEOUT_MS,
      retry: false,
      responseType: 'json',
    })
    return isObject(data) ? data : {}
  }

  async close(): Promise<void> {
    await (await this.asset)?.close()
  }

  private async ask(
    method: 'searchAllIamPolicies' | 'listAssets',
    parameters: JsonObject,
    next: string | undefined,
  ): Promise<Page> {
    this.asset ??= this.makeAsset()
    const client = await this.asset
    const request = { ...parameters, ...(next === undefined ? {} : { pageToken: next }) }
    const options = { autoPaginate: false, timeout: TIMEOUT_MS, retry: null }
    const [, , raw] =
      method === 'listAssets'
        ? await client.listAssets(request, options)
        : await client.searchAllIamPolicies(request, options)
    const { nextPageToken, ...body } = plainObject(raw)
    return { body, next: typeof nextPageToken === 'string' ? nextPageToken : undefined }
  }

  private authorised(): Promise<GoogleAuth> {
    this.auth ??= this.makeAuth()
    return this.auth
  }

  private async makeAuth(): Promise<GoogleAuth> {
    // Loaded here, so that verbs that ask no cloud do not wait for it.
    const { GoogleAuth } = await import('google-auth-library')
    const { quotaProject } = this.options
    const auth = new GoogleAuth({
      scopes: SCOPES,
      clientOptions: quotaProject === undefined ? {} : { quotaProjectId: quotaProject },
    })
    try {
      await auth.getClient()
    } catch {
      throw noCredentials('none found')
    }
    return auth
  }

  private async makeAsset(): Promise<AssetServiceClient> {
    const auth = await this.authorised()
    const { AssetServiceClient } = await import('@google-cloud/asset')
    const elsewhere = this.options.endpoints.get('cloudasset')
    if (elsewhere === undefined) return new AssetServiceClient({ auth })
    return new AssetServiceClient({
      auth,
      apiEndpoint: elsewhere.hostname,
      port: elsewhere.port === '' ? 443 : Number(elsewhere.port),
    })
  }
}

/** `{x}` is one step of the path, `{+x}` several, in which what is encoded already stays so. */
export function pathOf(template: string, parameters: JsonObject): string {
  return template.replace(/\{(\+?)(\w+)\}/g, (_, several: string, name: string) => {
    const value = own(parameters, name)
    const text = typeof value === 'string' ? value : ''
    return several === '' ? encodeURIComponent(text) : text.replace(/[^\w.~%/@:+-]/g, encodeURIComponent)
  })
}
