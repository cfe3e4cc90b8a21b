import { createHash, X509Certificate } from 'node:crypto'
import { request } from 'node:https'
import { GomeisaError, isObject, ownString } from '../../graph/index.ts'
import {
  readBeginAnswer,
  readFinishAnswer,
  readLinkPorts,
  wire,
  type BeginAnswer,
  type BeginRequest,
  type FinishAnswer,
  type FinishRequest,
  type LinkPorts,
} from '../protocol/enrolment-messages.ts'
import { readingHostile, Refusal, REFUSALS, type RefusalReason } from '../refusal.ts'

const PATIENCE = 30_000
const LARGEST = 262_144

/** The broker's enrolment port, as the agent calls it. Without an authority nothing that comes back is believed. */
export class BrokerCalls {
  readonly #base: URL
  readonly #authority: string | undefined

  /** `base`: `https://host:port`. `authority`: PEM of the one authority whose certificates count. */
  constructor(base: string, authority: string | undefined) {
    this.#base = brokerUrl(base)
    this.#authority = authority
  }

  /**
   * The broker's authority (PEM), by the hash that the enrolment token names: what comes over this first connection is
   * compared, not believed.
   */
  static async authority(base: string, hash: string): Promise<string> {
    const { text } = await new BrokerCalls(base, undefined).#call('GET', '/v1/authority')
    const certificate = readingHostile('the authority of the broker', () => new X509Certificate(text))
    if (createHash('sha256').update(certificate.raw).digest('hex') === hash) return certificate.toString()
    throw new GomeisaError(
      'BROKER_UNREACHABLE',
      'what answers there is not the broker that the token was made by',
      {
        remedy: 'check the address, and who is between; ask for a new token',
      },
    )
  }

  async ports(): Promise<LinkPorts> {
    return readLinkPorts(await this.#json('GET', '/v1/broker'))
  }

  async begin(message: BeginRequest): Promise<BeginAnswer> {
    const body = { ...message.who, ...(message.tpm && { tpm: message.tpm }) }
    return readBeginAnswer(await this.#json('POST', '/v1/enrol/begin', wire(body)))
  }

  async finish(message: FinishRequest): Promise<FinishAnswer> {
    return readFinishAnswer(await this.#json('POST', '/v1/enrol/finish', wire(message)))
  }

  async #json(method: string, path: string, body?: string): Promise<unknown> {
    const { status, text } = await this.#call(method, path, body)
    const json = readingHostile('the answer of the broker', () => JSON.parse(text) as unknown)
    if (status === 200) return json
    throw refusalOf(json, status)
  }

  #call(method: string, path: string, body?: string): Promise<{ status: number; text: string }> {
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>()
    const fail = (cause: unknown) => reject(unreachable(this.#base.host, cause))
    const trust =
      this.#authority === undefined
        ? { rejectUnauthorized: false }
        : { ca: this.#authority, rejectUnauthorized: true }
    const options = { method, agent: false, minVersion: 'TLSv1.3', timeout: PATIENCE, ...trust } as const
    const asked = request(new URL(path, this.#base), options, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        text += part
        if (text.length > LARGEST) asked.destroy(new Error('the answer is too large'))
      })
      answer.once('error', fail)
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, text }))
    })
    asked.once('timeout', () => asked.destroy(new Error('no answer')))
    asked.once('error', fail)
    if (body !== undefined) asked.setHeader('Content-Type', 'application/json')
    asked.end(body)
    return promise
  }
}

/** `https://host:port` and nothing else. */
export function brokerUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'https:' && url.pathname === '/' && url.search === '' && url.username === '')
    return url
  throw new GomeisaError('USAGE', `\`${text}\` is no address of a broker`, {
    remedy: 'write it as https://broker.example.com:8444',
  })
}

function refusalOf(json: unknown, status: number): Refusal {
  const problem = isObject(json) ? json : {}
  const reason = REFUSALS.find((each) => each === ownString(problem, 'reason')) satisfies
    RefusalReason | undefined
  const remedy = ownString(problem, 'remedy')
  const says = ownString(problem, 'detail') ?? `the broker answered ${status}`
  return new Refusal(reason ?? 'broker-unavailable', says, remedy === undefined ? {} : { remedy })
}

function unreachable(host: string, cause: unknown): GomeisaError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new GomeisaError('BROKER_UNREACHABLE', `the broker at \`${host}\` cannot be reached: ${why}`, {
    remedy: 'check address and network',
    cause,
  })
}
