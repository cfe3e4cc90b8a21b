import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SOURCE_KINDS } from '../../../graph/index.ts'
import { importing, temporaryFolder } from './importing.ts'

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/import.md'), 'utf8')
const hasJq = spawnSync('jq', ['--version']).status === 0

/** The commands of the page up to the end of the section of AWS, as a newcomer would paste them. */
function commands(): string {
  const untilAws = PAGE.slice(0, PAGE.indexOf('\n## GCP'))
  return [...untilAws.matchAll(/^```bash\n([^]*?)^```$/gm)].map(([, block]) => block).join('\n')
}

function exported(): string {
  const folder = temporaryFolder()
  const tools = join(temporaryFolder(), 'bin')
  mkdirSync(tools)
  copyFileSync(join(import.meta.dirname, 'fake-aws.sh'), join(tools, 'aws'))
  writeFileSync(join(tools, 'sleep'), '#!/bin/sh\n')
  for (const tool of ['aws', 'sleep']) chmodSync(join(tools, tool), 0o755)
  execFileSync('bash', ['-c', commands()], {
    cwd: folder,
    env: {
      ...process.env,
      PATH: `${tools}:${process.env['PATH'] ?? ''}`,
      EXAMPLES: join(import.meta.dirname, '../../golden/import/aws'),
      SHARES: join(import.meta.dirname, 'ram-answers.jsonl'),
    },
  })
  for (const left of ['.answer', '.error', '.report']) rmSync(join(folder, left), { force: true })
  return folder
}

/** Each command of the page is a process. */
const SLOW = 120_000

describe('docs/import.md', () => {
  it.skipIf(!hasJq)(
    'its commands for AWS write an export that is taken, with what was refused as gaps',
    { timeout: SLOW },
    async () => {
      const { taken, ignored, gaps, snapshot } = await importing([exported()])
      expect(new Set(taken.map(({ kind }) => kind))).toEqual(
        new Set([
          'aws.account-authorization-details',
          'aws.credential-report',
          'aws.resource-policies',
          'aws.answers',
          'aws.config-resources',
          'aws.sso-instances',
          'aws.permission-set',
          'aws.permission-set-inline-policy',
          'aws.permission-set-managed-policies',
          'aws.account-assignments',
          'aws.identity-store-users',
          'aws.identity-store-groups',
          'aws.identity-store-memberships',
          'aws.organization',
          'aws.organization-roots',
          'aws.accounts',
          'aws.accounts-for-parent',
          'aws.organizational-units',
          'aws.organization-policies',
          'aws.organization-policy',
          'aws.policy-targets',
        ]),
      )
      expect(ignored.map(({ why }) => why)).toEqual(['an empty list, which does not say what it lists'])
      expect(gaps.map(({ kind, scope, what }) => `${kind} ${scope} ${what}`).sort()).toEqual([
        'not-collected 444455556666 account-authorization-details',
        'not-collected 444455556666 credential-report',
        'not-collected 444455556666 resource-policies',
        'refused 111122223333 resource-policies',
        'refused 94482488-3041-7026-18f3-be45837cd0e4 identity-center-members',
      ])
      expect(snapshot.sources.find(({ kind }) => kind === 'aws.resource-policies')).toMatchObject({ rows: 4 })
      expect(snapshot.sources.find(({ kind }) => kind === 'aws.answers')).toMatchObject({ rows: 8 })
    },
  )

  it('names every AWS listing', () => {
    const words = Object.entries(SOURCE_KINDS).flatMap(([kind, { command }]) =>
      kind.startsWith('aws.') ? [/^aws (\S+ \S+)/.exec(command)?.[1]] : [],
    )
    const missing = words.filter((each) => each !== undefined && !PAGE.includes(each.split(' ')[1] ?? each))
    expect(missing).toEqual([])
  })
})
