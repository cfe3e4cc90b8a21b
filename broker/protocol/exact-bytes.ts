import type { TLSSocket } from 'node:tls'
import { Refusal } from '../refusal.ts'

/** The next `count` bytes; what comes after them stays in the socket. */
export async function exactly(socket: TLSSocket, count: number): Promise<Buffer> {
  for (;;) {
    const bytes = socket.read(count) as Buffer | null
    if (bytes?.length === count) return bytes
    if (bytes !== null || socket.destroyed) throw new Refusal('binding-invalid', 'the other end hung up')
    await new Promise<void>((done) => {
      const wake = () => {
        socket.off('readable', wake)
        socket.off('close', wake)
        done()
      }
      socket.once('readable', wake)
      socket.once('close', wake)
    })
  }
}

/** Writes and waits until the bytes have left this process. */
export async function written(socket: TLSSocket, bytes: Buffer): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  const gone = () => reject(new Refusal('binding-invalid', 'the other end hung up'))
  socket.once('close', gone)
  socket.write(bytes, (error) => {
    if (error) gone()
    else resolve(undefined)
  })
  await promise.finally(() => socket.off('close', gone))
}
