import { describe, expect, it } from 'vitest'
import { attackGraph } from '../../../analyzer/paths/attack-graph.ts'
import { chokes } from '../../../analyzer/paths/chokes.ts'
import { HELD_RULE, pathsBetween, pathsFrom, pathsTo } from '../../../analyzer/paths/paths.ts'
import { jewelReach, jewelsOf, reachOf } from '../../../analyzer/paths/reach.ts'
import type { Edge } from '../../../graph/index.ts'
import { byId, container, edge, id, person, principal, resource } from './estate.ts'

const nodes = byId(
  container('org', null, { type: 'organization' }),
  container('prod', 'org'),
  container('dev', 'org'),
  resource('payroll', 'prod'),
  resource('machine', 'dev', { type: 'vm' }),
  person('ana'),
  person('ben'),
  principal('admins', null, { type: 'group' }),
  principal('deploy', 'prod'),
  principal('vendor', 'prod', { external: true, type: 'account' }),
  principal('robot', null, { type: 'managed-identity' }),
  principal('app', null, { type: 'application' }),
  principal('sp', null, { type: 'service-principal' }),
)
const jewels = [{ resource: id('payroll'), because: 'tagged' }]
const attack = (...edges: readonly Edge[]) => attackGraph(nodes, edges, jewels)
const reaching = (...edges: readonly Edge[]) =>
  reachOf(attack(...edges), id('payroll')).map((r) => [r.node, r.hops, r.certainty])

describe('what is a way for an attacker', () => {
  const read = edge('deploy', 'can-access', 'payroll', { level: 'read' })

  it('access, membership, the identity of an application and every can-become edge', () => {
    expect(
      reaching(read, edge('admins', 'can-become', 'deploy'), edge('ana', 'member-of', 'admins')),
    ).toEqual([
      [id('deploy'), 1, 'certain'],
      [id('admins'), 2, 'certain'],
      [id('ana'), 3, 'certain'],
    ])
    expect(reaching(edge('sp', 'can-access', 'payroll'), edge('app', 'identity-of', 'sp'))).toHaveLength(2)
  })

  it('neither ownership alone nor seeing the name in a list', () => {
    expect(reaching(read, edge('ana', 'owns', 'deploy'))).toEqual([[id('deploy'), 1, 'certain']])
    expect(reaching(edge('ana', 'can-access', 'payroll', { level: 'list' }))).toEqual([])
  })

  it('administering a container: what it holds at any depth, and the principals in it, but not outsiders', () => {
    const administer = edge('ana', 'can-access', 'org', { level: 'administer' })
    expect(reaching(administer)).toEqual([[id('ana'), 2, 'certain']])
    expect(reaching(edge('ana', 'can-access', 'dev', { level: 'administer' }))).toEqual([])
    expect(reaching(edge('ana', 'can-access', 'org', { level: 'write' }))).toEqual([])
    const graph = attack(administer)
    expect(reachOf(graph, id('deploy')).map((r) => r.node)).toEqual([id('ana')])
    expect(reachOf(graph, id('vendor'))).toEqual([])
  })

  it('users of a whole organization live in its directory, whose administration may be another thing', () => {
    const estate = byId(...nodes.values(), principal('eva', 'org', { type: 'user' }))
    const edges = [
      edge('ana', 'can-access', 'org', { level: 'administer' }),
      edge('eva', 'can-access', 'robot'),
    ]
    const graph = attackGraph(estate, edges, jewels)
    expect(reachOf(graph, id('eva'))).toEqual([{ node: id('ana'), hops: 2, certainty: 'unknown' }])
    expect(pathsBetween(graph, id('ana'), id('eva'), 1).paths[0]?.steps[1]).toMatchObject({
      certainty: 'unknown',
      conditions: [expect.stringContaining('directory')],
    })
  })

  it('what runs with an identity gives it away to who administers it, not to who reads it', () => {
    const runs = edge('machine', 'runs-as', 'robot')
    const robot = edge('robot', 'can-access', 'payroll', { level: 'write' })
    const by = (to: string, level: 'read' | 'administer') =>
      reaching(runs, robot, edge('ben', 'can-access', to, { level })).map((row) => row[0])
    expect(by('dev', 'administer')).toEqual([id('robot'), id('ben')])
    expect(by('machine', 'administer')).toEqual([id('robot'), id('ben')])
    expect(by('machine', 'read')).toEqual([id('robot')])
  })

  it('a certain detour counts more than a shorter guess', () => {
    const guess = edge('ana', 'can-access', 'payroll', { level: 'read', certainty: 'unknown' })
    expect(reaching(guess)).toEqual([[id('ana'), 1, 'unknown']])
    expect(reaching(guess, read, edge('ana', 'can-become', 'deploy'))).toContainEqual([
      id('ana'),
      2,
      'certain',
    ])
  })

  it('a cycle of containers and of memberships ends', () => {
    const loop = byId(container('a', 'b'), container('b', 'a'), resource('payroll', 'a'), person('ana'))
    const graph = attackGraph(
      loop,
      [edge('ana', 'can-access', 'b', { level: 'administer' }), edge('ana', 'member-of', 'ana')],
      jewels,
    )
    expect(jewelReach(graph).of(id('payroll'))?.principals).toHaveLength(1)
  })
})

describe('paths', () => {
  const graph = attack(
    edge('ana', 'can-become', 'robot', { certainty: 'conditional' }),
    edge('ana', 'member-of', 'admins'),
    edge('robot', 'can-access', 'prod', { level: 'administer' }),
    edge('admins', 'can-become', 'sp'),
    edge('sp', 'can-access', 'payroll', { level: 'read' }),
    edge('ben', 'can-become', 'sp'),
  )

  it('between two nodes: shortest first, then most certain, each step with its evidence', () => {
    const { paths, more } = pathsBetween(graph, id('ana'), id('payroll'), 10)
    expect(more).toBe(false)
    expect(paths.map((p) => [p.certainty, ...p.steps.map((s) => s.to)])).toEqual([
      ['certain', id('admins'), id('sp'), id('payroll')],
      ['conditional', id('robot'), id('prod'), id('payroll')],
    ])
    const last = paths[1]?.steps[2]
    expect(last?.rule).toBe(HELD_RULE)
    expect(last?.because.type === 'derived' && last.because.from.map((d) => d.says)).toEqual([
      'robot can-access prod',
      'payroll is described here',
    ])
  })

  it('from a container, a step still has evidence', () => {
    const { paths } = pathsBetween(graph, id('prod'), id('payroll'), 1)
    expect(paths[0]?.steps[0]?.because).toMatchObject({ from: [{ says: 'robot can-access prod' }, {}] })
  })

  it('to a jewel: people before roles; from a principal: to each jewel', () => {
    const to = pathsTo(graph, id('payroll'), 2)
    expect(to.paths.map((p) => p.steps[0]?.from)).toEqual([id('ben'), id('ana')])
    expect(to.more).toBe(true)
    expect(pathsFrom(graph, id('ben'), 5).paths).toHaveLength(1)
    expect(jewelsOf(graph, id('ben'))).toEqual([{ node: id('payroll'), hops: 2, certainty: 'certain' }])
    expect(pathsBetween(graph, id('nobody'), id('payroll'), 5)).toEqual({ paths: [], more: false })
  })

  it('the link that most ways need; containment is nothing that can be cut', () => {
    const people = new Set([id('ana'), id('ben')])
    expect(chokes(graph, people, 9).map((c) => [c.from, c.to, c.cuts, c.pairs])).toEqual([
      [id('sp'), id('payroll'), 1, 2],
      [id('ben'), id('sp'), 1, 2],
    ])
    const single = attack(
      edge('ana', 'can-become', 'robot'),
      edge('ben', 'can-become', 'robot'),
      edge('robot', 'can-access', 'prod', { level: 'administer' }),
    )
    expect(chokes(single, people, 1)[0]).toMatchObject({
      from: id('robot'),
      to: id('prod'),
      cuts: 2,
      pairs: 2,
    })
  })
})
