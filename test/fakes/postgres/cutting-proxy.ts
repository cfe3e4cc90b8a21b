import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server } from 'node:net'

/** Where the connection is cut, once: before the server gets the COMMIT, or before the broker gets its answer. */
export type Cut = 'before' | 'after'

/** Stands between a broker and its server and passes everything on, but cuts the connection at one COMMIT. */
export class CuttingProxy {
  readonly #server: Server
  #cut: Cut | undefined
  #stays = false
  #closed = false
  #told: () => void = () => undefined
  cuts = 0

  private constructor(port: number) {
    this.#server = createServer((broker) => {
      if (this.#closed) {
        broker.on('error', () => undefined).destroy()
        return
      }
      const server = connect(port, '127.0.0.1')
      let deaf = false
      const end = () => {
        broker.destroy()
        server.destroy()
      }
      broker.on('data', (data) => {
        const cut = data.includes('COMMIT\0') ? this.#cut : undefined
        if (cut !== undefined) {
          this.#cut = undefined
          this.cuts++
          this.#closed = this.#stays
          this.#told()
        }
        deaf ||= cut === 'after'
        if (cut === 'before') end()
        else server.write(data)
      })
      server.on('data', (data) => {
        if (deaf) end()
        else broker.write(data)
      })
      for (const socket of [broker, server]) socket.on('error', end).on('close', end)
    })
  }

  static async start(port: number): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(port)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** `stays`: nobody gets through any more, until `open` is called. Gives when it was done. */
  cutNext(cut: Cut, stays = false): Promise<void> {
    this.#cut = cut
    this.#stays = stays
    return new Promise((resolve) => (this.#told = resolve))
  }

  open(): void {
    this.#closed = false
  }

  stop(): void {
    this.#server.close()
  }
}
