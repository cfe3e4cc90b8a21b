import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import {
  credentialRoutes,
  DeviceKills,
  fileSigner,
  keepChained,
  Kills,
  openGrantLedger,
  openRequests,
  readOffer,
  requestRoutes,
  VerifiedEvidence,
  type ConnectorRegistry,
  type DeviceRoutes,
  type DeviceStore,
  type People,
  type SharedLedger,
} from '../../broker/index.ts'
import type { Json } from '../../graph/index.ts'
import { openPolicies, type PolicyFile } from '../../policies/index.ts'

export interface RequestRoomOptions {
  /** Where the broker keeps its ledger and keys. */
  readonly folder: string
  readonly devices: DeviceStore
  readonly people: People | undefined
  readonly connectors: ConnectorRegistry
  readonly catalogue: { readonly json: Json; readonly file: string }
  readonly policies: readonly PolicyFile[]
  /** One that several brokers share, which goes by its own time; a file in `folder` unless there is one. It is closed with the room. */
  readonly shared?: SharedLedger
  readonly now?: () => number
}

export interface RequestRoom {
  readonly routes: DeviceRoutes
  /** Rejects when requests and grants cannot be worked on any more: the broker must then stop. */
  readonly working: Promise<void>
  close(): Promise<void>
}

/** Requests and grants of a broker, at work. Throws for a catalogue or policies that cannot be used. */
export function openRequestRoom(options: RequestRoomOptions): RequestRoom {
  const { folder, devices, people, connectors, catalogue, policies, shared, now = Date.now } = options
  const offer = readOffer(catalogue.json, catalogue.file)
  const decider = openPolicies(policies)
  const ledger = shared ?? openGrantLedger(join(folder, 'grants.db'), fileSigner(join(folder, 'audit.key')))
  const clock = {
    now: shared === undefined ? now : () => shared.now(),
    sleep: (milliseconds: number, signal: AbortSignal) =>
      after(milliseconds, undefined, { signal }).catch(() => undefined),
  }
  const { requests, grants, use, run } = openRequests({
    ...{ ledger, connectors, offer, decider, clock },
    source: new VerifiedEvidence(devices, people, now),
    random: () => Math.random(),
    // Short enough to be typed; an id that is taken is refused by the ledger.
    newId: () => randomBytes(6).toString('hex'),
  })
  const stop = new AbortController()
  const chained = keepChained(devices, ledger, clock.sleep, stop.signal)
  const working = Promise.all([run(stop.signal), chained]).then(() => undefined)
  const asked = requestRoutes(
    requests,
    new DeviceKills(new Kills({ ledger, devices, grants, now: clock.now }), offer),
    clock.now,
  )
  const given = credentialRoutes({ ledger, connectors: connectors.all, now: clock.now, ...use })
  // What goes wrong is told to who asks.
  given.catch(() => undefined)
  return {
    routes: async (request, peer) => (await asked(request, peer)) ?? (await given)(request, peer),
    working,
    close: async () => {
      stop.abort()
      await working.catch(() => undefined)
      await ledger.close()
    },
  }
}
