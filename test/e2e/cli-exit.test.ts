import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  accountDetails,
  demoStore,
  exported,
  gomeisa,
  temporaryFolder,
  wholeOrganization,
} from './command.ts'

/** Milliseconds for what starts many processes: the machine may be busy. */
const SLOW = 120_000

const READS = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::files/*' } as const
const ALL = { Effect: 'Allow', Action: '*', Resource: '*' } as const
const FILE = 'arn:aws:s3:::files/a'

/** A folder with a small account, imported and analysed. */
function smallEstate(): string {
  const folder = temporaryFolder()
  exported(join(folder, 'exports'), {
    'gaad.json': accountDetails({ ana: READS, bo: ALL }),
    'org.json': wholeOrganization(),
    'files.jsonl': JSON.stringify({
      arn: 'arn:aws:s3:::files',
      type: 's3',
      account: '111122223333',
      policy: null,
    }),
  })
  expect(gomeisa(['import', 'exports'], { cwd: folder }).status).toBe(0)
  expect(gomeisa(['analyze'], { cwd: folder }).status).toBe(0)
  return folder
}

describe('exit codes', () => {
  let cwd: string
  beforeAll(() => {
    cwd = smallEstate()
  })

  it.each([
    [0, 'an answer, be it no', ['can', 'ana', 's3:PutObject', FILE]],
    [0, 'findings', ['findings']],
    [0, 'a threshold that nothing reaches', ['findings', '--rule', 'public-access', '--fail-on', 'info']],
    [0, 'help', ['findings', '--help']],
    [0, 'the version', ['--version']],
    [2, 'no verb at all', []],
    [2, 'an unknown verb', ['finding']],
    [2, 'an unknown option', ['findings', '--sevrity', 'high']],
    [2, 'a missing argument', ['can', 'ana', 's3:GetObject']],
    [2, 'too many arguments', ['findings', 'high']],
    [2, 'an option without its value', ['findings', '--limit']],
    [2, 'a limit that is no number', ['findings', '--limit', '1e3']],
    [2, 'a limit of nothing', ['who-can', 's3:GetObject', FILE, '--limit', '0']],
    [2, 'a word that is no severity', ['findings', '--fail-on', 'hgh']],
    [2, 'a rule that is none', ['findings', '--rule', 'public']],
    [2, 'a day that is none', ['import', 'exports', '--taken-at', '2026-02-30']],
    [2, 'a port that is none', ['serve', '--port', '65536']],
    [2, 'a snapshot that is not there', ['findings', '--snapshot', '1999-01-01']],
    [2, 'a store that is not there', ['findings', '--data', 'elsewhere']],
    [2, 'a file that is not there', ['import', 'nowhere.json']],
    [2, 'half a question', ['explain', 'ana', 's3:GetObject']],
    [2, 'the demo over a store of one’s own', ['demo', '--once', '--data', '.gomeisa']],
    [2, 'the demo kept in a store of one’s own', ['demo', '--once', '--keep', '.gomeisa']],
    [3, 'findings at the threshold', ['findings', '--fail-on', 'high']],
    [4, 'an unknown answer', ['can', 'ana', 's3:GetObject', 'arn:aws:s3:::somebody-elses/a']],
  ] as const)('%i: %s', (code, _, args) => {
    const { status, stdout, stderr } = gomeisa(args, { cwd })
    expect({ status, stderr }).toMatchObject({ status: code })
    if (code !== 2) return
    expect(stdout).toBe('')
    expect(stderr).not.toMatch(/^ {4}at /m)
    // An error in one line, and what to do about it in the next.
    if (args.length > 0) expect(stderr).toMatch(/^error [A-Z_]+: [^A-Z\n].*\n {2}\S/)
    else expect(stderr).toContain('Usage: gomeisa VERB [options]')
  })

  it('1: the store is no store', () => {
    const folder = exported(temporaryFolder(), {
      '.gomeisa/gomeisa.db': 'not a database, though long enough\n'.repeat(99),
    })
    const { status, stdout, stderr } = gomeisa(['findings'], { cwd: folder })
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/^error STORE_UNUSABLE: /)
    expect(gomeisa(['doctor'], { cwd: folder })).toMatchObject({ status: 1 })
  })

  it('4: a call was refused to the exporter, at import and at analysis', () => {
    const said =
      'An error occurred (AccessDenied) when calling the GetCredentialReport operation: not authorized'
    const folder = exported(temporaryFolder(), {
      'e/111122223333/gaad.json': accountDetails({ ana: READS }),
      'e/111122223333/credential-report.csv': said,
    })
    for (const verb of [['import', 'e'], ['analyze']]) {
      const { status, stdout } = gomeisa(verb, { cwd: folder })
      expect(status).toBe(4)
      expect(stdout).toContain('AWS: credential report refused to the exporter')
    }
  })
})

describe('which store and which snapshot', () => {
  it(
    '--data before or after the verb',
    () => {
      const folder = smallEstate()
      const data = join(folder, '.gomeisa')
      const here = gomeisa(['findings'], { cwd: folder }).stdout
      expect(gomeisa(['--data', data, 'findings']).stdout).toBe(here)
      expect(gomeisa(['findings', '--data', data]).stdout).toBe(here)
      // A folder that is called like a verb is no verb.
      expect(gomeisa(['--data', 'can', 'findings'], { cwd: folder }).stderr).toMatch(/^error NO_SNAPSHOT/)
    },
    SLOW,
  )

  it(
    '--snapshot by the day or the beginning of its id',
    () => {
      const data = demoStore()
      const of = (...options: string[]) =>
        gomeisa(['--data', data, 'can', 'tomasz', 's3:GetObject', 'x', ...options])
      const ask = (...options: string[]) => {
        const { stdout, status, stderr } = gomeisa(['--data', data, 'findings', '--json', ...options])
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
        return (JSON.parse(stdout) as { snapshot: { id: string; takenAt: string } }).snapshot
      }
      expect(ask('--snapshot', '2026-11-09').takenAt).toBe('2026-11-09T06:00:00Z')
      const newest = ask()
      expect(newest.takenAt).toBe('2026-11-16T06:00:00Z')
      expect(ask('--snapshot', newest.id.slice(0, 7))).toEqual(newest)
      const ambiguous = of('--snapshot', '2026-11')
      expect(ambiguous.status).toBe(2)
      expect(ambiguous.stderr).toMatch(
        /means 2 snapshots\n {2}- [0-9a-f]{12} {2}taken 2026-11-09T06:00:00Z\n/,
      )
    },
    SLOW,
  )
})
