import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { writeEstate } from '../bench/estate.ts'
import {
  accountDetails,
  exported,
  gomeisa,
  LAUNCHER,
  plainEnvironment,
  temporaryFolder,
  wholeOrganization,
} from './command.ts'

/** Milliseconds for what starts many processes: the machine may be busy. */
const SLOW = 120_000

/** Clears the screen, renames the window, turns the text around, ends the line; `\u009b` is the 8-bit form of `ESC [`. */
const EVIL = 'eve\u001b[2J\u001b]0;x\u0007\u202egnp.exe\nroot\r\u009b31m\u2028\u200b'
const SEEN = String.raw`eve\u{1b}[2J\u{1b}]0;x\u{7}\u{202e}gnp.exe\u{a}root\u{d}\u{9b}31m\u{2028}\u{200b}`
const BAD_UNITS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/

/** One line of text, the indentation of its continuation lines forgotten. */
const flat = (text: string) => text.replace(/\n */g, '')

describe('names made to drive a terminal', () => {
  let cwd: string
  const run = (...args: string[]) => gomeisa(args, { cwd })
  const BUCKET = `arn:aws:s3:::${EVIL}`

  beforeAll(() => {
    cwd = temporaryFolder()
    const statement = {
      Sid: EVIL,
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalTag/x': EVIL } },
    } as const
    const open = {
      Version: '2012-10-17',
      Statement: [{ ...statement, Principal: '*', Action: 's3:GetObject', Resource: `${BUCKET}/*` }],
    }
    const organization = wholeOrganization()
    exported(join(cwd, 'exports'), {
      'gaad.json': accountDetails({
        [EVIL]: statement,
        [`${EVIL} 2`]: { Effect: 'Allow', Action: '*', Resource: '*' },
      }),
      'org.json': {
        ...organization,
        Accounts: { '111122223333': { ...organization.Accounts['111122223333'], name: EVIL } },
      },
      'open.jsonl': JSON.stringify({ arn: BUCKET, type: 's3', account: '111122223333', policy: open }),
    })
  })

  it(
    'are shown harmless by every verb, for people and in JSON',
    () => {
      expect(run('import', 'exports').status).toBe(0)
      expect(run('analyze').status).toBe(0)
      const { findings } = (
        JSON.parse(run('findings', '--json').stdout) as {
          result: { findings: { id: string; says: string }[] }
        }
      ).result
      expect(findings.length).toBeGreaterThan(0)
      expect(findings.some(({ says }) => says.includes(EVIL))).toBe(true)
      const verbs = [
        ['import', 'exports'],
        ['analyze'],
        ['findings'],
        ['explain', findings[0]?.id ?? ''],
        ['can', EVIL, 's3:GetObject', BUCKET],
        ['explain', EVIL, 's3:GetObject', BUCKET],
        ['who-can', 's3:GetObject', BUCKET],
        ['what-can', EVIL],
        ['report'],
        ['report', '--format', 'csv'],
        ['report', '--format', 'html'],
        ['doctor'],
        ['can', 'eve', 's3:GetObject', 'x'],
        ['can', EVIL, 's3:GetObject', `${EVIL}?`],
        ['findings', '--rule', EVIL],
        ['import', EVIL],
        [EVIL],
      ]
      for (const words of verbs) {
        for (const more of [[], ['--json']]) {
          const { stdout, stderr } = run(...words, ...more)
          expect({ words, bad: BAD_UNITS.exec((stdout + stderr).replaceAll('\r\n', '\n')) }).toEqual({
            words,
            bad: null,
          })
          if (more.length > 0 && stdout !== '' && words[0] !== 'report') JSON.parse(stdout)
        }
      }
      expect(flat(run('what-can', EVIL).stdout)).toContain(SEEN.slice(0, 40))
      expect(flat(run('who-can', 's3:GetObject', BUCKET).stdout)).toContain(SEEN)
    },
    SLOW,
  )
})

describe('secrets', () => {
  const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYzEXAMPLEKEY'
  // Each is wrong in its own way right beside the secret.
  it.each([
    [
      'a key that was saved with the exports',
      { AccessKey: { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', SecretAccessKey: SECRET } },
      'key.json',
    ],
    ['text that is no JSON', `{"UserDetailList": [{"secret": "${SECRET}" ${SECRET}`, 'cut.json'],
    ['a wrong type', { ...accountDetails({}), UserDetailList: SECRET }, 'shape.json'],
    [
      'a wrong type inside',
      { ...accountDetails({}), UserDetailList: [{ UserName: { value: SECRET }, Arn: SECRET }] },
      'inside.json',
    ],
    ['a table', `user,arn,secret\nana,${SECRET}`, 'table.csv'],
    ['bytes that are no text', `\u0000${SECRET}`, 'binary.bin'],
  ])('are in no message: %s', (_, content, name) => {
    const cwd = exported(temporaryFolder(), { [`e/${name}`]: content })
    for (const more of [[], ['--json']]) {
      const { status, stdout, stderr } = gomeisa(['import', 'e', ...more], {
        cwd,
        env: { GOMEISA_DEBUG: '1' },
      })
      expect([0, 2]).toContain(status)
      expect(stdout + stderr).toContain(name)
      expect(stdout + stderr).not.toContain(SECRET.slice(0, 12))
    }
  })
})

it(
  'a reader that has gone ends nothing with noise: gomeisa findings | head -1',
  () => {
    const cwd = temporaryFolder()
    writeEstate('M/4', join(cwd, 'e'))
    const script = [
      `${process.execPath} ${LAUNCHER} import e --quiet > import.txt`,
      `${process.execPath} ${LAUNCHER} analyze --quiet > analyze.txt`,
      `${process.execPath} ${LAUNCHER} findings --limit all --json | head -1`,
      'echo "${PIPESTATUS[0]}"',
      `${process.execPath} ${LAUNCHER} --help | true`,
      'echo "${PIPESTATUS[0]}"',
    ].join('\n')
    const { stdout, stderr } = spawnSync('bash', ['-c', script], {
      cwd,
      encoding: 'utf8',
      env: plainEnvironment(),
    })
    expect({ stdout, stderr }).toEqual({ stdout: '{\n0\n0\n', stderr: '' })
  },
  SLOW,
)

it(
  'killed in the middle of an import, the store is what it was and takes the next import',
  async () => {
    const cwd = temporaryFolder()
    exported(join(cwd, 'small'), {
      'gaad.json': accountDetails({ ana: { Effect: 'Allow', Action: '*', Resource: '*' } }),
    })
    expect(gomeisa(['import', 'small'], { cwd }).status).toBe(0)
    writeEstate('M', join(cwd, 'large'))
    const data = ['--data', join(cwd, '.gomeisa')]
    for (const after of [350, 600, 850]) {
      const child = spawn(process.execPath, [LAUNCHER, ...data, 'import', 'large'], { cwd, stdio: 'ignore' })
      const ended = new Promise<string | null>((done) => child.on('close', (_, signal) => done(signal)))
      await new Promise((wait) => setTimeout(wait, after))
      child.kill('SIGKILL')
      expect([null, 'SIGKILL']).toContain(await ended)
      const { status, stdout } = gomeisa(['doctor'], { cwd })
      expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringMatching(/^ok +store: /m) })
    }
    const { status, stdout } = gomeisa(['import', 'large'], { cwd })
    expect(status).toBe(0)
    expect(stdout).toMatch(/(?:snapshot|this is snapshot) [0-9a-f]{12} taken /)
    expect(existsSync(join(cwd, '.gomeisa', 'gomeisa.db'))).toBe(true)
    expect(gomeisa(['analyze'], { cwd }).status).toBe(0)
  },
  SLOW,
)
