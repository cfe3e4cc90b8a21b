import fc from 'fast-check'
import { expect, it } from 'vitest'
import { azureAnalyzer } from '../../analyzer/azure/analyzer.ts'
import type { Edge } from '../../graph/index.ts'
import { nativeId } from '../../graph/index.ts'
import { memoryReader } from '../analyzer/memory-reader.ts'
import type { DelegatedEstate } from '../reference/azure-delegated.ts'
import {
  CLIENTS,
  delegatedExports,
  delegatedReach,
  guidOf,
  SUBSCRIPTIONS,
  TENANT,
  USERS,
} from '../reference/azure-delegated.ts'

const RUNS = { seed: 20_261_123, numRuns: 400 }
const GROUPS = ['g0', 'g1', 'g2']
const SCOPES = [
  'user_impersonation',
  'RoleManagement.ReadWrite.Directory',
  'AppRoleAssignment.ReadWrite.All',
  'Application.ReadWrite.All',
  'User.Read',
]

const one = fc.constantFrom
const few = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 5, size: 'max' })
/** `near`: most of what is drawn has to do with each other. */
const estatesOf = (near: boolean): fc.Arbitrary<DelegatedEstate> =>
  fc.record({
    groups: fc.tuple(
      ...GROUPS.map(() =>
        fc.option(fc.subarray([...USERS, ...GROUPS], { maxLength: 2 }), { nil: null, freq: 5 }),
      ),
    ),
    owners: few(
      fc.tuple(near ? one(...GROUPS) : one(...USERS, ...GROUPS, ...CLIENTS, 'x'), one(...SUBSCRIPTIONS)),
    ),
    roles: few(fc.tuple(one(...USERS, ...GROUPS), one('global', 'privileged', 'application'))),
    owned: few(fc.tuple(one(...USERS), one(...CLIENTS))),
    grants: few(
      fc.record({
        client: one(...CLIENTS),
        user: fc.option(one(...USERS), { nil: null, freq: near ? 4 : 1 }),
        api: near ? one('arm') : one('graph', 'arm', 'arm', 'graph', 'unseen', 'other'),
        scopes: near
          ? fc.constant(['user_impersonation'])
          : fc.subarray(SCOPES, { minLength: 1, maxLength: 3 }),
      }),
    ),
  })
const estates = fc.oneof(estatesOf(false), estatesOf(true))

async function analysed(estate: DelegatedEstate) {
  const loaded = await azureAnalyzer.load(memoryReader(delegatedExports(estate)))
  const nodes = new Map(loaded.nodes.map((node) => [node.id, node]))
  const engine = azureAnalyzer.engine(loaded.state, nodes)
  return { engine, loaded, derived: azureAnalyzer.derive(engine, loaded, []) }
}

const isStandIn = (id: string): boolean => id.startsWith('delegated/')
const NAMES = new Map([
  [`/tenants/${TENANT}`, 'tenant'],
  ...SUBSCRIPTIONS.map((name) => [`/subscriptions/${name}`, name] as const),
  ...CLIENTS.map((name) => [guidOf(name), name] as const),
])

/** What the edges lead an application to over nodes that stand for users, under the worst of their certainties. */
function reached(edges: readonly Edge[]): ReadonlyMap<string, string> {
  const from = Map.groupBy(edges, (edge) => nativeId(edge.from))
  const found = new Map<string, string>()
  for (const client of CLIENTS) {
    const open: (readonly [node: string, isSure: boolean])[] = [[guidOf(client), true]]
    const seen = new Set<string>()
    for (const [node, isSure] of open) {
      if (seen.has(`${node} ${isSure}`)) continue
      seen.add(`${node} ${isSure}`)
      for (const edge of from.get(node) ?? []) {
        const to = nativeId(edge.to)
        const stays = isSure && edge.certainty !== 'unknown'
        if (isStandIn(to)) open.push([to, stays])
        else if (isStandIn(node)) {
          const key = `${client} ${NAMES.get(to) ?? to}`
          if (stays) found.set(key, 'conditional')
          else if (!found.has(key)) found.set(key, 'unknown')
        }
      }
    }
  }
  return found
}

const sorted = (found: ReadonlyMap<string, string>) => [...found].map((row) => row.join(' ')).sort()

it('applications reach in the name of users what the reference says, and never surely', async () => {
  let reaching = 0
  await fc.assert(
    fc.asyncProperty(estates, async (estate) => {
      const { derived } = await analysed(estate)
      const expected = delegatedReach(estate)
      expect(sorted(reached(derived.edges))).toEqual(sorted(expected))
      const first = derived.edges.filter(
        ({ from, to }) => !isStandIn(nativeId(from)) && isStandIn(nativeId(to)),
      )
      expect(
        first.filter(({ certainty, conditions }) => certainty === 'certain' || conditions.length === 0),
      ).toEqual([])
      if (expected.size > 0) reaching++
    }),
    RUNS,
  )
  expect(reaching).toBeGreaterThan(RUNS.numRuns / 4)
})

it('delegated permissions change no answer, and no edge besides their own and those to their applications', async () => {
  await fc.assert(
    fc.asyncProperty(estates, async (estate) => {
      const [before, after] = [await analysed({ ...estate, grants: [] }), await analysed(estate)]
      const action = 'Microsoft.Authorization/roleAssignments/write'
      const answers = ({ engine, loaded }: typeof after) =>
        loaded.nodes
          .filter(({ kind }) => kind === 'principal')
          .flatMap(({ id }) =>
            SUBSCRIPTIONS.map((s) => `${id} ${engine.can(id, action, `/subscriptions/${s}`).decision}`),
          )
      expect(answers(after)).toEqual(answers(before))
      const others = ({ derived }: typeof after) =>
        derived.edges
          .filter(({ from, to }) => !isStandIn(nativeId(from)) && !isStandIn(nativeId(to)))
          .filter(({ rule }) => rule !== 'add-application-credential')
          .map(({ kind, from, to, rule, certainty }) => [kind, from, to, rule, certainty].join(' '))
      expect(others(after)).toEqual(others(before))
    }),
    { ...RUNS, numRuns: 100 },
  )
})
