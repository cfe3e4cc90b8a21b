import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkPeople } from '../../analyzer/people/link.ts'
import type { LinkedPeople } from '../../analyzer/people/link.ts'
import { accountsOf, nodeId } from '../../graph/index.ts'
import type { NodeId, PersonIdentifier, PrincipalNode } from '../../graph/index.ts'
import { byFirst, slowPeople, type ReferenceAccount } from '../reference/people.ts'

interface Case {
  readonly name: string
  readonly accounts: {
    readonly [id: string]: Partial<Omit<ReferenceAccount, 'id'>> & { readonly name: string }
  }
  readonly map?: readonly (readonly string[])[]
  readonly people: readonly (readonly string[])[]
  readonly perhaps: readonly (readonly string[])[]
  readonly unmatched?: readonly string[]
}

const file = new URL('../golden/people/cases.json', import.meta.url)
const CASES = JSON.parse(readFileSync(file, 'utf8')) as readonly Case[]

function node({ id, human, identifiers }: ReferenceAccount, name: string): PrincipalNode {
  return {
    kind: 'principal',
    type: 'user',
    id: nodeId('aws', id),
    cloud: 'aws',
    name,
    scope: null,
    tags: [],
    seen: null,
    human,
    identifiers: identifiers.map(([type, value, verified]) => {
      return { type: type as PersonIdentifier['type'], value, verified, says: `${value} holds` }
    }),
  }
}

function linked(accounts: readonly PrincipalNode[], map: readonly (readonly string[])[]): LinkedPeople {
  return linkPeople(
    accounts,
    map.map((identities, i) => ({ name: `person ${i}`, identities, place: `map /people/${i}` })),
  )
}

/** The sets that walking the links from every account gives, as far as `sure`. */
function walked(ids: readonly NodeId[], { links }: LinkedPeople, sure: boolean): string[][] {
  const sets = ids.map((id) =>
    accountsOf(id, links)
      .filter(({ conditions }) => !sure || conditions.length === 0)
      .map((account) => account.id.slice('aws:'.length))
      .sort(),
  )
  return [...new Map(sets.map((set) => [set.join(' '), set])).values()].sort(byFirst)
}

test.each(CASES)('$name', ({ accounts, map = [], people, perhaps, unmatched = [] }) => {
  const all = Object.entries(accounts).map(([id, { name, human = true, identifiers = [] }]) =>
    node({ id, human, identifiers }, name),
  )
  const found = linked(all, map)
  const ids = all.filter((each) => each.human === true).map(({ id }) => id)
  expect(walked(ids, found, true)).toEqual(people)
  expect(walked(ids, found, false)).toEqual(perhaps)
  expect([found.certain, found.any]).toEqual([people.length, perhaps.length])
  expect(found.unmatched).toEqual(unmatched)
  for (const link of found.links) expect(link.conditions.length > 0).toBe(link.certainty === 'conditional')
})

test('the fast linking and the slow one agree on random accounts and maps', () => {
  const identifier = fc.tuple(
    fc.constantFrom('email', 'subject', 'object'),
    fc.constantFrom('1', '2', '3', '4'),
    fc.boolean(),
  )
  const account = fc.record({
    human: fc.boolean(),
    identifiers: fc.array(identifier, { maxLength: 3 }),
  })
  const estate = fc.record({
    accounts: fc.array(account, { maxLength: 8 }),
    map: fc.array(fc.array(fc.constantFrom('p0', 'p1', 'p2', 'p3', 'gone'), { minLength: 2, maxLength: 3 }), {
      maxLength: 2,
    }),
  })
  fc.assert(
    fc.property(estate, ({ accounts, map }) => {
      const all = accounts.map((each, i) => ({ ...each, id: `p${i}` }))
      const nodes = all.map((each) => node(each, 'the same name'))
      const found = linked(nodes, map)
      const known = new Set(slowPeople(all, map, true).flat())
      const ids = nodes.filter((_, i) => known.has(`p${i}`)).map(({ id }) => id)
      const [sure, any] = [slowPeople(all, map, true), slowPeople(all, map, false)]
      expect([found.certain, found.any]).toEqual([sure.length, any.length])
      expect(walked(ids, found, true)).toEqual(sure)
      expect(walked(ids, found, false)).toEqual(any)
      for (const set of sure) {
        const firsts = set.map((id) => found.firstOf.get(nodeId('aws', id)) ?? nodeId('aws', id))
        expect(new Set(firsts).size).toBe(1)
      }
    }),
    { numRuns: 2000 },
  )
})
