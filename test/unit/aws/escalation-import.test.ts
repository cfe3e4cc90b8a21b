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

/** The files of a live collection, without what the collector does not ask yet. */
function files() {
  const bytesOf = (bytes: Uint8Array | (() => Uint8Array)) => (typeof bytes === 'function' ? bytes() : bytes)
  return escalationSources(ACCOUNTS).flatMap(({ kind, bytes, scope }) => {
    if (kind === 'aws.resource-policies') return []
    const origin = `${scope ?? 'organization'}/${kind}`
    if (kind !== 'aws.answers') return [file(origin, bytesOf(bytes))]
    const lines = new TextDecoder().decode(bytesOf(bytes)).split('\n')
    const known = lines.filter((line) => ASKED.has(callIn(JSON.parse(line) as Json)))
    const calls = ['ec2:DescribeRegions', 'lambda:ListFunctions', 'lambda:GetPolicy']
    const coverage = calls.map((call) =>
      JSON.stringify({ collected: 'aws', account: scope, call, region: 'us-east-1', answered: 1, absent: 0 }),
    )
    return [file(origin, known.join('\n')), file(`${origin}.coverage`, coverage.join('\n'))]
  })
}

function callIn(line: Json): string {
  return isObject(line) ? (ownString(line, 'call') ?? '') : ''
}

/** Where the collector does not ask for what must be there, nobody listed it. */
const UNLISTED = [
  'cloudformation:stackset',
  'ec2:launch-template',
  'ecs:container-instance',
  'batch:job-queue',
]

/** Their own policies are not asked for, so that one of them could deny it. */
const POLICY_NOT_KNOWN = ['codebuild:project', 'glue:devEndpoint', 'glue:job']

it('each path is found in what the collector keeps, imported and analysed', async () => {
  const { store } = await filledStore()
  const { snapshot } = await importFiles(files(), { store, now: NOW })
  const { edges } = await analyze(snapshotReader(store, snapshot))
  for (const account of ACCOUNTS) {
    const { path } = account
    const technique = TECHNIQUES.find(({ id, pathfinding }) => (pathfinding ?? id) === path.id)
    const from = nodeId('aws', attackerOf(account))
    const found = edges.filter((edge) => edge.from === from && edge.rule === technique?.id)
    const isUnlisted = UNLISTED.includes(path.host ?? '')
    const direct = nodeId('aws', path.gets === 'become' ? prizeOf(account) : account.id)
    const to =
      isUnlisted && path.scene === 'host'
        ? nodeId('aws', `any-role-of/${path.host ?? ''}/${account.id}`)
        : direct
    const isUnsure = (isUnlisted && path.scene === 'pass') || POLICY_NOT_KNOWN.includes(path.host ?? '')
    const certainty = isUnsure ? 'unknown' : path.certainty
    expect(
      found.map((edge) => `${edge.to} ${edge.certainty}`),
      path.id,
    ).toEqual([`${to} ${certainty}`])
  }
}, 60_000)
