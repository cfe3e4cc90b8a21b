import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { criticalLinks, reach, search, shortestPaths, stepGraph } from '../../graph/index.ts'

interface Step {
  readonly from: number
  readonly to: number
  readonly doubt: number
}
const SIZE = 8
const place = fc.nat(SIZE - 1)
const step = fc.record({ from: place, to: place, doubt: fc.nat(2) })
const steps = fc.array(step, { maxLength: 22 })

function compiled(list: readonly Step[]) {
  return stepGraph(
    SIZE,
    Uint32Array.from(list, (s) => s.from),
    Uint32Array.from(list, (s) => s.to),
    Uint8Array.from(list, (s) => s.doubt),
  )
}

/** Every simple path as its nodes, with the doubt of its worst step (the least doubtful of parallel steps counts). */
function simplePaths(list: readonly Step[], from: number, to: number): { nodes: number[]; doubt: number }[] {
  const found: { nodes: number[]; doubt: number }[] = []
  const go = (nodes: number[], doubt: number): void => {
    const here = nodes.at(-1)
    if (here === to) {
      if (nodes.length > 1) found.push({ nodes, doubt })
      return
    }
    for (let next = 0; next < SIZE; next++) {
      const doubts = list.filter((s) => s.from === here && s.to === next).map((s) => s.doubt)
      if (doubts.length > 0 && !nodes.includes(next)) {
        go([...nodes, next], Math.max(doubt, Math.min(...doubts)))
      }
    }
  }
  go([from], 0)
  return found
}

describe('paths against exhaustive enumeration', () => {
  it('reach: least doubt first, then fewest hops among the ways with that doubt', () => {
    fc.assert(
      fc.property(steps, place, (list, target) => {
        const graph = compiled(list)
        const room = search(SIZE)
        reach(graph, 'out', (target + 1) % SIZE, room) // leaves nothing behind
        const found = reach(graph, 'into', target, room)
        const rows = new Map(
          [...found.nodes].map((node, i) => [node, { hops: found.hops[i], doubt: found.doubts[i] }]),
        )
        for (let node = 0; node < SIZE; node++) {
          const paths = node === target ? [] : simplePaths(list, node, target)
          const doubt = Math.min(...paths.map((p) => p.doubt))
          const hops = Math.min(...paths.filter((p) => p.doubt === doubt).map((p) => p.nodes.length - 1))
          expect(rows.get(node)).toEqual(paths.length === 0 ? undefined : { hops, doubt })
        }
      }),
    )
  })

  it('shortest simple paths: the right ones, in the right order, and it is known whether there are more', () => {
    fc.assert(
      fc.property(steps, place, place, fc.integer({ min: 1, max: 30 }), (list, from, to, limit) => {
        const all = from === to ? [] : simplePaths(list, from, to)
        const found = shortestPaths(compiled(list), from, to, limit, search(SIZE))
        expect(found.paths.length).toBe(Math.min(limit, all.length))
        if (found.paths.length < all.length) expect(found.more).toBe(true)
        if (!found.more) expect(found.paths.length).toBe(all.length)
        expect(found.paths.map((p) => p.length)).toEqual(
          all
            .map((p) => p.nodes.length - 1)
            .sort((a, b) => a - b)
            .slice(0, limit),
        )
        const known = new Map(all.map((p) => [p.nodes.join(), p.doubt]))
        const seen = new Set<string>()
        for (const path of found.paths) {
          const nodes = [from, ...path.map((s) => list[s]!.to)]
          expect(path.map((s) => list[s]!.from)).toEqual(nodes.slice(0, -1))
          expect(known.get(nodes.join())).toBe(Math.max(...path.map((s) => list[s]!.doubt)))
          seen.add(nodes.join())
        }
        expect(seen.size).toBe(found.paths.length)
      }),
    )
  })

  it('a budget that is used up is told', () => {
    const list: Step[] = []
    for (let a = 0; a < SIZE; a++) for (let b = 0; b < SIZE; b++) list.push({ from: a, to: b, doubt: 0 })
    const found = shortestPaths(compiled(list), 0, 1, 100_000, search(SIZE), 100)
    expect(found.more).toBe(true)
    expect(found.paths.length).toBeGreaterThan(0)
  })

  it('a path of 200,000 steps does not exhaust the stack', () => {
    const size = 200_001
    const from = Uint32Array.from({ length: size - 1 }, (_, i) => i)
    const graph = stepGraph(
      size,
      from,
      from.map((n) => n + 1),
      new Uint8Array(size - 1),
    )
    expect(shortestPaths(graph, 0, size - 1, 2, search(size), 1e6).paths.map((p) => p.length)).toEqual([
      size - 1,
    ])
    expect(criticalLinks(graph, size - 1, new Uint32Array(size).fill(1), search(size)).links.length).toBe(
      size - 1,
    )
  })

  it('critical links: exactly those whose removal cuts something off, with the right weight', () => {
    const weights = fc.array(fc.nat(3), { minLength: SIZE, maxLength: SIZE })
    fc.assert(
      fc.property(steps, place, weights, (list, target, given) => {
        const room = search(SIZE)
        const weight = (subset: readonly Step[]) =>
          [...reach(compiled(subset), 'into', target, room).nodes].reduce((sum, n) => sum + given[n]!, 0)
        const expected = new Map<string, number>()
        for (const { from, to } of list) {
          const cut = weight(list) - weight(list.filter((s) => s.from !== from || s.to !== to))
          if (cut > 0) expected.set(`${from}>${to}`, cut)
        }
        const found = criticalLinks(compiled(list), target, Uint32Array.from(given), room)
        expect(found.weight).toBe(weight(list))
        expect(new Map(found.links.map((l) => [`${l.from}>${l.to}`, l.weight]))).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })
})
