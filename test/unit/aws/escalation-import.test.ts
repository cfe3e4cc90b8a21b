import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { analyze } from '../../../analyzer/analyze.ts'
import { TECHNIQUES } from '../../../analyzer/aws/techniques/registry.ts'
import { CALLS } from '../../../collectors/aws/calls/table.ts'
import { nameOf } from '../../../collectors/aws/calls/call.ts'
import { importFiles } from '../../../collectors/index.ts'
import { isObject, nodeId, ownString, snapshotReader, type Json } from '../../../graph/index.ts'
import {
  attackerOf,
  escalationSources,
  prizeOf,
  type EscalationAccount,
  type EscalationPath,
} from '../../reference/escalation-estate.ts'
import { file, filledStore, NOW } from '../collectors/importing.ts'

const read = (name: string) =>
  JSON.parse(
    readFileSync(new URL(`../../golden/aws/${name}.json`, import.meta.url), 'utf8'),
  ) as readonly EscalationPath[]
const PATHS = [...read('escalation-paths'), ...read('escalation-more')]
const ACCOUNTS = PATHS.map((path, i): EscalationAccount => ({
  id: String(200_000_000_000 + i),
  path,
  variation: {},
}))
const ASKED = new Set(CALLS.map(nameOf))

/** The files of a live collection: only what the collector asks. */
function files() {
  const bytesOf = (bytes: Uint8Array | (() => Uint8Array)) => (typeof bytes === 'function' ? bytes() : bytes)
  return escalationSources(ACCOUNTS).flatMap(({ kind, bytes, scope }) => {
    if (kind === 'aws.resource-policies') return []
    const origin = `${scope ?? 'organization'}/${kind}`
    if (kind !== 'aws.answers') return [file(origin, bytesOf(bytes))]
    const lines = new TextDecoder().decode(bytesOf(bytes)).split('\n')
    const known = lines.filter((line) => ASKED.has(callIn(JSON.parse(line) as Json)))
    const calls = [
      'ec2:DescribeRegions',
      'lambda:ListFunctions',
      'lambda:GetPolicy',
      'codebuild:ListProjects',
    ]
    const coverage = calls.map((call) =>
      JSON.stringify({ collected: 'aws', account: scope, call, region: 'us-east-1', answered: 1, absent: 0 }),
    )
    return [file(origin, known.join('\n')), file(`${origin}.coverage`, coverage.join('\n'))]
  })
}

function callIn(line: Json): string {
  return isObject(line) ? (ownString(line, 'call') ?? '') : ''
}

it('each path is found in what the collector keeps, imported and analysed', async () => {
  const { store } = await filledStore()
  const { snapshot } = await importFiles(files(), { store, now: NOW })
  const { edges } = await analyze(snapshotReader(store, snapshot))
  for (const account of ACCOUNTS) {
    const { path } = account
    const technique = TECHNIQUES.find(({ id, pathfinding }) => (pathfinding ?? id) === path.id)
    const from = nodeId('aws', attackerOf(account))
    const found = edges.filter((edge) => edge.from === from && edge.rule === technique?.id)
    const to = nodeId('aws', path.gets === 'become' ? prizeOf(account) : account.id)
    expect(
      found.map((edge) => `${edge.to} ${edge.certainty}`),
      path.id,
    ).toEqual([`${to} ${path.certainty}`])
  }
}, 60_000)
