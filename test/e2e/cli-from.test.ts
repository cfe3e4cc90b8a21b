import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { demoEstate, writeDemoFiles } from '../../app/demo/index.ts'
import { gomeisa, temporaryFolder } from './command.ts'

const SLOW = 120_000
const folder = temporaryFolder()
const exported = join(folder, 'exports')
const data = join(folder, 'data')

/** The result of a verb in JSON, asked of the store and of the files. */
function both(args: readonly string[]): readonly [Record<string, unknown>, Record<string, unknown>] {
  const asked = [
    ['--data', data],
    ['--from', exported],
  ].map((which) => {
    const { status, stdout, stderr } = gomeisa(['--json', '--quiet', ...args, ...which])
    expect({ args, status, stderr }).toMatchObject({ status: 0, stderr: '' })
    return (JSON.parse(stdout) as { result: Record<string, unknown> }).result
  })
  return [asked[0] ?? {}, asked[1] ?? {}]
}

beforeAll(async () => {
  await writeDemoFiles(demoEstate(2), exported)
  for (const args of [['import', exported], ['analyze']]) gomeisa(['--quiet', '--data', data, ...args])
}, SLOW)

describe('--from asks exports as they are', () => {
  it.each([
    'who-can s3:GetObject lumenly-payroll-exports',
    'can release-deployer iam:PassRole org-administrator',
    'can katarzyna.bekele iam.serviceAccountKeys.create lumenly-ml-dev',
    'explain ingrid.solheim s3:GetObject lumenly-payroll-exports',
  ])('%s: the answer of the analysed store', (question) => {
    const [stored, direct] = both(question.split(' '))
    expect(direct).toEqual(stored)
  })

  it('what-can leaves open who administers what, which is derived', () => {
    const [stored, direct] = both(['what-can', 'release-deployer'])
    const of = (result: Record<string, unknown>) => result['answers'] as Record<string, unknown>[]
    expect(of(direct).map((each) => each['privileges'])).toEqual(of(stored).map((each) => each['privileges']))
    expect(of(direct).map((each) => each['administers'])).toEqual([null])
  })

  it('keeps nothing, and the next command asks the same files', () => {
    const cwd = temporaryFolder()
    const { status, stderr } = gomeisa(
      ['can', 'release-deployer', 'iam:PassRole', 'org-administrator', '--from', exported],
      { cwd },
    )
    expect({ status, stderr }).toMatchObject({
      status: 0,
      stderr: expect.stringContaining(`--from ${exported}`),
    })
    expect(readdirSync(cwd)).toEqual([])
    expect(existsSync(join(cwd, '.gomeisa'))).toBe(false)
  })

  it('refuses what it cannot do', () => {
    const questions = [
      ['explain', '3f9c2a71', '--from', exported],
      ['can', 'a', 's3:GetObject', 'b', '--from', exported, '--snapshot', 'latest'],
      ['who-can', 's3:GetObject', 'b', '--from', join(folder, 'nowhere')],
    ]
    for (const question of questions) expect(gomeisa(question).status).toBe(2)
  })
})
