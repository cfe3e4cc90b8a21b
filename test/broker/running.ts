import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2'
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { afterAll } from 'vitest'
import {
  openAuthority,
  startBroker,
  type BrokerOptions,
  type RunningBroker,
} from '../../broker/gateway/broker.ts'
import type { DoorEvent } from '../../broker/gateway/door.ts'
import { Enrolment } from '../../broker/devices/enrolment.ts'
import type { FinishAnswer } from '../../broker/protocol/enrolment-messages.ts'
import { obtain, softwareKey, world, type SoftwareKey, type World } from './world.ts'

export interface Running extends World {
  broker: RunningBroker
  readonly events: DoorEvent[]
  restart(): Promise<void>
}

const FREE = { burst: 1e6, perSecond: 1e6 }

/** A broker with its ports on the loopback address and a clock that the test moves. */
export async function running(options: Partial<BrokerOptions> = {}): Promise<Running> {
  const w = await world()
  const events: DoorEvent[] = []
  const start = () =>
    startBroker({
      folder: w.folder,
      store: w.store,
      now: () => w.clock.now,
      host: '127.0.0.1',
      ports: { door: 0, enrolment: 0, exporter: 0 },
      names: ['localhost', '127.0.0.1'],
      report: (event) => events.push(event),
      connections: FREE,
      requests: FREE,
      ...options,
    })
  let broker = await start()
  afterAll(() => broker.close())
  const authority = await openAuthority(w.folder, w.clock.now)
  const { certificateLife, enrolmentLife } = options
  const enrolment = new Enrolment({
    store: w.store,
    authority,
    now: () => w.clock.now,
    ...(certificateLife !== undefined && { certificateLife }),
    ...(enrolmentLife !== undefined && { enrolmentLife }),
  })
  return {
    ...w,
    authority,
    enrolment,
    events,
    get broker() {
      return broker
    },
    restart: async () => {
      const { ports } = broker
      await broker.close()
      broker = await startBroker({
        folder: w.folder,
        store: w.store,
        now: () => w.clock.now,
        host: '127.0.0.1',
        ports,
        names: ['localhost', '127.0.0.1'],
        report: (event) => events.push(event),
        connections: FREE,
        requests: FREE,
        ...options,
      })
    },
  }
}

export interface TestDevice {
  readonly key: SoftwareKey
  readonly answer: FinishAnswer
}

export async function enrolled(w: Running, options?: Parameters<World['leave']>[0]): Promise<TestDevice> {
  const key = softwareKey()
  return { key, answer: await obtain(w, key, { token: w.leave(options) }) }
}

export function tlsTo(
  w: Running,
  device: TestDevice | undefined,
  options: ConnectionOptions = {},
): TLSSocket {
  const socket = connectTls({
    host: '127.0.0.1',
    port: w.broker.ports.door,
    servername: 'localhost',
    ca: w.authority.certificate.toString(),
    ...(device && { key: device.key.pem, cert: device.answer.certificate }),
    minVersion: 'TLSv1.3',
    ALPNProtocols: ['h2'],
    ...options,
  })
  socket.on('error', () => undefined)
  return socket
}

export interface Answered {
  readonly status: number
  readonly body: Record<string, unknown>
}

/** A linked device: one HTTP/2 session by the door. */
export class Link {
  readonly session: ClientHttp2Session
  readonly socket: TLSSocket
  readonly closed: Promise<void>
  /** The handshake resumed an earlier session. */
  reused: boolean | undefined

  constructor(w: Running, device: TestDevice | undefined, options: ConnectionOptions = {}) {
    this.socket = tlsTo(w, device, options)
    this.session = connectHttp2(`https://localhost:${w.broker.ports.door}`, {
      createConnection: () => this.socket,
    })
    this.session.on('error', () => undefined)
    this.socket.once('secureConnect', () => (this.reused = this.socket.isSessionReused()))
    this.closed = new Promise((done) => this.socket.once('close', () => done()))
  }

  /** Rejects when the connection ends first. */
  ask(
    method: string,
    path: string,
    options: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answered> {
    const { promise, resolve, reject } = Promise.withResolvers<Answered>()
    const stream = this.session.request({ ':method': method, ':path': path, ...options.headers })
    let status = 0
    let text = ''
    stream.setEncoding('utf8')
    stream.on('response', (headers) => (status = headers[':status'] ?? 0))
    stream.on('data', (part: string) => (text += part))
    stream.on('error', reject)
    stream.on('close', () => {
      if (status === 0) reject(new Error('the connection ended'))
      else resolve({ status, body: JSON.parse(text || '{}') as Record<string, unknown> })
    })
    stream.end(options.body === undefined ? undefined : JSON.stringify(options.body))
    return promise
  }

  close(): Promise<void> {
    this.session.destroy()
    this.socket.destroy()
    return this.closed
  }
}

export async function until(holds: () => boolean, patience = 5_000): Promise<void> {
  const end = performance.now() + patience
  while (!holds()) {
    if (performance.now() > end) throw new Error('it did not come to pass')
    await new Promise((done) => setTimeout(done, 5))
  }
}
