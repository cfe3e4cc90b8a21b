import type { Socket } from 'node:net'
import type { LockTarget, Milliseconds } from '../devices/device.ts'
import type { Peer } from './peer.ts'

/** Node's timers count to 2^31-1 ms; a certificate lives 24 hours at most. */
const LONGEST_TIMER = 2_147_483_647

interface Live {
  readonly peer: Peer
  readonly timer: NodeJS.Timeout
}

/** The admitted connections of this process, by device and by person. Each is destroyed when its certificate ends. */
export class LiveSockets {
  readonly #sockets = new Map<Socket, Live>()
  readonly #byDevice = new Map<string, Set<Socket>>()
  readonly #byPerson = new Map<string, Set<Socket>>()

  get size(): number {
    return this.#sockets.size
  }

  add(socket: Socket, peer: Peer, now: Milliseconds): void {
    const left = Math.min(Math.max(peer.notAfter - now, 0), LONGEST_TIMER)
    // Not unref'd: the socket keeps the process alive anyway, and Node keeps the list of a cleared timer that was,
    // one for each duration, until its time has come.
    const timer = setTimeout(() => socket.destroy(), left)
    this.#sockets.set(socket, { peer, timer })
    put(this.#byDevice, peer.device.id, socket)
    put(this.#byPerson, peer.device.person, socket)
    socket.once('close', () => {
      this.#remove(socket)
    })
  }

  peerOf(socket: Socket): Peer | undefined {
    return this.#sockets.get(socket)?.peer
  }

  /** Open connections of a device. */
  ofDevice(id: string): number {
    return this.#byDevice.get(id)?.size ?? 0
  }

  ofPerson(person: string): number {
    return this.#byPerson.get(person)?.size ?? 0
  }

  /**
   * Destroys the connections of `targets` (all, when there are none given) that `keeps` no longer wants, and gives their
   * number; a connection that cannot be judged is not wanted.
   */
  sweep(keeps: (peer: Peer) => boolean, targets?: readonly LockTarget[]): number {
    let closed = 0
    for (const socket of targets === undefined ? [...this.#sockets.keys()] : this.#of(targets)) {
      const peer = this.peerOf(socket)
      if (peer === undefined || safely(keeps, peer)) continue
      socket.destroy()
      closed++
    }
    return closed
  }

  #of(targets: readonly LockTarget[]): Set<Socket> {
    const found = new Set<Socket>()
    for (const { kind, id } of targets) {
      for (const socket of (kind === 'device' ? this.#byDevice : this.#byPerson).get(id) ?? [])
        found.add(socket)
    }
    return found
  }

  #remove(socket: Socket): void {
    const live = this.#sockets.get(socket)
    if (live === undefined) return
    clearTimeout(live.timer)
    this.#sockets.delete(socket)
    drop(this.#byDevice, live.peer.device.id, socket)
    drop(this.#byPerson, live.peer.device.person, socket)
  }
}

function safely(keeps: (peer: Peer) => boolean, peer: Peer): boolean {
  try {
    return keeps(peer)
  } catch {
    return false
  }
}

function put(index: Map<string, Set<Socket>>, key: string, socket: Socket): void {
  const set = index.get(key)
  if (set === undefined) index.set(key, new Set([socket]))
  else set.add(socket)
}

function drop(index: Map<string, Set<Socket>>, key: string, socket: Socket): void {
  const set = index.get(key)
  set?.delete(socket)
  if (set?.size === 0) index.delete(key)
}
