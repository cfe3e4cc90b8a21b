import { describe, expect, it } from 'vitest'
import { accountDetails, exported, gomeisa, temporaryFolder, wholeOrganization } from './command.ts'

/** An estate of one administrator and one who may do what nobody lists, imported and analysed. */
function estate(): string {
  const folder = temporaryFolder()
  const exports = exported(`${folder}/exports`, {
    'gaad.json': accountDetails({
      ana: { Effect: 'Allow', Action: '*', Resource: '*' },
      ben: { Effect: 'Allow', Action: 's3:ListBuckets2*', Resource: '*' },
    }),
    'org.json': wholeOrganization(),
    'resources.jsonl':
      '{"arn":"arn:aws:s3:::logs","type":"AWS::S3::Bucket","account":"111122223333","policy":null}\n',
  })
  expect(gomeisa(['--data', `${folder}/data`, 'import', exports]).status).toBe(0)
  expect(gomeisa(['--data', `${folder}/data`, 'analyze']).status).toBe(0)
  return `${folder}/data`
}

interface Answered {
  readonly result: {
    readonly action: string
    readonly answers: readonly {
      readonly because: readonly { readonly says: string }[]
      readonly privileges: readonly {
        readonly resources: readonly string[]
        readonly actions: readonly string[]
      }[]
    }[]
  }
}

describe('actions', () => {
  const data = estate()
  const ask = (...args: readonly string[]) => gomeisa(['--data', data, ...args])
  const json = (...args: readonly string[]) => (JSON.parse(ask('--json', ...args).stdout) as Answered).result

  it('what-can on a resource leaves out what cannot be about it', () => {
    const rows = json('what-can', 'ana', '--on', 'arn:aws:s3:::logs').answers.flatMap(
      (each) => each.privileges,
    )
    const actions = (resource: string) =>
      new Set(rows.filter(({ resources }) => resources.includes(resource)).flatMap((row) => row.actions))
    const bucket = actions('arn:aws:s3:::logs')
    expect([...bucket].filter((action) => !/^(s3|s3-\w+|[a-z0-9-]+):/.test(action))).toEqual([])
    expect(bucket.has('s3:ListBucket')).toBe(true)
    for (const other of [
      'ec2:RunInstances',
      's3:GetObject',
      's3:ListAllMyBuckets',
      'sts:GetCallerIdentity',
    ]) {
      expect(bucket.has(other), other).toBe(false)
    }
    expect(bucket.size).toBeLessThan(300)
    const everything = json('what-can', 'ana').answers.flatMap((each) => each.privileges)
    expect(everything[0]?.actions.length).toBeGreaterThan(15_000)
  })

  it('patterns that no list knows are told as the policy writes them', () => {
    const rows = json('what-can', 'ben').answers.flatMap((each) => each.privileges)
    expect(rows.flatMap((row) => row.actions)).toContain('s3:ListBuckets2*')
  })

  it('is asked in any spelling and told in that of the cloud', () => {
    expect(json('can', 'ben', 'S3:listbucket', 'logs').action).toBe('s3:ListBucket')
    expect(json('who-can', 'S3:LISTBUCKET', 'logs').action).toBe('s3:ListBucket')
    const denied = ask('can', 'ben', 's3:listbucket', 'logs').stdout
    expect(denied).toContain('no identity policy allows s3:ListBucket')
    expect(ask('can', 'ben', 's3:ListNewThing', 'logs').stdout).toContain('allows s3:ListNewThing')
  })

  it('says when the action is never about such a resource', () => {
    const asked = ask('can', 'ana', 's3:ListAllMyBuckets', 'arn:aws:s3:::logs')
    expect(asked.stderr).toContain('s3:ListAllMyBuckets is never about such a resource')
    expect(ask('can', 'ana', 's3:ListBucket', 'arn:aws:s3:::logs').stderr).not.toContain('never about')
    expect(ask('who-can', 's3:GetObject', 'arn:aws:s3:::logs/x').stderr).not.toContain('never about')
  })
})
