import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { file, type Input, refusal, temporaryFolder } from './importing.ts'
import { zipArchive } from './zip-archive.ts'

const bucket = (name: string) => ({
  arn: `arn:aws:s3:::${name}`,
  type: 's3:bucket',
  account: '111122223333',
  policy: { Version: '2012-10-17', Statement: [] },
})
const user = (name: string, path = '/') => ({
  UserName: name,
  Arn: `arn:aws:iam::111122223333:user/${name}`,
  Path: path,
})
const details = (...users: unknown[]) => ({
  UserDetailList: users,
  GroupDetailList: [],
  RoleDetailList: [],
  Policies: [],
})
const lines = (...rows: unknown[]) => rows.map((row) => JSON.stringify(row)).join('\n')
const statement = (effect: string) => ({ Statement: [{ Effect: effect, Action: '*', Resource: '*' }] })

interface Bad {
  readonly is: string
  readonly input: () => Input
  readonly code: string
  readonly says: RegExp
  readonly place: object
  readonly remedy: RegExp
}

const CASES: readonly Bad[] = [
  {
    is: 'a line of 50 MB',
    input: () => [file('a.jsonl', `${lines(bucket('a'))}\n{"arn":"${'x'.repeat(50_000_000)}"}\n`)],
    code: 'INPUT_TOO_LARGE',
    says: /line 2 of `a.jsonl` has 51 MB, a line may have 34 MB/,
    place: { file: 'a.jsonl', line: 2 },
    remedy: /jq \. FILE/,
  },
  {
    is: 'JSON 10,000 levels deep',
    input: () => [file('deep.json', `{"UserDetailList":\n${'['.repeat(10_000)}${']'.repeat(10_000)}}`)],
    code: 'INPUT_TOO_DEEP',
    says: /nests JSON deeper than 200 levels/,
    place: { file: 'deep.json', line: 2, column: 200 },
    remedy: /no genuine export/,
  },
  {
    is: 'JSON 10,000 levels deep in a text of another document',
    input: () => [
      file('deep.jsonl', lines(bucket('a'), { ...bucket('b'), policy: '{"Statement":'.repeat(10_000) })),
    ],
    code: 'INPUT_SHAPE',
    says: /`policy` is text that is not JSON/,
    place: { file: 'deep.jsonl', line: 2, pointer: '/1/policy' },
    remedy: /export it again/,
  },
  {
    is: 'a key `__proto__`',
    input: () => [file('p.json', '{"UserDetailList":[{"UserName":"a","__proto__":{"isAdmin":true}}]}')],
    code: 'INPUT_SHAPE',
    says: /`p.json` has a key `__proto__`/,
    place: { file: 'p.json', pointer: '/UserDetailList/0/__proto__' },
    remedy: /no genuine export/,
  },
  {
    is: 'a key `__proto__` in escapes',
    input: () => [file('p.jsonl', `${lines(bucket('a'))}\n{"arn":"b","\\u005f_proto__":1}`)],
    code: 'INPUT_SHAPE',
    says: /`p.jsonl` has a key `__proto__`/,
    place: { file: 'p.jsonl', line: 2, pointer: '/__proto__' },
    remedy: /no genuine export/,
  },
  {
    is: 'a file in which each line names another call',
    input: () => [
      file('c.jsonl', lines(...Array.from({ length: 300 }, (_, i) => ({ call: `call ${i}`, response: {} })))),
    ],
    code: 'INPUT_SHAPE',
    says: /`c.jsonl` holds answers of more than 200 different calls/,
    place: { file: 'c.jsonl' },
    remedy: /`parameters`/,
  },
  {
    is: 'a zip bomb',
    input: () => [file('bomb.zip', zipArchive({ 'a.json': Buffer.alloc(100_000_000, ' ') }))],
    code: 'INPUT_TOO_LARGE',
    says: /`bomb.zip!a.json` is too large: it expands more than 200-fold/,
    place: { file: 'bomb.zip!a.json' },
    remedy: /no genuine export/,
  },
  {
    is: 'a gzip bomb inside an archive',
    input: () => [file('bomb.zip', zipArchive({ 'a.gz': gzipSync(Buffer.alloc(100_000_000, ' ')) }))],
    code: 'INPUT_TOO_LARGE',
    says: /`bomb.zip!a.gz` is too large: it expands more than 200-fold/,
    place: { file: 'bomb.zip!a.gz' },
    remedy: /no genuine export/,
  },
  {
    is: 'archives in archives without end',
    input: () => [
      file(
        'a.gz',
        [1, 2, 3, 4].reduce((inner) => gzipSync(inner), Buffer.from('{}')),
      ),
    ],
    code: 'INPUT_TOO_DEEP',
    says: /archives are nested in `a.gz` deeper than 3/,
    place: { file: 'a.gz' },
    remedy: /unpack it/,
  },
  {
    is: 'one id twice in a listing, differently',
    input: () => [file('g.json', details(user('dana'), user('dana', '/admins/')))],
    code: 'INPUT_DUPLICATE',
    says: /`arn:aws:iam::111122223333:user\/dana` is given twice, differently: first in `g.json` at `\/UserDetailList\/0`/,
    place: { file: 'g.json', pointer: '/UserDetailList/1' },
    remedy: /keep the file that is right/,
  },
  {
    is: 'one id in two files, differently',
    input: () => [
      file('monday.jsonl', lines(bucket('other'), bucket('a'))),
      file('tuesday.json', [{ ...bucket('a'), type: 's3:directory-bucket' }]),
    ],
    code: 'INPUT_DUPLICATE',
    says: /`arn:aws:s3:::a` is given twice, differently: first in `monday.jsonl` line 2 at `\/1`/,
    place: { file: 'tuesday.json', pointer: '/0' },
    remedy: /exports of different days/,
  },
  {
    is: 'invalid UTF-8',
    input: () => [file('u.json', Buffer.from(`{\n  "Roots": [],\n  "x": "é\xff"\n}`, 'latin1'))],
    code: 'INPUT_ENCODING',
    says: /`u.json` is not UTF-8: byte 0xe9 at offset 25/,
    place: { file: 'u.json', line: 3, column: 9 },
    remedy: /as UTF-8/,
  },
  {
    is: 'UTF-16 that is cut in a character',
    input: () => [
      file(
        'u.json',
        Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{}', 'utf16le'), Buffer.from([0x00, 0xd8])]),
      ),
    ],
    code: 'INPUT_ENCODING',
    says: /starts as UTF-16 and is not/,
    place: { file: 'u.json' },
    remedy: /as UTF-8/,
  },
  {
    is: 'a document that is cut off',
    input: () => [file('cut.json', '{\n  "UserDetailList": [\n    { "UserName": "da')],
    code: 'INPUT_SYNTAX',
    says: /`cut.json` is not JSON: it ends inside a string/,
    place: { file: 'cut.json', line: 3, column: 22 },
    remedy: /the file is cut off: export it again/,
  },
  {
    is: 'a line that is cut off',
    input: () => [file('cut.jsonl', `${lines(bucket('a'), bucket('b'))}\n{"arn":"arn:aws:s3:::c",`)],
    code: 'INPUT_SYNTAX',
    says: /it ends inside an object/,
    place: { file: 'cut.jsonl', line: 3, column: 25 },
    remedy: /cut off/,
  },
  {
    is: 'words between the JSON',
    input: () => [file('w.json', '{"Roots": []\nWARNING: retrying\n}')],
    code: 'INPUT_SYNTAX',
    says: /expected `,` or `}`, found "W"/,
    place: { file: 'w.json', line: 2, column: 1 },
    remedy: /nothing else/,
  },
  {
    is: 'a second document after the first',
    input: () => [file('two.json', '{\n "Roots": []\n}\n{\n "Roots": []\n}\n')],
    code: 'INPUT_SYNTAX',
    says: /goes on after its first JSON document/,
    place: { file: 'two.json', line: 4, column: 1 },
    remedy: /JSON Lines/,
  },
  {
    is: 'a file named JSON that is none',
    input: () => [file('x.json', 'UserDetailList: []')],
    code: 'INPUT_SYNTAX',
    says: /`x.json` is not JSON/,
    place: { file: 'x.json', line: 1, column: 1 },
    remedy: /export it again/,
  },
  {
    is: 'a list that is a text',
    input: () => [file('t.json', { ...details(), UserDetailList: 'none' })],
    code: 'INPUT_SHAPE',
    says: /`\/UserDetailList` is text: a list was expected/,
    place: { file: 't.json', pointer: '/UserDetailList' },
    remedy: /get-account-authorization-details/,
  },
  {
    is: 'a policy with an effect that IAM does not have',
    input: () => [
      file(
        't.json',
        details({
          ...user('dana'),
          UserPolicyList: [{ PolicyName: 'p', PolicyDocument: statement('allow') }],
        }),
      ),
    ],
    code: 'INPUT_SHAPE',
    says: /is `allow`: `Allow` or `Deny` was expected/,
    place: {
      file: 't.json',
      pointer: '/UserDetailList/0/UserPolicyList/0/PolicyDocument/Statement/0/Effect',
    },
    remedy: /leave it as printed/,
  },
  {
    is: 'a policy of an organization that is no JSON',
    input: () => [
      file('scp.json', {
        Policy: {
          PolicySummary: { Id: 'p-1', Type: 'SERVICE_CONTROL_POLICY', AwsManaged: false },
          Content: '{"Version"',
        },
      }),
    ],
    code: 'INPUT_SHAPE',
    says: /`Content` is text that is not JSON/,
    place: { file: 'scp.json', pointer: '/Policy/Content' },
    remedy: /describe-policy/,
  },
  {
    is: 'an answer that does not show its question',
    input: () => [file('t.json', { Targets: [{ TargetId: 'r-1', Type: 'ROOT' }] })],
    code: 'INPUT_SHAPE',
    says: /does not say the policy of these targets/,
    place: { file: 't.json', pointer: '' },
    remedy: /"call", "parameters", "response".*PolicyId.*docs\/import\.md/,
  },
  {
    is: 'an organization with a policy that is not there',
    input: () => [
      file('org.json', {
        Id: 'o-1',
        MasterAccountId: '111122223333',
        RootId: 'r-1',
        Ous: { 'r-1': { parent: null, scps: ['p-lost'] } },
        Accounts: {},
        Scps: {},
      }),
    ],
    code: 'INPUT_SHAPE',
    says: /`p-lost`, which is not in it/,
    place: { file: 'org.json', pointer: '/Ous/r-1/scps' },
    remedy: /docs\/import\.md/,
  },
  {
    is: 'a credential report with a short line',
    input: () => [
      file('c.csv', 'user,arn,password_enabled,mfa_active\n<root_account>,arn:aws:iam::111122223333:root\n'),
    ],
    code: 'INPUT_SYNTAX',
    says: /`c.csv` is not CSV/,
    place: { file: 'c.csv', line: 2 },
    remedy: /export it again/,
  },
  {
    is: 'a credential report that is still encoded',
    input: () => [
      file('c.json', {
        Content: 'dXNlcg==',
        ReportFormat: 'text/csv',
        GeneratedTime: '2026-11-01T00:00:00Z',
      }),
    ],
    code: 'INPUT_SHAPE',
    says: /still encoded in base64/,
    place: { file: 'c.json', pointer: '/Content' },
    remedy: /base64 -d/,
  },
  {
    is: 'a gzip file that is cut off',
    input: () => [file('a.json.gz', gzipSync(JSON.stringify(details(user('dana')))).subarray(0, 60))],
    code: 'INPUT_UNREADABLE',
    says: /the archive `a.json.gz` is damaged/,
    place: { file: 'a.json.gz' },
    remedy: /pack it again/,
  },
  {
    is: 'a zip file that is cut off',
    input: () => [file('a.zip', zipArchive({ 'a.json': '{}' }).subarray(0, 40))],
    code: 'INPUT_UNREADABLE',
    says: /the archive `a.zip` is damaged/,
    place: { file: 'a.zip' },
    remedy: /pack it again/,
  },
  {
    is: 'a zip file that is encrypted',
    input: () => [file('a.zip', zipArchive({ 'a.json': '{}' }, 1))],
    code: 'INPUT_UNREADABLE',
    says: /`a.zip!a.json` is encrypted/,
    place: { file: 'a.zip!a.json' },
    remedy: /unpack it with its password/,
  },
  {
    is: 'nothing that is known',
    input: () => [file('package.json', { name: 'x', version: '1' })],
    code: 'INPUT_UNRECOGNISED',
    says: /nothing to import: `package.json` is JSON of no format that is known \(name, version\)/,
    place: { file: 'package.json' },
    remedy: /docs\/import\.md/,
  },
  {
    is: 'no file',
    input: () => [temporaryFolder()],
    code: 'INPUT_UNRECOGNISED',
    says: /nothing to import: there are no files/,
    place: {},
    remedy: /docs\/import\.md/,
  },
  {
    is: 'a path that is not there',
    input: () => ['/no/such/export'],
    code: 'INPUT_UNREADABLE',
    says: /cannot read `\/no\/such\/export`: there is no such file or folder/,
    place: { file: '/no/such/export' },
    remedy: /check the path/,
  },
]

describe('bad input names file, place and remedy, and leaves the store as it was', () => {
  for (const { is, input, code, says, place, remedy } of CASES) {
    it(is, async () => {
      const error = await refusal(input())
      expect(error.message).toMatch(says)
      expect(error.code).toBe(code)
      expect(error.place ?? {}).toEqual(expect.objectContaining(place))
      expect(error.remedy).toMatch(remedy)
    })
  }

  it('a good file does not come in when the next one is broken', async () => {
    const error = await refusal([file('good.json', details(user('dana'))), file('bad.json', '{"a":')])
    expect(error.code).toBe('INPUT_SYNTAX')
  })

  // A link to itself opens for nobody, not even for root, whom no permission stops.
  it('a file that cannot be opened', async () => {
    const path = join(temporaryFolder(), 'loop.json')
    symlinkSync(path, path)
    const error = await refusal([path])
    expect(error).toMatchObject({ code: 'INPUT_UNREADABLE', place: { file: path } })
  })

  it('limits can be set', async () => {
    const many = [1, 2, 3].map((i) => file(`${i}.json`, details(user(`u${i}`))))
    expect(await refusal(many, { limits: { files: 2 } })).toMatchObject({
      code: 'INPUT_TOO_LARGE',
      place: { file: '3.json' },
    })
    expect(await refusal(many, { limits: { totalBytes: 300 } })).toMatchObject({ code: 'INPUT_TOO_LARGE' })
    expect(await refusal(many, { limits: { fileBytes: 100 } })).toMatchObject({
      code: 'INPUT_TOO_LARGE',
      place: { file: '1.json' },
    })
  })
})
