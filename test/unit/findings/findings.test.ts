import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../analyzer/findings/fact.ts'
import { findAll } from '../../../analyzer/findings/find.ts'
import { FINDING_RULES } from '../../../analyzer/findings/registry.ts'
import type { Edge, GraphNode, PrincipalNode } from '../../../graph/index.ts'
import { byId, container, edge, id, person, principal, resource } from '../paths/estate.ts'
import { NOW, administrator, base, daysAgo, key, privileged } from './facts.ts'

const scopes = [
  container('acme', null, { type: 'organization' }),
  container('prod', 'acme', { environment: 'production' }),
  container('prod-eu', 'prod', { type: 'group' }),
  container('dev', 'acme', { environment: 'development' }),
  container('audit', 'acme', { environment: 'security' }),
  container('plain', 'acme'),
]
const find = (nodes: readonly GraphNode[], facts: readonly Fact[], edges: readonly Edge[] = []) =>
  findAll({ facts, nodes: byId(...scopes, ...nodes), edges, now: NOW })
const short = (...given: Parameters<typeof find>) =>
  find(...given).map((f) => `${f.rule} ${f.subject.slice(4)} ${f.severity}`)
const of = (rule: string, ...given: Parameters<typeof find>) => find(...given).filter((f) => f.rule === rule)

describe('who holds too much', () => {
  it('standing administrator: graver in production and for the whole organization', () => {
    const nodes = [principal('a', 'plain'), principal('b', 'prod'), principal('c', 'acme')]
    const facts = [administrator('a', 'plain'), administrator('b', 'prod-eu'), administrator('c', 'acme')]
    expect(short(nodes, facts)).toEqual([
      'standing-administrator b critical',
      'standing-administrator c critical',
      'standing-administrator a high',
    ])
  })

  it('two ways to the same administration are one finding, whose remedy ends both', () => {
    const facts = [
      administrator('a', 'plain', 'Owner', ['group members are unknown']),
      administrator('a', 'plain'),
    ]
    const [finding, ...others] = find([principal('a', 'plain')], facts)
    expect(others).toEqual([])
    expect(finding).toMatchObject({ confidence: 'certain', assumes: [], scope: id('plain') })
    expect(finding?.says).toBe('a is an administrator in account plain at any time, through Admin and Owner')
    expect(finding?.remedy.text).toBe('detach Admin-a\n\ndetach Owner-a')
    expect(finding?.evidence).toHaveLength(2)
  })

  it('what stands on missing facts alone is assumed, and says on what', () => {
    const facts = [administrator('a', 'plain', 'Owner', ['group members are unknown'])]
    expect(find([principal('a')], facts)[0]).toMatchObject({
      confidence: 'assumed',
      assumes: ['group members are unknown'],
    })
  })

  it('wildcard pass-role, basic roles, ownerless service principals', () => {
    const basic = (role: string): Fact => ({
      ...base(role),
      fact: 'basic-role',
      principal: id('a'),
      scope: id('plain'),
      role,
    })
    const pass = (scope: string): Fact => ({
      ...base(scope),
      fact: 'pass-any-role',
      principal: id('a'),
      scope: id(scope),
    })
    const ownerless: Fact = { ...base('o'), fact: 'ownerless', principal: id('sp') }
    const facts = [
      pass('prod'),
      pass('plain'),
      basic('roles/owner'),
      basic('roles/editor'),
      basic('roles/viewer'),
      ownerless,
    ]
    expect(short([principal('a', 'plain'), principal('sp')], facts)).toEqual([
      'wildcard-pass-role a critical',
      'wildcard-pass-role a high',
      'basic-role-on-project a high',
      'basic-role-on-project a medium',
      'ownerless-privileged-service-principal sp medium',
      'basic-role-on-project a low',
    ])
    expect(short([principal('sp')], [ownerless, administrator('sp', 'plain')])).toContain(
      'ownerless-privileged-service-principal sp high',
    )
  })
})

describe('what is known, unknown and false', () => {
  const password = { type: 'password', id: 'p', active: true } as const
  it.each([
    ['no second factor and a password', { mfa: false, credentials: [password] }, 1],
    ['a second factor', { mfa: true, credentials: [password] }, 0],
    ['not told', { credentials: [password] }, 0],
    ['no password', { mfa: false, credentials: [] }, 0],
    ['a password that does not work', { mfa: false, credentials: [{ ...password, active: false }] }, 0],
    ['disabled', { mfa: false, credentials: [password], enabled: false }, 0],
    ['a role', { mfa: false, credentials: [password], type: 'role' as const }, 0],
  ])('administrator without MFA: %s', (_, more, count) => {
    const facts = [administrator('ana', 'prod'), administrator('ana', 'plain')]
    expect(of('administrator-without-mfa', [person('ana', more)], facts)).toHaveLength(count)
  })

  it.each([
    ['never', { lastUsed: 'never' as const }, 1],
    ['never, but new', { lastUsed: 'never' as const, created: daysAgo(5) }, 0],
    ['not told', {}, 0],
    ['90 days ago', { lastUsed: daysAgo(90) }, 0],
    ['91 days ago', { lastUsed: daysAgo(91) }, 1],
    ['not in the 400 days that the cloud remembers', { unusedForDays: 400, created: daysAgo(900) }, 1],
    ['not in 400 days, age not told', { unusedForDays: 400 }, 1],
    ['not in 400 days, but new', { unusedForDays: 400, created: daysAgo(5) }, 0],
    ['not in the 60 days that the cloud remembers', { unusedForDays: 60 }, 0],
  ])('unused privileged identity: last used %s', (_, more, count) => {
    const found = of('unused-privileged-identity', [principal('r', 'dev', more)], [privileged('r', 'dev')])
    expect(found).toHaveLength(count)
  })

  it('unused privileged identity: says how long, as far as the cloud remembers', () => {
    const says = (more: Partial<PrincipalNode>) =>
      of('unused-privileged-identity', [principal('r', 'dev', more)], [privileged('r', 'dev')])[0]?.says
    expect(says({ lastUsed: 'never' })).toContain('r has never been used and still holds')
    expect(says({ lastUsed: daysAgo(91) })).toContain('r was last used 91 days ago and')
    expect(says({ unusedForDays: 400, created: daysAgo(900) })).toContain(
      'r was not used in the last 400 days, which is as long as the cloud remembers, and',
    )
    expect(says({ unusedForDays: 400, created: daysAgo(200) })).toContain('r has never been used and')
  })

  it('keys: of users by age, of service accounts always; no age, no finding', () => {
    const facts = [
      key('u', 'k1', 91),
      key('u', 'k2', 90),
      key('u', 'k3'),
      key('s', 'k4', undefined, 'service-account-key'),
      key('a', 'k5', 20, 'client-secret'),
    ]
    expect(short([person('u'), principal('s'), principal('a')], facts)).toEqual([
      'long-lived-key-over-90-days u medium',
      'service-account-key-holder s medium',
      'application-with-client-secret a medium',
    ])
    expect(short([person('u')], [key('u', 'k1', 91), privileged('u', 'dev')])).toEqual([
      'long-lived-key-over-90-days u high',
    ])
    expect(short([principal('s')], [key('s', 'k4', 91, 'service-account-key')])).toEqual([
      'service-account-key-holder s high',
    ])
  })

  it('guests, outsiders and everyone', () => {
    const trust = (narrowed: boolean): Fact => ({
      ...base('t'),
      fact: 'external-trust',
      trusted: id('vendor'),
      trusting: id('r'),
      narrowed,
    })
    const open = (conditional: boolean, at: string): Fact => ({
      ...base(at),
      fact: 'public-access',
      resource: id(at),
      audience: 'anyone',
      may: 'read objects',
      conditional,
    })
    const nodes = [
      person('gast', { guest: true }),
      principal('r', 'dev'),
      resource('b1', 'prod'),
      resource('b2', 'dev'),
      resource('b3', 'prod'),
    ]
    expect(short(nodes, [trust(true)])).toEqual([])
    expect(
      short(nodes, [
        trust(false),
        open(false, 'b1'),
        open(false, 'b2'),
        open(true, 'b3'),
        privileged('gast', 'dev'),
      ]),
    ).toEqual([
      'public-access b1 critical',
      'external-trust-without-condition r high',
      'public-access b2 high',
      'guest-with-privileged-role gast high',
      'public-access b3 medium',
    ])
    expect(short(nodes, [trust(false), administrator('r', 'dev')])).toContain(
      'external-trust-without-condition r critical',
    )
  })
})

describe('cross-environment trust', () => {
  const nodes = [
    principal('d1', 'dev'),
    principal('d2', 'dev'),
    principal('p', 'prod-eu'),
    principal('s', 'audit'),
    principal('x', 'plain'),
  ]
  const rule = 'cross-environment-trust'

  it('from a lower environment into production only, one finding for each container it comes from', () => {
    const edges = ['d1', 'd2', 's', 'x'].map((from) => edge(from, 'can-become', 'p'))
    const found = of(rule, nodes, [], [...edges, edge('p', 'can-become', 'd1'), edge('d1', 'owns', 'p')])
    expect(found).toHaveLength(1)
    expect(found[0]?.says).toBe(
      '2 identities of development (dev) can become p of production (prod-eu): d1 and d2',
    )
    expect(found[0]?.severity).toBe('high')
  })

  it('conditions make it milder, gaps make it assumed', () => {
    const severity = (certainty: 'conditional' | 'unknown') => {
      const [found] = of(rule, nodes, [], [edge('d1', 'can-become', 'p', { certainty })])
      return [found?.severity, found?.confidence, found?.assumes]
    }
    expect(severity('conditional')).toEqual(['medium', 'certain', []])
    expect(severity('unknown')).toEqual(['high', 'assumed', ['something holds']])
  })
})

describe('open trusts', () => {
  const open = (kind: 'stranger' | 'own', conditions: readonly string[] = []): Fact => ({
    ...base(kind),
    fact: 'open-trust',
    trusted: id('provider'),
    trusting: id('a'),
    kind,
    who: 'a repository of anybody',
    token: 'sub repo:stranger/x',
    conditions,
  })

  it("are critical; high where only a provider of one's own is trusted; medium under conditions", () => {
    const nodes = [principal('a', 'prod')]
    expect(short(nodes, [open('stranger')])).toEqual(['open-federated-trust a critical'])
    expect(short(nodes, [open('own')])).toEqual(['open-federated-trust a high'])
    expect(short(nodes, [open('stranger', ['the address is one'])])).toEqual([
      'open-federated-trust a medium',
    ])
    expect(find(nodes, [open('stranger')])[0]?.says).toBe(
      'a lets in a repository of anybody: sub repo:stranger/x is accepted',
    )
  })
})

describe('all findings', () => {
  const facts = [
    administrator('a', 'plain'),
    administrator('a', 'plain', 'Owner'),
    administrator('b', 'prod'),
    key('a', 'k', 200),
    privileged('c', 'dev'),
  ]
  const nodes = [
    principal('a', 'plain', { lastUsed: 'never' }),
    principal('b', 'prod'),
    principal('c', 'dev'),
  ]

  it('do not depend on the order of the facts', () => {
    expect(find(nodes, facts.toReversed())).toEqual(find(nodes, facts))
  })

  it('have an id that is the same in the next snapshot and no other finding has', () => {
    const ids = find(nodes, facts).map((f) => f.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(find(nodes, facts.slice(0, 1)).map((f) => f.id)).toContain(
      find(nodes, facts).find((f) => f.rule === 'standing-administrator' && f.subject === id('a'))?.id,
    )
    expect(ids.every((text) => /^[0-9a-f]{16}$/.test(text))).toBe(true)
  })

  it('come from rules whose ids are stable and unique', () => {
    const ids = FINDING_RULES.map((rule) => rule.id)
    expect(new Set(ids).size).toBe(14)
    expect(ids.every((text) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text))).toBe(true)
  })
})
