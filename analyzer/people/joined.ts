import type { NodeId } from '../../graph/index.ts'

/** Sets that grow together (union–find); the smallest id stands for each. */
export class Joined {
  readonly #above = new Map<NodeId, NodeId>()

  join(a: NodeId, b: NodeId): void {
    const [x, y] = [this.first(a), this.first(b)]
    if (x === y) return
    if (x < y) this.#above.set(y, x)
    else this.#above.set(x, y)
  }

  /** The smallest id of the set with this one; itself when it was joined to nothing. */
  first(id: NodeId): NodeId {
    let top = id
    for (let next = this.#above.get(top); next !== undefined; next = this.#above.get(top)) top = next
    for (let at = id; at !== top;) {
      const next = this.#above.get(at) ?? top
      this.#above.set(at, top)
      at = next
    }
    return top
  }

  /** Every id that has another one before it, with the smallest of its set. */
  firsts(): ReadonlyMap<NodeId, NodeId> {
    return new Map([...this.#above.keys()].map((id) => [id, this.first(id)]))
  }
}
