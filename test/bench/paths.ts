import { criticalLinks, reach, search, shortestPaths, stepGraph } from '../../graph/index.ts'

/** Prints the time of path searches over a random graph of 1,000,000 nodes and 2,000,000 steps. */
const SIZE = 1_000_000
const STEPS = 2_000_000
let seed = 1
const random = (below: number): number => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return Math.floor((seed / 2 ** 32) * below)
}
const from = Uint32Array.from({ length: STEPS }, () => random(SIZE))
const to = Uint32Array.from({ length: STEPS }, () => random(SIZE))
const doubts = Uint8Array.from({ length: STEPS }, () => (random(10) === 0 ? random(3) : 0))

function timed<T>(name: string, run: () => T, note: (result: T) => string): T {
  const start = performance.now()
  const result = run()
  console.log(`${name}: ${Math.round(performance.now() - start)} ms, ${note(result)}`)
  return result
}

const graph = timed(
  'build',
  () => stepGraph(SIZE, from, to, doubts),
  (g) => `${g.steps} steps`,
)
const certain = stepGraph(SIZE, from, to, new Uint8Array(STEPS))
const room = search(SIZE)
const target = to[0] ?? 0
for (const run of [1, 2]) {
  timed(
    `reverse reach, one certainty (${run})`,
    () => reach(certain, 'into', target, room),
    (r) => `${r.nodes.length} reach it`,
  )
}
const reached = timed(
  'reverse reach, three certainties',
  () => reach(graph, 'into', target, room),
  (r) => `${r.nodes.length} reach it`,
)
const start = reached.nodes.at(-1) ?? 0
timed(
  'ten shortest paths',
  () => shortestPaths(graph, start, target, 10, room),
  (p) => `lengths ${p.paths.map((path) => path.length).join(' ')}`,
)
timed(
  'critical links',
  () => criticalLinks(graph, target, new Uint32Array(SIZE).fill(1), room),
  (l) => `${l.links.length} links`,
)
