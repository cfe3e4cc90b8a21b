import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

it('the table of failures names tests that there are', () => {
  const [, table = ''] = read('docs/grants.md').split('### What brought other systems down')
  const rows = table.split('\n').filter((line) => line.startsWith('| ') && !/^\| (?:Failure|-)/.test(line))
  expect(rows).toHaveLength(18)
  const named = rows.map((row) => [...row.matchAll(/`([^`]+\.test\.ts)`: "([^"]+)"/g)])
  expect(named.filter((tests) => tests.length === 0)).toHaveLength(0)
  const missing = named
    .flat()
    .filter(([, file = '', title = '']) => !read(`test/broker/${file}`).includes(title))
  expect(missing.map(([text]) => text)).toEqual([])
})
