import type { TokenCredential } from '@azure/identity'
import type * as PipelineTools from '@azure/core-rest-pipeline'
import type { HttpClient, Pipeline, PipelineResponse } from '@azure/core-rest-pipeline'
import { isObject, type Json, type JsonObject, own, ownString } from '../../graph/index.ts'
import type { Failure, Page, Sender } from '../transport/page-call.ts'
import type { AzureCall, How, Service } from './calls/call.ts'
import { failureOf, noCredentials } from './failures.ts'

export interface ClientOptions {
  /** The tenant that credentials are asked for; else the one that they come with. */
  readonly tenant?: string
  /** Addresses instead of the public cloud's, all of them https. */
  readonly endpoints: ReadonlyMap<Service, URL>
  /** Where tokens are asked for instead of the public cloud's login; https. */
  readonly authority?: string
}

const ADDRESSES: Readonly<Record<Service, string>> = {
  arm: 'https://management.azure.com/',
  graph: 'https://graph.microsoft.com/',
}
/** How Resource Manager, Microsoft Graph and Resource Graph say that a listing goes on. */
const LINKS: readonly string[] = ['nextLink', '@odata.nextLink', '$skipToken']
const TIMEOUT_MS = 120_000
const ROWS_A_PAGE = 1000

/** The parts of the official libraries, loaded when the first call is made. */
interface Tools {
  readonly pipeline: typeof PipelineTools
  readonly http: HttpClient
  readonly credential: TokenCredential
}

/**
 * Asks Resource Manager and Microsoft Graph through Microsoft's own pipeline and credentials. It only sends; when to try again
 * is decided by the caller. Answers stay as they came: they are read as exports are.
 */
export class Clients implements Sender<AzureCall> {
  private readonly options: ClientOptions
  private tools: Promise<Tools> | undefined
  private readonly pipelines = new Map<Service, Pipeline>()

  constructor(options: ClientOptions) {
    this.options = options
  }

  failure(error: unknown): Failure {
    return failureOf(error)
  }

  async send({ how }: AzureCall, parameters: JsonObject, next: string | undefined): Promise<Page> {
    const page =
      how.resourceQuery === undefined
        ? await this.get(
            how.service,
            next === undefined ? this.first(how, parameters) : this.nextOf(how, next),
          )
        : await this.post(how, how.resourceQuery, next)
    const following = LINKS.map((name) => own(page, name)).find((link) => link !== undefined && link !== '')
    const body = Object.fromEntries(
      Object.entries(page).filter(([name]) => !LINKS.includes(name) && name !== '@odata.context'),
    )
    return { body, next: typeof following === 'string' ? following : undefined }
  }

  /** The answer to a GET. Rejects with the pipeline's error. */
  async get(service: Service, url: URL): Promise<JsonObject> {
    return this.ask(service, url, undefined)
  }

  /** Where a service is. */
  address(service: Service): URL {
    return this.options.endpoints.get(service) ?? new URL(ADDRESSES[service])
  }

  private post(how: How, query: string, next: string | undefined): Promise<JsonObject> {
    const options = {
      resultFormat: 'objectArray',
      $top: ROWS_A_PAGE,
      ...(next === undefined ? {} : { $skipToken: next }),
    }
    return this.ask(how.service, this.first(how, {}), { query, options })
  }

  private first(how: How, parameters: JsonObject): URL {
    const url = new URL(pathOf(how.path, parameters), this.address(how.service))
    for (const [name, template] of Object.entries(how.query)) {
      const value = template.replace(/\{(\w+)\}/g, (_, parameter: string) =>
        // In a filter of OData a quote is written twice.
        (ownString(parameters, parameter) ?? '').replaceAll("'", "''"),
      )
      if (value !== '') url.searchParams.set(name, value)
    }
    return url
  }

  /** The next page, at the same service only: the token goes nowhere else. */
  private nextOf(how: How, next: string): URL {
    const base = this.address(how.service)
    const url = URL.canParse(next) ? new URL(next) : undefined
    if (url?.origin === base.origin) return url
    // What is asked for instead has no answer, so that the rest of the listing is a gap.
    return new URL('next-page-is-elsewhere', base)
  }

  private async ask(service: Service, url: URL, body: JsonObject | undefined): Promise<JsonObject> {
    this.tools ??= load(this.options)
    const { pipeline: tools, http, credential } = await this.tools
    const pipeline = this.pipelines.get(service) ?? this.pipelineOf(service, tools, credential)
    this.pipelines.set(service, pipeline)
    const request = tools.createPipelineRequest({
      url: url.href,
      method: body === undefined ? 'GET' : 'POST',
      headers: tools.createHttpHeaders({
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeout: TIMEOUT_MS,
    })
    const response = await pipeline.sendRequest(http, request)
    if (response.status === 200) return parsed(response)
    throw new tools.RestError('the cloud answered with an error', {
      statusCode: response.status,
      response,
    })
  }

  private pipelineOf(service: Service, tools: Tools['pipeline'], credential: TokenCredential): Pipeline {
    const pipeline = tools.createEmptyPipeline()
    pipeline.addPolicy(tools.proxyPolicy())
    pipeline.addPolicy(tools.decompressResponsePolicy())
    const scopes = `${this.address(service).origin}/.default`
    pipeline.addPolicy(tools.bearerTokenAuthenticationPolicy({ credential, scopes }))
    return pipeline
  }
}

function parsed(response: PipelineResponse): JsonObject {
  const value = JSON.parse(response.bodyAsText ?? '{}') as Json
  return isObject(value) ? value : {}
}

async function load({ tenant, authority }: ClientOptions): Promise<Tools> {
  // Loaded here, so that verbs that ask no cloud do not wait for it.
  const [pipeline, identity] = await Promise.all([
    import('@azure/core-rest-pipeline'),
    import('@azure/identity'),
  ])
  try {
    const credential = new identity.DefaultAzureCredential({
      ...(tenant === undefined ? {} : { tenantId: tenant }),
      // The library asks the public cloud whether it knows the authority; of one that the operator names it need not.
      ...(authority === undefined ? {} : { disableInstanceDiscovery: true, authorityHost: authority }),
    })
    return { pipeline, http: pipeline.createDefaultHttpClient(), credential }
  } catch {
    throw noCredentials('none found')
  }
}

/** `{x}` is one step of the path, `{+x}` several. */
export function pathOf(template: string, parameters: JsonObject): string {
  const path = template.replace(/\{(\+?)(\w+)\}/g, (_, several: string, name: string) => {
    const value = own(parameters, name)
    const steps = (typeof value === 'string' ? value : '').replace(/^\/+/, '')
    if (several === '') return encodeURIComponent(steps)
    return steps
      .split('/')
      .map((step) => (step === '..' || step === '.' ? '' : encodeURIComponent(step)))
      .join('/')
  })
  return `/${path}`
}
