import { GomeisaError, type Json, type JsonObject } from '../../graph/index.ts'
import type { Limits } from '../transport/limits.ts'
import { S3_CONTROL, type Service, STS } from './calls/services.ts'
import { fatal } from './failures.ts'
import { plain } from './plain.ts'

/** Temporary credentials; a secret, never printed or kept. */
export interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly expiration?: Date
}

/** Of whom, and where, is asked; `keys` are those of a role that was taken, else those of the caller. */
export interface Where {
  readonly account: string
  readonly region: string
  readonly keys?: () => Promise<Keys>
}

export interface ClientOptions {
  readonly profile?: string
  /** Instead of AWS's own addresses; for tests and private gateways. */
  readonly endpoint?: string
  /** How often one call is tried. */
  readonly attempts: number
  /** Milliseconds since 1970, to know when credentials end. */
  readonly clock: () => number
}

interface Client {
  readonly config: { region(): Promise<string> }
  send(command: unknown): Promise<unknown>
  destroy(): void
}
type Made<T> = new (input: object) => T
type Package = ReadonlyMap<string, unknown>

/**
 * The official clients (AWS SDK for JavaScript v3), made when they are needed: one an account, region and service, so that
 * each slows down for itself when AWS throttles it (`retryMode: 'adaptive'`).
 */
export class Clients {
  private readonly made = new Map<string, Promise<Client>>()
  private readonly options: ClientOptions
  private readonly limits: Limits
  /** What made the collection end; nothing is asked after it. */
  private ended: GomeisaError | undefined

  constructor(options: ClientOptions, limits: Limits) {
    this.options = options
    this.limits = limits
  }

  clock(): number {
    return this.options.clock()
  }

  /** Asks once (with the SDK's own retries). Rejects with the SDK's error, or with `CLOUD_UNUSABLE` when all is over. */
  async send(service: Service, operation: string, parameters: JsonObject, where: Where): Promise<Json> {
    const lane = [where.account, where.region, service.id].join(' ')
    return this.limits.run(lane, service.atOnce, async () => {
      if (this.ended !== undefined) throw this.ended
      const loaded = await packageOf(service)
      const Command = loaded.get(`${operation}Command`)
      if (typeof Command !== 'function') {
        throw new GomeisaError('INTERNAL', `\`${service.client}\` has no ${operation}`)
      }
      const client = await this.client(service, loaded, where)
      try {
        return plain(await client.send(new (Command as Made<object>)(parameters)))
      } catch (error) {
        this.ended ??= fatal(error)
        throw this.ended ?? error
      }
    })
  }

  /** The region that profile and environment name, else us-east-1. */
  async homeRegion(): Promise<string> {
    const client = await this.make(STS, await packageOf(STS), {})
    try {
      return await client.config.region()
    } catch {
      return 'us-east-1'
    }
  }

  /** Lets go of the connections of an account. */
  async release(account: string): Promise<void> {
    for (const [key, client] of this.made) {
      if (!key.startsWith(`${account} `)) continue
      this.made.delete(key)
      ;(await client).destroy()
    }
  }

  private client(service: Service, loaded: Package, where: Where): Promise<Client> {
    const key = [where.account, where.region, service.id, where.keys === undefined ? 'caller' : 'role'].join(
      ' ',
    )
    const known = this.made.get(key)
    if (known !== undefined) return known
    const made = this.make(service, loaded, where)
    this.made.set(key, made)
    return made
  }

  private async make(service: Service, loaded: Package, where: Partial<Where>): Promise<Client> {
    // Loaded here, so that verbs that ask no cloud do not wait for it.
    const { NodeHttpHandler } = await import('@smithy/node-http-handler')
    const name = [...loaded.keys()].find((each) => /^[A-Z]\w*Client$/.test(each))
    const Class = name === undefined ? undefined : loaded.get(name)
    if (typeof Class !== 'function') {
      throw new GomeisaError('INTERNAL', `\`${service.client}\` has no client`)
    }
    const { endpoint, profile, attempts } = this.options
    return new (Class as Made<Client>)({
      ...(where.region === undefined ? {} : { region: where.region }),
      maxAttempts: attempts,
      retryMode: 'adaptive',
      // HTTP/1.1 for all of them: what stands between here and AWS may not speak HTTP/2.
      requestHandler: new NodeHttpHandler({ connectionTimeout: 10_000, requestTimeout: 120_000 }),
      // A bucket that is in another region than its listing says is asked there.
      followRegionRedirects: true,
      // A queue is asked at the address of its region, not at the one that its listing names.
      useQueueUrlAsEndpoint: false,
      ...(where.keys === undefined ? {} : { credentials: where.keys }),
      ...(profile === undefined ? {} : { profile }),
      ...(endpoint === undefined ? {} : elsewhere(service, endpoint)),
    })
  }
}

/** Everything at one address: no names of buckets or accounts before it, which S3 Control writes even before numbers. */
function elsewhere(service: Service, endpoint: string): object {
  const url = new URL(endpoint)
  return {
    endpoint,
    forcePathStyle: true,
    disableHostPrefix: true,
    ...(service === S3_CONTROL ? { endpointProvider: () => ({ url, headers: {}, properties: {} }) } : {}),
  }
}

const packages = new Map<string, Promise<Package>>()

/**
 * The client's package. It is loaded by a name from the table, without its types: the calls are data, and the types of thirty
 * packages would double the time of every type check.
 */
function packageOf(service: Service): Promise<Package> {
  const known = packages.get(service.client)
  if (known !== undefined) return known
  const loaded = load(service.client)
  packages.set(service.client, loaded)
  return loaded
}

async function load(name: string): Promise<Package> {
  const module: unknown = await import(name)
  return new Map(Object.entries(module as { readonly [name: string]: unknown }))
}
