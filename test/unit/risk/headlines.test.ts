import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../analyzer/findings/fact.ts'
import { findAll } from '../../../analyzer/findings/find.ts'
import { attackGraph } from '../../../analyzer/paths/attack-graph.ts'
import { jewelReach } from '../../../analyzer/paths/reach.ts'
import { headlines } from '../../../analyzer/risk/headlines.ts'
import type { Certainty, Edge, GraphNode, Instant } from '../../../graph/index.ts'
import { administrator, base } from '../findings/facts.ts'
import { byId, container, edge, id, person, principal, resource } from '../paths/estate.ts'

const week = (n: number) => (n === 1 ? '2026-11-09T06:00:00Z' : '2026-11-16T06:00:00Z') as Instant
const jewels = [{ resource: id('payroll'), because: 'tagged' }]
const estate = [container('prod'), resource('payroll', 'prod'), principal('deploy', 'prod')]

function view(n: number, nodes: readonly GraphNode[], edges: readonly Edge[], facts: readonly Fact[] = []) {
  const map = byId(...estate, ...nodes)
  const attack = attackGraph(map, edges, jewels)
  const findings = findAll({ facts, nodes: map, edges, now: week(n) })
  return { takenAt: week(n), nodes: map, edges, findings, reach: jewelReach(attack), attack }
}
const texts = (current: ReturnType<typeof view>, previous: ReturnType<typeof view> | null = null) =>
  headlines({ current, previous }).map((h) => h.text)

const read = edge('deploy', 'can-access', 'payroll', { level: 'read' })
const people = ['ana', 'ben', 'eva'].map((name) => person(name))
const becomes = people.map((p) => edge(p.name, 'can-become', 'deploy'))

describe('headlines', () => {
  it('people who reach a crown jewel, and who did not before', () => {
    const before = view(1, people, [read, becomes[0]!])
    const now = view(2, people, [read, ...becomes])
    const [first] = headlines({ current: now, previous: before })
    expect(first).toEqual({
      text: '3 people reach payroll; 2 did not last week',
      severity: 'critical',
      link: '/paths?to=aws%3Apayroll',
    })
    expect(texts(now)).toContain('3 people reach payroll')
    expect(texts(now, now)).toContain('3 people reach payroll')
    expect(texts(view(2, people, [read, becomes[0]!]), view(1, people, [read]))).toContain(
      '1 person reaches payroll; not so last week',
    )
  })

  it('may, where a way is not certain; one person with two accounts is one person', () => {
    const twice = [person('a1', { person: id('a1') }), person('a2', { person: id('a1') }), person('ben')]
    const maybe = (from: string, certainty: Certainty = 'unknown') =>
      edge(from, 'can-become', 'deploy', { certainty })
    const ben = edge('ben', 'can-become', 'deploy')
    expect(texts(view(1, twice, [read, maybe('a1'), maybe('a2')]))).toContain('1 person may reach payroll')
    expect(texts(view(1, twice, [read, maybe('a1'), ben]))).toContain('2 people reach payroll (1 perhaps)')
    expect(texts(view(1, twice, [read, maybe('a1', 'conditional'), ben]))).toContain(
      '2 people reach payroll (1 under conditions)',
    )
  })

  it('a person who is disabled in one place and has keys in another', () => {
    const credential = (name: string, active: boolean) => ({ type: 'access-key' as const, id: name, active })
    const twins = [
      person('oliver', { email: 'o@x.io', enabled: false }),
      principal('oliver.brandt', 'prod', {
        type: 'user',
        email: 'O@x.io',
        credentials: [
          { ...credential('k1', true), lastUsed: '2026-11-14T00:00:00Z' as Instant },
          credential('k2', true),
          credential('k3', false),
          { type: 'password', id: 'p', active: true },
        ],
      }),
    ]
    const facts = [administrator('oliver.brandt', 'prod')]
    expect(texts(view(2, twins, [], facts), view(1, twins, [], facts))).toEqual([
      'O@x.io is disabled in AWS; an account in AWS with this address still has 2 active keys, as administrator; 1 used since last week',
    ])
    const same = twins.map((each) => ({ ...each, person: id('oliver') }))
    expect(texts(view(2, same, [], facts), null)).toEqual([
      'O@x.io is disabled in AWS and still has 2 active keys in AWS, as administrator',
    ])
  })

  it('new administrators, vendors and outsiders', () => {
    const nodes = [
      principal('vendor', null, { type: 'account', external: true }),
      principal('r1', 'prod'),
      principal('ci', null, { type: 'federated' }),
      principal('bridge', null, { type: 'federated' }),
      principal('robot'),
      principal('token', null, { type: 'federated', external: true }),
      principal('shared'),
    ]
    const trust: Fact = {
      ...base('t'),
      fact: 'external-trust',
      trusted: id('vendor'),
      trusting: id('r1'),
      narrowed: false,
    }
    const edges = [
      edge('vendor', 'can-become', 'r1'),
      edge('ci', 'can-become', 'deploy', { certainty: 'conditional' }),
      edge('bridge', 'can-become', 'deploy'),
      edge('robot', 'can-become', 'bridge'),
      edge('token', 'can-become', 'shared'),
      edge('robot', 'can-become', 'shared', { rule: 'federation' }),
      edge('shared', 'can-become', 'deploy'),
      read,
    ]
    const facts = [trust, administrator('r1', 'prod')]
    expect(texts(view(2, nodes, edges, facts), view(1, nodes, []))).toEqual([
      'Outside account vendor may act in 1 account without a condition that narrows it; in none last week',
      'Federated identity ci may reach payroll in 2 steps; not so last week',
      '1 new administrator since last week: r1',
    ])
  })

  it('the link whose end ends most ways', () => {
    const told = (edges: readonly Edge[]) => texts(view(1, [...people, principal('robot')], edges)).join()
    const robot = edge('robot', 'can-access', 'payroll', { level: 'read' })
    expect(told([robot, edge('deploy', 'can-become', 'robot'), ...becomes])).toContain(
      'Cut deploy → robot (can-become): 3 of 3 ways from people to crown jewels are gone',
    )
    expect(told([read, ...becomes])).not.toContain('Cut')
  })

  it('at most five, and the same every time; nothing to tell, nothing told', () => {
    const now = view(2, people, [read, ...becomes], [administrator('ana', 'prod')])
    expect(headlines({ current: now, previous: null })).toEqual(headlines({ current: now, previous: null }))
    expect(headlines({ current: now, previous: null }).length).toBeLessThanOrEqual(5)
    expect(texts(view(1, [], []))).toEqual([])
  })
})
