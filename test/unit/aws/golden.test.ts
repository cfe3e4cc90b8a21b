import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { awsAnalyzer } from '../../../analyzer/aws/analyzer.ts'
import type { Fact } from '../../../analyzer/findings/fact.ts'
import type { Edge } from '../../../graph/index.ts'
import { nativeId, nodeId } from '../../../graph/index.ts'
import { caseSources, type CaseEstate } from '../../reference/aws-cases.ts'
import { readerOf } from '../../reference/aws-files.ts'

interface Ask {
  readonly who: string
  readonly action: string
  readonly resource: string
  readonly decision: string
  readonly otherwise?: string
  readonly conditions?: readonly string[]
  readonly missing?: readonly string[]
  readonly because?: string
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../golden/aws/${name}.json`, import.meta.url), 'utf8'))

async function load(estate: CaseEstate) {
  const loaded = await awsAnalyzer.load(readerOf(caseSources(estate)))
  const engine = awsAnalyzer.engine(loaded.state, new Map(loaded.nodes.map((node) => [node.id, node])))
  return { loaded, engine }
}

const FILES = [
  'decisions',
  'resource-context',
  'kms-grants',
  'public-access-block',
  'bucket-acls',
  'canonical-users',
  'access-points',
  'ram-shares',
]

describe('AWS decisions, by rule', () => {
  const cases = FILES.flatMap(read) as { rule: string; estate: CaseEstate; asks: readonly Ask[] }[]
  it.each(cases)('$rule', async ({ estate, asks }) => {
    const { engine } = await load(estate)
    for (const ask of asks) {
      const about = `${ask.who} ${ask.action} ${ask.resource}`
      const id = engine.principals.find((p) => p.endsWith(`:${ask.who}`)) ?? nodeId('aws', ask.who)
      const answer = engine.can(id, ask.action, ask.resource)
      expect(answer.decision, about).toBe(ask.decision)
      if (answer.decision === 'unknown') {
        expect(answer.otherwise, about).toBe(ask.otherwise)
        expect(answer.missing.map((m) => m.what).sort(), about).toEqual([...(ask.missing ?? [])].sort())
      }
      if (ask.conditions !== undefined) {
        const conditions = 'conditions' in answer ? answer.conditions.map((c) => c.says) : []
        expect(conditions, about).toEqual(ask.conditions)
      }
      if (ask.because !== undefined) {
        expect(
          answer.because.map((r) => `${r.layer}: ${r.says}`),
          about,
        ).toContain(ask.because)
      }
      const row = engine.whoCan(ask.action, ask.resource).find((r) => r.principals.includes(id))
      expect(row?.answer.decision ?? 'denied', `who-can ${about}`).toBe(ask.decision)
      const index = engine.universe.indexOf(ask.action) ?? -1
      const held = engine.whatCan(id, ask.resource).filter((p) => p.actions.has(index))
      expect(held.map((p) => p.decision).join() || 'denied', `what-can ${about}`).toBe(ask.decision)
    }
  })
})

describe('what follows from an AWS estate, by rule', () => {
  const cases = read('derivations') as {
    rule: string
    estate: CaseEstate
    edges: string[]
    facts: string[]
  }[]
  it.each(cases)('$rule', async ({ estate, edges, facts }) => {
    const { engine, loaded } = await load(estate)
    const derived = awsAnalyzer.derive(engine, loaded, [])
    expect(derived.edges.map(edgeInWords).sort()).toEqual([...edges].sort())
    expect(derived.facts.map(factInWords).sort()).toEqual([...facts].sort())
    for (const fact of derived.facts) expect(fact.remedy.text.length).toBeGreaterThan(20)
  })
})

/** Without the account, which every case has one of. */
function short(id: string): string {
  return nativeId(nodeId('aws', id.slice('aws:'.length))).replace(
    /^arn:aws:iam::\d{12}:(user|role|group)\//,
    '$1/',
  )
}

function edgeInWords(edge: Edge): string {
  const verb = edge.kind === 'can-become' ? 'become' : (edge.level ?? edge.kind)
  return `${short(edge.from)} ${verb} ${short(edge.to)} ${edge.rule} ${edge.certainty}`
}

function factInWords(fact: Fact): string {
  switch (fact.fact) {
    case 'administrator':
    case 'privileged':
      return `${fact.fact} ${short(fact.principal)} via ${fact.via}`
    case 'external-trust':
      return `${fact.fact} ${short(fact.trusting)}${fact.narrowed ? ' narrowed' : ''}`
    case 'open-trust':
      return `${fact.fact} ${short(fact.trusting)} ${fact.kind} ${fact.token}`
    case 'public-access':
      return `${fact.fact} ${short(fact.resource)} ${fact.audience}${fact.conditional ? ' conditional' : ''}${fact.assumes.length > 0 ? ' assumed' : ''}`
    default:
      return `${fact.fact} ${short(fact.principal)}`
  }
}
