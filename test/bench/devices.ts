import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Enrolment } from '../../broker/devices/enrolment.ts'
import { lock } from '../../broker/devices/locks.ts'
import { startBroker } from '../../broker/gateway/broker.ts'
import { openDeviceStore } from '../../broker/ledger/embedded-device-store.ts'
import { newTokenSecret, tokenHash } from '../../broker/protocol/enrolment-token.ts'
import { obtain, softwareKey } from '../broker/software-key.ts'
import { quantile, type ClientMessage, type ClientOrder, type Device } from './device-messages.ts'

/**
 * `node test/bench/devices.ts [--devices 1000] [--locks 300] [--handshakes 2000]`
 * A broker in this process, its devices (software keys) in another. Prints enrolment and handshake times, memory per
 * connection, the time from a durable lock to the closed socket at the device, and failures and growth over many handshakes.
 */
const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '1000' },
    locks: { type: 'string', default: '300' },
    handshakes: { type: 'string', default: '2000' },
  },
})
const [count, locks, handshakes] = [values.devices, values.locks, values.handshakes].map(Number) as [
  number,
  number,
  number,
]

/** A leak grows with every round of handshakes; what is kept for the next connection does not. */
const ROUNDS = 4

const folder = mkdtempSync(join(tmpdir(), 'gomeisa-bench-'))
const file = join(folder, 'broker.db')
const store = openDeviceStore(file)
const FREE = { burst: 1e9, perSecond: 1e9 }
const broker = await startBroker({
  folder,
  store,
  now: Date.now,
  host: '127.0.0.1',
  ports: { door: 0, enrolment: 0, exporter: 0 },
  names: ['localhost'],
  connections: FREE,
  requests: FREE,
})

const enrolment = new Enrolment({ store, authority: broker.authority, now: Date.now })
const enrolled: Device[] = []
const enrolTimes: number[] = []
for (let i = 0; i < count; i++) {
  const secret = newTokenSecret()
  const key = softwareKey()
  const began = performance.now()
  const leave = { tokenHash: tokenHash(secret), person: `person ${i}`, deviceName: 'laptop' }
  const now = Date.now()
  store.addLeave({ ...leave, atLeast: 'software', expiresAt: now + 60_000 }, { by: 'bench', at: now })
  const { device: id, certificate } = await obtain({ enrolment }, key, { token: secret })
  enrolTimes.push(performance.now() - began)
  enrolled.push({ id, key: key.pem, certificate })
}

const child = fork(new URL('./device-client.ts', import.meta.url), { serialization: 'json' })
const closedAt = new Map<string, (at: number) => void>()
let answered: ((message: ClientMessage) => void) | undefined
child.on('message', (message: ClientMessage) => {
  if (message.kind === 'closed') closedAt.get(message.id)?.(message.at)
  else answered?.(message)
})
function ask(order: ClientOrder): Promise<ClientMessage> {
  return new Promise((done) => {
    answered = done
    child.send(order)
  })
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const memory = () => {
  collect()
  return process.memoryUsage()
}
const show = (what: string, text: string) => console.log(`${what.padEnd(37)}${text}`)
const ms = (times: readonly number[]) =>
  `p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms`

console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}\n`,
)
show('enrolment (two messages, durable)', ms(enrolTimes))

const { port, ca } = { port: broker.ports.door, ca: broker.authority.certificate.toString() }
await ask({ kind: 'handshakes', port, ca, devices: enrolled.slice(0, 10), count: 50 })
const single = await ask({ kind: 'handshakes', port, ca, devices: enrolled.slice(0, 10), count: 200 })
if (single.kind === 'handshakes') show('handshake and one request', ms(single.times))

const before = memory().rss
await ask({ kind: 'connect', port, ca, devices: enrolled })
const perConnection = (memory().rss - before) / count
show('connections', `${broker.door.live.size} of ${count}`)
show('memory per connection', `${(perConnection / 1024).toFixed(1)} KiB resident`)

// As `gomeisa broker lock` does: another handle, as another process has.
const operator = openDeviceStore(file)
const lockTimes: number[] = []
for (const { id } of enrolled.slice(0, locks)) {
  const closed = new Promise<number>((done) => closedAt.set(id, done))
  const began = performance.timeOrigin + performance.now()
  lock(operator, { kind: 'device', id }, { reason: 'bench', by: 'bench' }, Date.now())
  lockTimes.push((await closed) - began)
}
show('lock, from command to closed socket', ms(lockTimes))
show('connections left', `${broker.door.live.size} of ${count - locks}`)

const times: number[] = []
let failures = 0
const growth: string[] = []
for (let round = 0; round < ROUNDS; round++) {
  const start = memory().heapUsed
  const each = Math.ceil(handshakes / ROUNDS)
  const many = await ask({ kind: 'handshakes', port, ca, devices: enrolled.slice(-10), count: each })
  if (many.kind !== 'handshakes') continue
  for (const time of many.times) times.push(time)
  failures += many.failures
  while (broker.door.live.size > count - locks) await setTimeout(10)
  growth.push(((memory().heapUsed - start) / 1e6).toFixed(1))
}
show(`${times.length + failures} handshakes`, `${failures} failed, ${ms(times)}`)
show('heap of the broker, round by round', `${growth.join(', ')} MB more`)
child.disconnect()
operator.close()
await broker.close()
store.close()
rmSync(folder, { recursive: true, force: true })
