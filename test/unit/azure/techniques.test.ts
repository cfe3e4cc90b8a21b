import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { azureAnalyzer } from '../../../analyzer/azure/analyzer.ts'
import { TECHNIQUES } from '../../../analyzer/azure/techniques/registry.ts'
import type { CrownJewel, Edge } from '../../../graph/index.ts'
import { nodeId } from '../../../graph/index.ts'
import { memoryReader } from '../../analyzer/memory-reader.ts'
import {
  attackerOf,
  jewelOf,
  permissionsLeft,
  prizeOf,
  techniqueExports,
  type TechniqueCase,
  type TechniqueEstate,
  type Variation,
} from '../../reference/azure-technique-estate.ts'

const CASES = JSON.parse(
  readFileSync(new URL('../../golden/azure-techniques/cases.json', import.meta.url), 'utf8'),
) as readonly TechniqueCase[]

/** What must end a way, or bind it to a condition, in words. */
function variations(technique: TechniqueCase, way: number): readonly (readonly [string, Variation])[] {
  const needs = technique.ways[way] ?? []
  const without = [
    ...(technique.whom === 'host' ? ['host'] : []),
    ...(technique.whom === 'custom-role' ? ['role', 'custom'] : []),
  ]
  return [
    ['as it is', {}],
    ...needs.map(([permission], drop) => [`without ${permission}`, { drop }] as const),
    ...needs.map(([name], deny) => [`${name} denied`, { deny }] as const),
    ...needs.map(([name], deny) => [`${name} denied to others`, { deny, excluded: true }] as const),
    ...needs.map(([permission], condition) => [`${permission} under a condition`, { condition }] as const),
    ...without.map((what) => [`without ${what}`, { without: what }] as const),
  ]
}

const ARM: ReadonlySet<string> = new Set(['container', 'custom-role', 'identity', 'host', 'jewel'])
const OF_ARM = CASES.filter(({ whom }) => ARM.has(whom))

const ESTATES: readonly (TechniqueEstate & { readonly words: string })[] = OF_ARM.flatMap((technique) =>
  technique.ways.flatMap((_, way) =>
    variations(technique, way).map(([words, variation]) => ({ technique, way, words, ...variation })),
  ),
).map((estate, n) => ({ ...estate, n: n + 1 }))

describe('every technique of Azure resources', () => {
  const edges = new Map<string, Edge[]>()

  beforeAll(async () => {
    const loaded = await azureAnalyzer.load(memoryReader(techniqueExports(ESTATES)))
    const nodes = new Map(loaded.nodes.map((node) => [node.id, node]))
    const jewels = ESTATES.filter(({ technique }) => technique.whom === 'jewel').map(
      (of) => ({ resource: nodeId('azure', jewelOf(of)) }) as CrownJewel,
    )
    const derived = azureAnalyzer.derive(azureAnalyzer.engine(loaded.state, nodes), loaded, jewels)
    for (const edge of derived.edges) {
      const known = edges.get(edge.from)
      if (known === undefined) edges.set(edge.from, [edge])
      else known.push(edge)
    }
  }, 60_000)

  const from = (of: TechniqueEstate) => edges.get(nodeId('azure', attackerOf(of))) ?? []

  it('is in the registry once, with these permissions', () => {
    expect(CASES.map(({ id, ways }) => [id, ways.map((way) => way.map(([name, on]) => [name, on]))])).toEqual(
      TECHNIQUES.map(({ id, ways }) => [
        id,
        ways.map((way) => way.map(({ permission, on }) => [permission, on])),
      ]),
    )
    expect(ESTATES.length).toBeGreaterThan(400)
  })

  it.each(OF_ARM.map((technique) => [technique.id, technique] as const))('%s', (id, technique) => {
    for (const of of ESTATES.filter((estate) => estate.technique === technique)) {
      const words = `${id}, way ${of.way}, ${of.words}`
      const found = from(of).filter((edge) => edge.rule === id)
      const works = of.words === 'as it is' || of.condition !== undefined || of.excluded === true
      const certainty =
        of.condition !== undefined && technique.certainty === 'certain' ? 'conditional' : technique.certainty
      expect(
        found.map((edge) => `${edge.to} ${edge.certainty} ${edge.level ?? 'become'}`),
        words,
      ).toEqual(works ? [`${nodeId('azure', prizeOf(of))} ${certainty} ${technique.gets}`] : [])
      for (const edge of found) {
        expect(edge.conditions.length > 0, words).toBe(edge.certainty !== 'certain')
        const listed = JSON.stringify(edge.because).split('"type":"observed"').length - 1
        expect(listed, `${words}: an assignment for each permission`).toBeGreaterThanOrEqual(
          technique.ways[of.way]?.length ?? 0,
        )
      }
      // Whatever else leads anywhere needs no more than what is left.
      const left = permissionsLeft(of)
      for (const edge of from(of)) {
        const other = CASES.find((one) => one.id === edge.rule)
        // A permission that reaches what a crown jewel holds is a rule of its own.
        if (other === undefined) expect(left, `${words}: ${edge.rule}`).toContain(edge.rule)
        else {
          const able = other.ways.some((way) => way.every(([permission]) => left.has(permission)))
          expect(able, `${words}: ${edge.rule}`).toBe(true)
        }
      }
    }
  })
})
