import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { analyze } from '../../../analyzer/analyze.ts'
import { TECHNIQUES } from '../../../analyzer/aws/techniques/registry.ts'
import { actionsOf, type Technique } from '../../../analyzer/aws/techniques/technique.ts'
import type { Edge } from '../../../graph/index.ts'
import { nodeId } from '../../../graph/index.ts'
import { readerOf } from '../../reference/aws-files.ts'
import {
  actionsLeft,
  attackerOf,
  escalationSources,
  prizeOf,
  type EscalationAccount,
  type EscalationPath,
  type Variation,
} from '../../reference/escalation-estate.ts'

const read = (name: string) =>
  JSON.parse(
    readFileSync(new URL(`../../golden/aws/${name}.json`, import.meta.url), 'utf8'),
  ) as readonly EscalationPath[]

/** The paths of pathfinding.cloud by their ids, and those that are ours by theirs. */
const KNOWN = read('escalation-paths')
const PATHS = [...KNOWN, ...read('escalation-more')]
const idOf = (technique: Technique) => technique.pathfinding ?? technique.id

/** Everything that must end a path, in words. */
function variations(path: EscalationPath): readonly (readonly [string, Variation])[] {
  const actions = [...new Set(path.needs.map(([action]) => action))]
  return [
    ...path.needs.map(([action, on], drop) => [`without ${action} on ${on}`, { drop }] as const),
    ...path.state.map((without) => [`without ${without}`, { without }] as const),
    ...actions.map((deny) => [`${deny} denied`, { deny }] as const),
    ...actions.map((boundary) => [`${boundary} beyond the boundary`, { boundary }] as const),
    ...actions.map((scp) => [`${scp} denied by the organization`, { scp }] as const),
  ]
}

const CASES = PATHS.flatMap((path) =>
  ([['as it is', {}], ...variations(path)] as const).map(([words, variation]) => ({
    path,
    words,
    variation,
  })),
).map(({ words, ...account }, i) => ({ words, account: { ...account, id: String(100_000_000_000 + i) } }))

describe('every technique', () => {
  const edges = new Map<string, Edge[]>()

  beforeAll(async () => {
    const estate = await analyze(readerOf(escalationSources(CASES.map(({ account }) => account))))
    for (const edge of estate.edges) {
      const known = edges.get(edge.from)
      if (known === undefined) edges.set(edge.from, [edge])
      else known.push(edge)
    }
  }, 60_000)

  const from = (account: EscalationAccount) => edges.get(nodeId('aws', attackerOf(account))) ?? []

  it('is in the registry once, with the permissions of its page', () => {
    expect(KNOWN).toHaveLength(65)
    expect(PATHS.map(({ id }) => id).sort()).toEqual(TECHNIQUES.map(idOf).sort())
    for (const path of PATHS) {
      const found = TECHNIQUES.filter((technique) => idOf(technique) === path.id)
      expect(found.map((technique) => [...actionsOf(technique)].sort())).toEqual([
        [...new Set(path.needs.map(([action]) => action))].sort(),
      ])
    }
    expect(CASES.filter(({ account }) => KNOWN.includes(account.path)).length).toBeGreaterThan(300)
  })

  it.each(PATHS.map((path) => [path.id, path] as const))('%s', (_, path) => {
    const technique = TECHNIQUES.find((each) => idOf(each) === path.id)
    const own = CASES.filter(({ account }) => account.path === path)
    for (const { words, account } of own) {
      const found = from(account).filter((edge) => edge.rule === technique?.id)
      const isWhole = words === 'as it is'
      const to = path.gets === 'become' ? prizeOf(account) : account.id
      const expected = isWhole ? [`${nodeId('aws', to)} ${path.certainty}`] : []
      expect(
        found.map((edge) => `${edge.to} ${edge.certainty}`),
        `${path.id} ${words}`,
      ).toEqual(expected)
      // Whatever else leads anywhere needs no more than what is left.
      const left = actionsLeft(account)
      for (const edge of from(account)) {
        if (edge.kind === 'member-of') continue
        const other = TECHNIQUES.find(({ id }) => id === edge.rule)
        const needed = other === undefined ? ['?'] : actionsOf(other)
        expect(
          needed.filter((action) => !left.has(action)),
          `${path.id} ${words}: ${edge.rule}`,
        ).toEqual([])
      }
    }
  })
})
