import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { azureAnalyzer } from '../../analyzer/azure/analyzer.ts'
import type { CloudAnalyzer } from '../../analyzer/cloud-analyzer.ts'
import type { Fact } from '../../analyzer/findings/fact.ts'
import { gcpAnalyzer } from '../../analyzer/gcp/analyzer.ts'
import type { Edge } from '../../graph/index.ts'
import { nativeId, nodeId } from '../../graph/index.ts'
import { verdictOf } from './agreement.ts'
import type { Exported } from './memory-reader.ts'
import { memoryReader } from './memory-reader.ts'

/** A small estate with the right answers, written by hand from the vendors' documentation. */
interface GoldenCase {
  readonly title: string
  readonly sources: readonly Exported[]
  readonly answers: readonly {
    readonly principal: string
    readonly action: string
    readonly resource: string
    readonly decision: string
    readonly otherwise?: string
    readonly why?: string
  }[]
  /** Every derived edge: kind, from, to, certainty. */
  readonly edges?: readonly (readonly string[])[]
  /** Every observed edge: kind, from, to. */
  readonly observed?: readonly (readonly string[])[]
  /** Every fact: its kind and whom or what it is about. */
  readonly facts?: readonly (readonly [kind: string, about: string])[]
}

const ROOT = join(import.meta.dirname, '../golden')

describe.each([gcpAnalyzer, azureAnalyzer])('$cloud', (analyzer) => {
  const files = readdirSync(join(ROOT, analyzer.cloud)).filter((name) => name.endsWith('.json'))

  it('has golden cases', () => expect(files.length).toBeGreaterThan(4))

  it.each(files.map((name) => [read(analyzer, name).title, read(analyzer, name)] as const))(
    '%s',
    async (_, golden) => {
      const loaded = await analyzer.load(memoryReader(golden.sources))
      const engine = analyzer.engine(
        structuredClone(loaded.state),
        new Map(loaded.nodes.map((node) => [node.id, node])),
      )
      for (const { principal, action, resource, decision, otherwise, why } of golden.answers) {
        const expected = { decision, ...(otherwise === undefined ? {} : { otherwise }) }
        const verdict = verdictOf(engine, nodeId(analyzer.cloud, principal), action, resource)
        expect(verdict, `${principal} ${action} ${resource}: ${why ?? ''}`).toEqual(expected)
      }
      const derived = analyzer.derive(engine, loaded, [])
      const plain = ({ kind, from, to }: Edge): string => [kind, nativeId(from), nativeId(to)].join(' ')
      if (golden.edges !== undefined) {
        const edges = derived.edges.map((edge) => `${plain(edge)} ${edge.certainty}`)
        expect(edges.sort()).toEqual(golden.edges.map((edge) => edge.join(' ')).sort())
      }
      if (golden.observed !== undefined) {
        expect(loaded.edges.map(plain).sort()).toEqual(golden.observed.map((edge) => edge.join(' ')).sort())
      }
      if (golden.facts !== undefined) {
        const facts = new Set(derived.facts.map((fact) => `${fact.fact} ${about(fact)}`))
        expect([...facts].sort()).toEqual(golden.facts.map((fact) => fact.join(' ')).sort())
      }
      const nodes = [...loaded.nodes, ...(derived.nodes ?? [])]
      const ids = new Set(nodes.map(({ id }) => id))
      expect(ids.size, 'nodes have different ids').toBe(nodes.length)
      const ends = [...loaded.edges, ...derived.edges].flatMap(({ from, to }) => [from, to])
      expect(
        ends.filter((end) => !ids.has(end)),
        'edges end at nodes',
      ).toEqual([])
      const scopes = nodes.flatMap(({ scope }) => (scope === null || ids.has(scope) ? [] : [scope]))
      expect(scopes, 'scopes are nodes').toEqual([])
    },
  )
})

function read(analyzer: CloudAnalyzer, name: string): GoldenCase {
  return JSON.parse(readFileSync(join(ROOT, analyzer.cloud, name), 'utf8')) as GoldenCase
}

function about(fact: Fact): string {
  if (fact.fact === 'external-trust' || fact.fact === 'open-trust') return nativeId(fact.trusted)
  return nativeId(fact.fact === 'public-access' ? fact.resource : fact.principal)
}
