import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const launcher = join(import.meta.dirname, '../../app/cli/bin.mjs')
const run = (...args: string[]) => spawnSync(process.execPath, args, { encoding: 'utf8' })

test('the launcher runs the command line from the sources', () => {
  const { status, stdout, stderr } = run(launcher, '--version')
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: '' })
})

test('an old Node gets one line that says what to do', () => {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } })`
  const { status, stdout, stderr } = run('--import', `data:text/javascript,${pretend}`, launcher, '--version')
  expect(status).toBe(1)
  expect(stdout).toBe('')
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(stderr).toMatch(/needs Node 24 or newer and found 20\.19\.0: install Node 24/)
})

test('an unknown verb is an error, not a silence', () => {
  const { status, stderr } = run(launcher, 'no-such-verb')
  expect(status).not.toBe(0)
  expect(stderr).not.toBe('')
})
