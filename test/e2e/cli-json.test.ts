import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { demoEstate, writeDemoFiles } from '../../app/demo/index.ts'
import { VERBS } from '../../app/cli/verbs/index.ts'
import { demoStore, gomeisa, temporaryFolder } from './command.ts'

const SCHEMAS = join(import.meta.dirname, '../../docs/schema')

/** The schemas let new fields in, the tests do not: a field that is not described is found here. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  return 'properties' in schema ? { ...inner, additionalProperties: false } : inner
}

const ajv = new Ajv2020({ strict: true, allErrors: true })
for (const file of readdirSync(SCHEMAS)) {
  ajv.addSchema(closed(JSON.parse(readFileSync(join(SCHEMAS, file), 'utf8'))) as object)
}

function mistakes(schema: string, value: unknown): string[] {
  ajv.validate(schema, value)
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)
}

interface Envelope {
  readonly command: string
  readonly snapshot: { readonly id: string } | null
  readonly result: Record<string, unknown>
}

const BUCKET = 'lumenly-payroll-exports'
/** Milliseconds for what starts many processes: the machine may be busy. */
const SLOW = 120_000
let data: string

/** Runs a verb with `--json` and checks envelope and result; anything on stderr is a failure. */
function answer(schema: string, args: readonly string[], status = 0): Envelope {
  const ran = gomeisa(['--data', data, '--json', '--quiet', ...args])
  expect(ran).toMatchObject({ status, stderr: '' })
  const document = JSON.parse(ran.stdout) as Envelope
  expect(mistakes('envelope.json', document)).toEqual([])
  expect(mistakes(schema, document.result)).toEqual([])
  return document
}

beforeAll(() => {
  data = demoStore()
}, SLOW)

describe('--json, against the schemas', () => {
  it('can, with every kind of answer', () => {
    const person = answer('can.json', ['can', 'ingrid.solheim', 's3:GetObject', BUCKET])
    expect(person.command).toBe('can')
    expect(person.result['decision']).toBe('allowed-if')
    answer('can.json', ['can', 'release-deployer', 'iam:PassRole', 'org-administrator'])
    const denied = answer('can.json', ['can', 'smoke-test-target', 'iam:PassRole', 'org-administrator'])
    expect(denied.result['decision']).toBe('denied')
    const key = ['katarzyna.bekele', 'iam.serviceAccountKeys.create', 'lumenly-ml-dev']
    expect(answer('can.json', ['can', ...key]).result['decision']).toBe('denied')
    const elsewhere = ['ingrid.solheim', 's3:GetObject', 'arn:aws:s3:::nobody-knows-it/x']
    expect(answer('can.json', ['can', ...elsewhere], 4).result['decision']).toBe('unknown')
  })

  it('who-can, with the people who sign in', () => {
    const { result } = answer('who-can.json', ['who-can', 's3:GetObject', BUCKET])
    expect(result['people']).toHaveLength(1)
    answer('who-can.json', ['who-can', 'storage.objects.get', 'lumenly-press-kit'])
  })

  it('what-can, whole and on one resource', () => {
    const { result } = answer('what-can.json', ['what-can', 'katarzyna.bekele'])
    expect(result['identities']).toHaveLength(2)
    const { result: on } = answer('what-can.json', ['what-can', 'ingrid.solheim', '--on', BUCKET])
    const rows = (on['answers'] as { privileges: { resources: string[]; actions: string[] }[] }[]).flatMap(
      ({ privileges }) => privileges,
    )
    const reads = rows.filter(({ actions }) => actions.includes('s3:GetObject'))
    expect(reads.map(({ resources }) => resources)).toEqual([[`arn:aws:s3:::${BUCKET}/*`]])
  })

  it('findings and explain, with file, line and pointer of the evidence', () => {
    const { result } = answer('findings.json', ['findings', '--severity', 'medium'])
    const findings = result['findings'] as { id: string; severity: string }[]
    expect(findings).toHaveLength(result['total'] as number)
    expect(new Set(findings.map(({ severity }) => severity))).toEqual(new Set(['critical', 'high', 'medium']))
    const id = findings[0]?.id ?? ''
    expect(answer('finding.json', ['explain', id.slice(0, 12)]).result).toEqual(findings[0])
    answer('can.json', ['explain', 'release-deployer', 'iam:PassRole', 'org-administrator'])
  })

  it('collect: the plan, without asking anybody', () => {
    const { result, snapshot } = answer('collect.json', ['collect', 'aws', '--plan'])
    expect(snapshot).toBeNull()
    const plan = result['plan'] as { call: string; drops: string[] }[]
    expect(plan.find(({ call }) => call === 'lambda:ListFunctions')?.drops).toEqual([
      'Functions[].Environment',
    ])
  })

  it('report: its own document, and each line of its findings', () => {
    const json = gomeisa(['--data', data, '--quiet', 'report', '--format', 'json'])
    expect(json).toMatchObject({ status: 0, stderr: '' })
    const document = JSON.parse(json.stdout) as { findings: { isNew: boolean }[]; totals: { all: number } }
    expect(mistakes('report.json', document)).toEqual([])
    expect(document.findings).toHaveLength(document.totals.all)
    expect(new Set(document.findings.map(({ isNew }) => isNew))).toEqual(new Set([true, false]))
    const lines = gomeisa(['--data', data, 'report', '--format', 'jsonl']).stdout.trimEnd().split('\n')
    const findings = lines.map((line) => JSON.parse(line) as unknown)
    expect(findings).toEqual(document.findings)
    for (const finding of findings) expect(mistakes('report.json#/$defs/finding', finding)).toEqual([])
  })

  it(
    'analyze, doctor, demo',
    () => {
      expect(answer('analyze.json', ['analyze'], 4).snapshot?.id).toMatch(/^[0-9a-f]{64}$/)
      const checks = answer('doctor.json', ['doctor']).result['checks'] as { what: string; state: string }[]
      expect(checks.filter(({ what }) => what === 'snapshot').map(({ state }) => state)).toEqual(['ok', 'ok'])
      const { status, stdout } = gomeisa(['demo', '--once', '--json', '--keep', data])
      expect(status).toBe(0)
      const document = JSON.parse(stdout) as Envelope
      expect(mistakes('envelope.json', document)).toEqual([])
      expect(mistakes('demo.json', document.result)).toEqual([])
    },
    SLOW,
  )

  it('import: the same exports a second time are nothing new', async () => {
    const folder = temporaryFolder()
    await writeDemoFiles(demoEstate(1), join(folder, 'exports'))
    const args = ['--json', 'import', 'exports', '--taken-at', '2026-11-09T06:00:00Z']
    const [first, second] = [1, 2].map(() => gomeisa(args, { cwd: folder }))
    for (const ran of [first, second]) expect(ran?.status).toBe(4)
    const documents = [first, second].map((ran) => JSON.parse(ran?.stdout ?? '') as Envelope)
    for (const { result } of documents) expect(mistakes('import.json', result)).toEqual([])
    expect(documents.map(({ result }) => result['isNew'])).toEqual([true, false])
    expect(documents[1]?.snapshot).toEqual(documents[0]?.snapshot)
  })

  it('an error: code, message and remedy on stdout, the same for people on stderr', () => {
    const ran = gomeisa(['--data', data, '--json', 'can', 'AWSReservedSSO', 's3:GetObject', BUCKET])
    expect(ran.status).toBe(2)
    const document = JSON.parse(ran.stdout) as { error: { code: string; candidates: string[] } }
    expect(mistakes('error.json', document)).toEqual([])
    expect(document.error.code).toBe('AMBIGUOUS')
    expect(document.error.candidates[0]).toMatch(
      /^arn:aws:iam::\d{12}:role\/\S+ {2}AWSReservedSSO_\S+, role in /,
    )
    expect(ran.stderr).toMatch(/^error AMBIGUOUS: `AWSReservedSSO` means \d+ principals\n/)
  })
})

describe('the schemas', () => {
  it('describe every verb, and complain of a value that is wrong', () => {
    const described = readdirSync(SCHEMAS).map((file) => file.replace('.json', ''))
    const own = VERBS.map(({ name }) => name).filter(
      (name) => !['explain', 'simulate', 'aws', 'gcp', 'azure', 'exec'].includes(name),
    )
    expect(described).toEqual(expect.arrayContaining([...own, 'envelope', 'error', 'finding']))
    expect(mistakes('serve.json', { url: 1 })).toEqual(['/url must be string'])
    expect(mistakes('serve.json', { url: '', more: 1 })).toEqual([' must NOT have additional properties'])
    const allowed = { as: 'aws:x', decision: 'allowed', because: [] }
    expect(mistakes('can.json', { answers: [allowed] })).toContain(
      '/answers/0/because must NOT have fewer than 1 items',
    )
  })
})
