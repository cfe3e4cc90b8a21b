import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Server as NetServer } from 'node:net'
import { join } from 'node:path'
import { GomeisaError } from '../../graph/index.ts'
import { Authority, type ServerIdentity } from '../devices/authority.ts'
import { fileAuthorityKey } from '../devices/authority-key.ts'
import type { Milliseconds } from '../devices/device.ts'
import type { DeviceStore } from '../devices/device-store.ts'
import { Enrolment } from '../devices/enrolment.ts'
import { jsonAnswer } from './answers.ts'
import { BoundTokens } from './bound-token.ts'
import { identityRoutes, type DeviceRoutes } from './device-routes.ts'
import { Door, type DoorEvent } from './door.ts'
import { DpopProofs } from './dpop.ts'
import { EnrolmentPort } from './enrolment-port.ts'
import { ExporterDoor } from './exporter-door.ts'
import type { Rate } from './rate-limit.ts'

export interface BrokerOptions {
  /** Holds keys and the authority's certificate; only the owner may enter. */
  readonly folder: string
  readonly store: DeviceStore
  readonly now: () => Milliseconds
  readonly host: string
  /** 0 takes a free one. */
  readonly ports: { readonly door: number; readonly enrolment: number; readonly exporter: number }
  /** Names and addresses under which devices know the broker. */
  readonly names: readonly string[]
  readonly routes?: readonly DeviceRoutes[]
  readonly report?: (event: DoorEvent) => void
  readonly certificateLife?: Milliseconds
  readonly enrolmentLife?: Milliseconds
  /** New connections of one address, at each port. */
  readonly connections?: Rate
  readonly requests?: Rate
}

export interface RunningBroker {
  readonly ports: { readonly door: number; readonly enrolment: number; readonly exporter: number }
  readonly authority: Authority
  readonly door: Door
  close(): Promise<void>
}

/** The server's certificate is made anew when less than this is left of it. */
const RENEW_BEFORE: Milliseconds = 7 * 24 * 3_600_000
const LOOK_EVERY: Milliseconds = 3_600_000

/** Opens the authority of a broker's folder, and makes it the first time. */
export async function openAuthority(folder: string, now: Milliseconds): Promise<Authority> {
  const key = fileAuthorityKey(join(folder, 'authority.key'))
  const file = join(folder, 'authority.pem')
  const known = existsSync(file) ? readFileSync(file, 'utf8') : undefined
  const authority = await Authority.open(key, known, now)
  if (!authority.certificate.publicKey.equals(key.publicKey)) {
    throw new GomeisaError('STORE_UNUSABLE', `\`${file}\` is not the certificate of the key beside it`, {
      remedy: 'put both back from the same backup',
    })
  }
  if (known === undefined) writeFileSync(file, authority.certificate.toString(), { mode: 0o644, flag: 'wx' })
  return authority
}

/** Starts the ports: the door for devices, the side door for keys that TLS cannot use, and enrolment with health. */
export async function startBroker(options: BrokerOptions): Promise<RunningBroker> {
  const { folder, store, now, names, host } = options
  const authority = await openAuthority(folder, now())
  const tokens = new BoundTokens(fileAuthorityKey(join(folder, 'token.key')), store, now)
  let identity: ServerIdentity = await authority.issueServer(names, now())
  const shared = { authority, identity, now, ...pick(options) }
  const routes = [identityRoutes(tokens), ...(options.routes ?? [])]
  const door = new Door({
    ...shared,
    store,
    authority: authority.certificate.toString(),
    handle: async (request, peer) => {
      for (const each of routes) {
        const answer = await each(request, peer)
        if (answer !== undefined) return answer
      }
      return jsonAnswer('{"type":"about:blank","status":404}', 404)
    },
    ...(options.connections && { connections: options.connections }),
    ...(options.requests && { requests: options.requests }),
  })
  const exporter = new ExporterDoor({
    ...shared,
    door,
    ...(options.connections && { connections: options.connections }),
  })
  const { certificateLife, enrolmentLife } = options
  const lives = {
    ...(certificateLife !== undefined && { certificateLife }),
    ...(enrolmentLife !== undefined && { enrolmentLife }),
  }
  const enrolment = new EnrolmentPort({
    ...shared,
    enrolment: new Enrolment({ store, authority, now, ...lives }),
    tokens,
    proofs: new DpopProofs(now),
    ports: () => ({ door: portOf(door.server), exporter: portOf(exporter.server) }),
    ...(options.requests && { requests: options.requests }),
  })
  const all = [door, exporter, enrolment]
  const ports = {
    door: await listen(door.server, options.ports.door, host),
    exporter: await listen(exporter.server, options.ports.exporter, host),
    enrolment: await listen(enrolment.server, options.ports.enrolment, host),
  }
  const timer = setInterval(() => {
    if (identity.notAfter - now() > RENEW_BEFORE) return
    void authority.issueServer(names, now()).then((made) => {
      identity = made
      for (const each of all) each.renewIdentity(made)
    })
  }, LOOK_EVERY)
  timer.unref()
  return {
    ports,
    authority,
    door,
    close: async () => {
      clearInterval(timer)
      await Promise.all(all.map((each) => each.close()))
    },
  }
}

const pick = ({ report }: BrokerOptions): { report?: (event: DoorEvent) => void } =>
  report ? { report } : {}

async function listen(server: NetServer, port: number, host: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  server.once('error', reject)
  server.listen(port, host, () => resolve(undefined))
  try {
    await promise
  } catch (cause) {
    throw new GomeisaError('USAGE', `cannot listen on \`${host}:${port}\``, {
      remedy: 'choose another port, or 0 for any free one',
      cause,
    })
  }
  return portOf(server)
}

/** The port of a server that listens. */
function portOf(server: NetServer): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
