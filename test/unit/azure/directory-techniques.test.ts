import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { azureAnalyzer } from '../../../analyzer/azure/analyzer.ts'
import { nodeId } from '../../../graph/index.ts'
import { memoryReader } from '../../analyzer/memory-reader.ts'
import type { DirectoryCase, DirectoryVariation } from '../../reference/azure-directory-estate.ts'
import { ATTACKER, directoryExports, prizeOf } from '../../reference/azure-directory-estate.ts'
import type { TechniqueCase } from '../../reference/azure-technique-estate.ts'

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../golden/azure-techniques/${name}`, import.meta.url), 'utf8'))

const CASES = (read('cases.json') as readonly TechniqueCase[]).filter(({ whom }) =>
  ['directory', 'application', 'group', 'user'].includes(whom),
)
const GRAPH = read('graph-permissions.json') as Readonly<Record<string, string>>

async function edges(of: DirectoryCase) {
  const loaded = await azureAnalyzer.load(memoryReader(directoryExports(of)))
  const nodes = new Map(loaded.nodes.map((node) => [node.id, node]))
  const derived = azureAnalyzer.derive(azureAnalyzer.engine(loaded.state, nodes), loaded, [])
  return derived.edges.filter(
    ({ from, rule }) => from === nodeId('azure', ATTACKER) && rule === of.technique.id,
  )
}

/** What ends a way, and what leaves it. */
function variations({ whom, types, ways }: TechniqueCase): {
  readonly gone: readonly DirectoryVariation[]
  readonly stays: readonly DirectoryVariation[]
} {
  const needs = ways[0] ?? []
  const targets: Readonly<Record<string, readonly DirectoryVariation['target'][]>> = {
    directory: [],
    application: ['powerless', 'foreign'],
    group: ['powerless', 'other-kind', 'synced'],
    user: types[0] === 'all' ? ['powerless'] : ['powerless', 'role', 'role-group'],
  }
  const isGraph = needs[0]?.[1] === 'graph'
  const gone: readonly DirectoryVariation[] = [
    ...needs.map((_, drop) => ({ drop })),
    ...(targets[whom] ?? []).flatMap((target) => (target === undefined ? [] : [{ target }])),
    ...(isGraph ? [{ otherApi: true }] : []),
  ]
  const shielded: readonly DirectoryVariation[] =
    types[0] === 'all' ? [{ target: 'role' }, { target: 'role-group' }] : []
  const conditional = isGraph ? [] : needs.map((_, condition) => ({ condition }))
  return { gone, stays: [{}, ...shielded, ...conditional] }
}

describe('every technique of the directory', () => {
  it.each(CASES.map((technique) => [technique.id, technique] as const))('%s', async (_, technique) => {
    const { gone, stays } = variations(technique)
    for (const variation of stays) {
      const of = { technique, graph: GRAPH, ...variation }
      const certainty =
        variation.condition !== undefined && technique.certainty === 'certain'
          ? 'conditional'
          : technique.certainty
      expect(
        (await edges(of)).map((edge) => `${edge.to} ${edge.certainty} ${edge.level ?? 'become'}`),
        JSON.stringify(variation),
      ).toEqual([`${nodeId('azure', prizeOf(of))} ${certainty} ${technique.gets}`])
    }
    for (const variation of gone)
      expect(await edges({ technique, graph: GRAPH, ...variation }), JSON.stringify(variation)).toEqual([])
  })
})
