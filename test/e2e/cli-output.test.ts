import { stripVTControlCharacters } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { VERBS } from '../../app/cli/verbs/index.ts'
import { columnsOf } from '../../graph/index.ts'
import { demoStore, gomeisa, temporaryFolder } from './command.ts'

const BUCKET = 'lumenly-payroll-exports'
/** Milliseconds for what starts many processes: the machine may be busy. */
const SLOW = 120_000
let data: string
let ids: Readonly<Record<string, string>>

const ask = (...args: string[]) => gomeisa(['--data', data, ...args])
const tooWide = (text: string) => text.split('\n').filter((line) => columnsOf(line) > 80)

beforeAll(() => {
  data = demoStore()
  const { findings } = (JSON.parse(ask('findings', '--json').stdout) as { result: { findings: Found[] } })
    .result
  // One finding of each rule.
  ids = Object.fromEntries(findings.map(({ rule, id }) => [rule, id]))
}, SLOW)

interface Found {
  readonly rule: string
  readonly id: string
}

/** Questions that together show everything a verb can print on the demo. */
const QUESTIONS: readonly (readonly string[])[] = [
  ['analyze'],
  ['can', 'ingrid.solheim', 's3:GetObject', BUCKET],
  ['can', 'smoke-test-target', 'iam:PassRole', 'org-administrator'],
  ['explain', 'ingrid.solheim', 's3:GetObject', BUCKET],
  ['who-can', 's3:GetObject', BUCKET],
  ['who-can', 'storage.objects.get', 'lumenly-press-kit', '--limit', 'all'],
  ['who-can', 'Microsoft.Compute/virtualMachines/write', 'lumenly-corp-it', '--limit', 'all'],
  ['what-can', 'oliver.brandt', '--limit', 'all'],
  ['what-can', 'katarzyna.bekele', '--limit', 'all'],
  ['findings', '--limit', 'all'],
  ['doctor'],
  ['demo', '--once'],
]

describe('plain output', () => {
  it.each(QUESTIONS)('%s %s %s fits into 80 columns, without an escape sequence', (...words) => {
    const store = words[0] === 'demo' ? ['--keep', data] : ['--data', data]
    const { stdout, stderr, status } = gomeisa([...words, ...store])
    expect([0, 4]).toContain(status)
    expect(stdout).not.toBe('')
    expect(tooWide(stdout)).toEqual([])
    expect(stripVTControlCharacters(stdout + stderr)).toBe(stdout + stderr)
  })

  it(
    'explain shows each rule’s proof in 80 columns; of a remedy only words that cannot be folded are longer',
    () => {
      expect(Object.keys(ids).length).toBeGreaterThan(8)
      for (const [rule, id] of Object.entries(ids)) {
        const { stdout, status } = ask('explain', id)
        expect({ rule, status }).toEqual({ rule, status: 0 })
        const [proof = '', remedy = ''] = stdout.split('\nRemedy\n')
        expect(tooWide(proof)).toEqual([])
        expect(remedy).not.toBe('')
        const foldable = tooWide(remedy).filter((line) => line.trim().replace(/ \\$/, '').includes(' '))
        expect(foldable.filter((line) => !/^ +[+ -]|'/.test(line))).toEqual([])
      }
    },
    SLOW,
  )

  it(
    'is silent on stderr with --quiet, and says there what to do next without',
    () => {
      for (const words of QUESTIONS) {
        if (words[0] === 'demo') continue
        expect(ask(...words, '--quiet').stderr).toBe('')
      }
      expect(ask('findings', '--limit', '1').stderr).toMatch(/^next: gomeisa --data \S+ explain [0-9a-f]{8} /)
    },
    SLOW,
  )

  it('has colours only when they are asked for', () => {
    const words = ['--data', data, 'findings', '--limit', '2']
    expect(gomeisa(words, { env: { FORCE_COLOR: '1' } }).stdout).toContain('\u001b[')
    expect(gomeisa(words, { env: { NO_COLOR: '1' } }).stdout).not.toContain('\u001b[')
    const coloured = gomeisa(words, { env: { FORCE_COLOR: '1' } }).stdout
    expect(stripVTControlCharacters(coloured)).toBe(gomeisa(words).stdout)
  })
})

describe('help', () => {
  it('lists every verb with its arguments, and fits into 80 columns', () => {
    const { stdout, status } = gomeisa(['--help'])
    expect(status).toBe(0)
    for (const { name, takes, summary } of VERBS) {
      expect(stdout).toContain(`  ${`${name} ${takes}`.trimEnd()} `)
      expect(stdout.replace(/\s+/g, ' ')).toContain(summary)
    }
    expect(tooWide(stdout)).toEqual([])
  })

  it.each(VERBS.map(({ name }) => name))('%s has examples that are its own, in 80 columns', (name) => {
    const { stdout, stderr, status } = gomeisa([name, '--help'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain(`Examples:\n  gomeisa ${name}`)
    expect(tooWide(stdout)).toEqual([])
    expect(stdout.match(/--json/g)?.length).toBeLessThanOrEqual(5)
    expect(gomeisa(['help', name]).stdout).toBe(stdout)
  })
})

describe('names', () => {
  it('a person is asked as all identities of the e-mail, and as what they sign in to', () => {
    const { stdout } = ask('can', 'ingrid.solheim', 's3:GetObject', BUCKET)
    expect(stdout).toMatch(
      /^ALLOWED IF {2}ingrid\.solheim@lumenly\.example\n {12}as AWSReservedSSO_PayrollDataReader/,
    )
    expect(stdout).toMatch(/\nDENIED as 4 other identities of ingrid\.solheim@lumenly\.example\n$/)
  })

  it('the name of a bucket means its objects where the action is on objects, and only there', () => {
    expect(ask('who-can', 's3:GetObject', BUCKET).stdout).toContain(
      `s3:GetObject on arn:aws:s3:::${BUCKET}/*\n`,
    )
    expect(ask('who-can', 's3:PutBucketPolicy', BUCKET).stdout).toContain(`on arn:aws:s3:::${BUCKET}\n`)
  })

  it('an ambiguous name lists candidates and ends with 2', () => {
    const { status, stdout, stderr } = ask('what-can', 'AWSReservedSSO')
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^error AMBIGUOUS: `AWSReservedSSO` means \d+ principals\n/)
    expect(stderr.match(/^ {2}- arn:aws:iam::\d{12}:role\//gm)).toHaveLength(12)
    expect(stderr).toMatch(/give one of these ids, or more of the name; \d+ more fit\n$/)
  })

  it('an unknown name shows those that look like it and ends with 2', () => {
    const { status, stderr } = ask('what-can', 'oliver.brant')
    expect(status).toBe(2)
    expect(stderr).toMatch(
      /no principal answers to `oliver\.brant`\n {2}- arn:aws:iam::111122220012:user\/oliver\.brandt /,
    )
    expect(ask('who-can', 's3:GetObject', 'zzzzzz')).toMatchObject({ status: 2, stdout: '' })
    expect(ask('who-can', 'nothing', 'zzzzzz')).toMatchObject({ status: 2, stdout: '' })
    expect(ask('explain', 'ffffffffffffffff')).toMatchObject({ status: 2, stdout: '' })
  })

  it('a misspelt action is answered, with a remark on stderr', () => {
    const { status, stderr } = ask('who-can', 's3:GetObjct', BUCKET)
    expect(status).toBe(0)
    expect(stderr).toMatch(/^no list of AWS actions has `s3:GetObjct`; did you mean `s3:GetObject`\?\n/)
    expect(ask('who-can', 's3:GetObject', BUCKET).stderr).not.toContain('no list')
  })

  it('people come first among those who can, roles and workloads after them', () => {
    const { stdout } = ask('who-can', 'storage.objects.get', 'lumenly-press-kit')
    const headings = [...stdout.matchAll(/^ {2}([A-Z][^(]+) \(\d/gm)].map(([, heading]) => heading)
    expect(headings).toEqual(['People', 'Roles and workloads', 'Groups', 'Everyone in'])
    expect(ask('who-can', 's3:GetObject', BUCKET).stdout).toMatch(
      /People who sign in \(1\)\n {4}ingrid\.solheim@lumenly\.example\n {6}as AWSReservedSSO_PayrollDataReader_/,
    )
  })

  it('a denial says first which layer decides', () => {
    const { stdout } = ask('can', 'smoke-test-target', 'iam:PassRole', 'org-administrator')
    expect(stdout).toMatch(/^DENIED {6}smoke-test-target\n(?: {12}.+\n)+ {2}decides {3}identity policy: /)
  })

  it('what-can tells administrators, the most powerful row first', () => {
    const { stdout } = ask('what-can', 'oliver.brandt')
    expect(stdout).toContain('\n  ADMINISTRATOR of account lumenly-data-prod\n  ALLOWED  22,')
  })
})

it('works in the folder it is started in, with no store there', () => {
  const cwd = temporaryFolder()
  const { status, stdout, stderr } = gomeisa(['findings'], { cwd })
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(/^error NO_SNAPSHOT: .+\n {2}.*gomeisa import/)
  expect(gomeisa(['doctor'], { cwd }).stdout).toMatch(
    /^remark +store: none in \.gomeisa; gomeisa import PATH… makes it$/m,
  )
})
