import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2'
import { connect as connectTls } from 'node:tls'
import type { ClientMessage, ClientOrder, Device } from './device-messages.ts'

const AT_ONCE = 20
/** At the end the bench has left, and hears no more. */
const tell = (message: ClientMessage) => process.send?.(message, () => undefined)
const kept: ClientHttp2Session[] = []

process.on('disconnect', () => process.exit(0))
process.on('message', (order: ClientOrder) => {
  void (order.kind === 'connect' ? connectAll(order) : handshakes(order))
})

async function connectAll(order: ClientOrder): Promise<void> {
  const left = [...order.devices]
  const work = async () => {
    for (let device = left.pop(); device !== undefined; device = left.pop()) {
      const { id } = device
      const session = await linked(order, device)
      session.once('close', () =>
        tell({ kind: 'closed', id, at: performance.timeOrigin + performance.now() }),
      )
      kept.push(session)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  tell({ kind: 'connected' })
}

async function handshakes(order: ClientOrder): Promise<void> {
  const times: number[] = []
  let failures = 0
  for (let i = 0; i < (order.count ?? 0); i++) {
    const device = order.devices[i % order.devices.length]
    if (device === undefined) break
    const began = performance.now()
    try {
      const session = await linked(order, device)
      times.push(performance.now() - began)
      session.destroy()
    } catch {
      failures++
    }
  }
  tell({ kind: 'handshakes', times, failures })
}

/** Connected and answered: with TLS 1.3 a refusal shows only at the first answer. */
function linked({ port, ca }: ClientOrder, device: Device): Promise<ClientHttp2Session> {
  const { promise, resolve, reject } = Promise.withResolvers<ClientHttp2Session>()
  const options = {
    host: '127.0.0.1',
    port,
    servername: 'localhost',
    ca,
    key: device.key,
    cert: device.certificate,
  }
  const socket = connectTls({ ...options, ALPNProtocols: ['h2'] })
  const session = connectHttp2(`https://localhost:${port}`, { createConnection: () => socket })
  session.on('error', reject)
  const stream = session.request({ ':path': '/v1/whoami' })
  stream.on('error', reject)
  stream.resume()
  stream.once('response', (headers) => {
    if (headers[':status'] === 200) resolve(session)
    else reject(new Error('refused'))
  })
  return promise
}
