import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SOURCE_KINDS } from '../../../graph/index.ts'
import { importing, temporaryFolder } from './importing.ts'

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/import.md'), 'utf8')
const hasJq = spawnSync('jq', ['--version']).status === 0

/** The text under a heading of the page, up to the next one of its level. */
function section(title: string): string {
  const start = PAGE.indexOf(`\n## ${title}\n`)
  return PAGE.slice(start, PAGE.indexOf('\n## ', start + 1))
}

/** Runs the commands of the page in an empty folder, with a stand-in for the cloud's tool. */
function exported(cloud: 'gcp' | 'azure', tool: string): string {
  const blocks = [
    section('Answers that do not show their question'),
    section(cloud === 'gcp' ? 'GCP' : 'Azure'),
  ]
  const commands = blocks.flatMap((text) =>
    [...text.matchAll(/^```bash\n([^]*?)^```$/gm)].map(([, block]) => block),
  )
  const folder = temporaryFolder()
  const tools = join(temporaryFolder(), 'bin')
  mkdirSync(tools)
  copyFileSync(join(import.meta.dirname, `fake-${tool}.sh`), join(tools, tool))
  writeFileSync(join(tools, 'sleep'), '#!/bin/sh\n')
  for (const each of [tool, 'sleep']) chmodSync(join(tools, each), 0o755)
  execFileSync('bash', ['-uc', commands.join('\n')], {
    cwd: folder,
    env: {
      ...process.env,
      PATH: `${tools}:${process.env['PATH'] ?? ''}`,
      EXAMPLES: join(import.meta.dirname, `../../golden/import/${cloud}`),
    },
  })
  for (const left of ['.answer', '.error', '.listed']) rmSync(join(folder, left), { force: true })
  return folder
}

describe.skipIf(!hasJq)('the commands of docs/import.md write an export that is taken', () => {
  test('of GCP', async () => {
    const { taken, ignored, gaps, snapshot } = await importing([exported('gcp', 'gcloud')])
    expect(new Set(taken.map(({ kind }) => kind))).toEqual(
      new Set([
        'gcp.organizations',
        'gcp.iam-policies',
        'gcp.assets',
        'gcp.projects',
        'gcp.roles',
        'gcp.group-memberships',
        'gcp.deny-policies',
      ]),
    )
    expect(ignored.map(({ why }) => why)).toEqual([
      'not an answer but an error, kept as a gap (role-definitions)',
    ])
    // The fake refuses one role. The group in the group was asked for, too.
    expect(gaps.map(({ kind, what }) => `${kind} ${what}`)).toEqual(['refused role-definitions'])
    const sources = snapshot.sources.filter(({ kind }) => /memberships|deny/.test(kind))
    expect(sources.map(({ kind, rows }) => [kind, rows])).toEqual([
      ['gcp.deny-policies', 0],
      ['gcp.deny-policies', 1],
      ['gcp.group-memberships', 3],
    ])
  })

  test('of Azure', async () => {
    const { taken, ignored, gaps, snapshot } = await importing([exported('azure', 'az')])
    const kinds = Object.keys(SOURCE_KINDS).filter(
      (kind) => kind.startsWith('azure.') && !['azure.azurehound', 'azure.coverage'].includes(kind),
    )
    expect(new Set(taken.map(({ kind }) => kind))).toEqual(new Set(kinds))
    expect(ignored).toEqual([])
    expect(gaps.map(({ kind, what }) => `${kind} ${what}`)).toEqual(['refused owners'])
    // Both pages of the users, the second by the link in the first.
    expect(snapshot.sources.find(({ kind }) => kind === 'azure.users')).toMatchObject({ rows: 2 })
  })
})
