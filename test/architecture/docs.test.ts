import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import runtime from '../../app/runtime/package.json' with { type: 'json' }
import manifest from '../../package.json' with { type: 'json' }
import { ERROR_CODES } from '../../graph/index.ts'
import { filesUnder, ROOT } from './gate.ts'

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const pages = [
  'README.md',
  'CHANGELOG.md',
  ...filesUnder(ROOT, 'docs').filter((path) => path.endsWith('.md')),
]

test('docs/dependencies.md has one line for each dependency and none for others', () => {
  const named = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` +\| (.+) \|$/gm)]
  const declared = [manifest.dependencies, manifest.devDependencies, runtime.optionalDependencies]
  expect(named.map(([, name]) => name).sort()).toEqual(declared.flatMap((group) => Object.keys(group)).sort())
  expect(named.filter(([, , reason]) => reason!.trim().length < 20)).toEqual([])
})

test('every version is exact', () => {
  const declared = [manifest.dependencies, manifest.devDependencies, runtime.optionalDependencies]
  const versions = declared.flatMap((group) => Object.entries<string>(group))
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
})

test('docs/errors.md explains each error code and no other', () => {
  const sections = read('docs/errors.md').split(/^## /m).slice(1)
  const explained = sections.map((section) => section.split('\n')[0]!.trim())
  expect(explained).toEqual([...ERROR_CODES])
  const empty = sections.filter((section) => section.split('\n').slice(1).join('').trim().length < 40)
  expect(empty).toEqual([])
})

test('links between the pages lead somewhere', () => {
  const dead = pages.flatMap((page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, link]) => link!)
    return links
      .filter((link) => !existsSync(join(ROOT, dirname(page), link)))
      .map((link) => `${page}: ${link}`)
  })
  expect(dead).toEqual([])
})

test('the lock file names no registry of a machine', () => {
  const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { resolved?: string }> }
  const resolved = Object.values(lock.packages).flatMap(({ resolved }) => (resolved ? [resolved] : []))
  expect(resolved.filter((from) => !from.startsWith('https://registry.npmjs.org/'))).toEqual(['app/runtime'])
})
