import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const DIST = join(import.meta.dirname, '../../ui/dist')
const KILOBYTE = 1024
const FIRST_PAGE = 230 * KILOBYTE
/** The first page and all pages that load later, the drawing of paths included. */
const EVERYTHING = 400 * KILOBYTE

const page = readFileSync(join(DIST, 'index.html'), 'utf8')
const compressed = (name: string): number => gzipSync(readFileSync(join(DIST, 'assets', name))).byteLength

test('the first page and the whole UI stay small', () => {
  const first = [...page.matchAll(/(?:src|href)="\/assets\/([^"]+)"/g)].map((match) => match[1] ?? '')
  expect(first.length).toBeGreaterThan(1)
  const sum = (names: readonly string[]): number => names.reduce((bytes, name) => bytes + compressed(name), 0)
  expect(sum(first)).toBeLessThan(FIRST_PAGE)
  expect(sum(readdirSync(join(DIST, 'assets')))).toBeLessThan(EVERYTHING)
})

test('React is the one for users, also when the tests had it built', () => {
  const scripts = readdirSync(join(DIST, 'assets')).filter((name) => name.endsWith('.js'))
  const all = scripts.map((name) => readFileSync(join(DIST, 'assets', name), 'utf8')).join('')
  expect(all).toContain('Minified React error #')
})

test('the page has nothing inline and nothing from elsewhere, as its policy demands', () => {
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/)
  expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=/)
  expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
})
