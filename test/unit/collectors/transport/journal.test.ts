import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Journal } from '../../../../collectors/transport/journal.ts'

let folder = ''
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'gomeisa-journal-')), 'work')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})
const bytes = (text: string) => new TextEncoder().encode(text)

function textOf(journal: Journal, key: string): string | undefined {
  const entry = journal.find(key)
  return entry?.is === 'answer' ? journal.read(entry).toString() : undefined
}

/** A journal with two answers and a refusal, as a process that was killed leaves it. */
function left(): void {
  const journal = new Journal(folder, 'monday')
  journal.finish('a', { is: 'answer', bytes: bytes('first') })
  journal.finish('b', { is: 'refused', code: 'AccessDenied' })
  journal.finish('c', { is: 'answer', bytes: bytes('second') })
  journal.close()
}

test('goes on with what was finished, under the header of the beginning', () => {
  left()
  const journal = new Journal(folder, 'tuesday')
  expect([journal.resumed, journal.header, [...journal.keys()]]).toEqual([true, 'monday', ['a', 'b', 'c']])
  expect(textOf(journal, 'c')).toBe('second')
  expect(journal.find('b')).toEqual({ is: 'refused', code: 'AccessDenied' })
  journal.finish('d', { is: 'answer', bytes: bytes('third') })
  expect([textOf(journal, 'a'), textOf(journal, 'd')]).toEqual(['first', 'third'])
  journal.remove()
  expect(existsSync(folder)).toBe(false)
})

test('cut off at any byte, it holds whole answers only, and can be written on', () => {
  left()
  const work = readFileSync(join(folder, 'work.jsonl'))
  const answers = readFileSync(join(folder, 'answers'))
  for (let cut = 0; cut <= work.length; cut++) {
    writeFileSync(join(folder, 'work.jsonl'), work.subarray(0, cut))
    writeFileSync(join(folder, 'answers'), answers)
    const journal = new Journal(folder, 'again')
    for (const key of journal.keys()) {
      if (key !== 'b') expect(textOf(journal, key)).toBe(key === 'a' ? 'first' : 'second')
    }
    journal.finish('e', { is: 'answer', bytes: bytes('new') })
    journal.close()
    const reopened = new Journal(folder, 'later')
    expect(textOf(reopened, 'e')).toBe('new')
    reopened.close()
  }
})

test('an answer whose bytes were lost is not there', () => {
  left()
  truncateSync(join(folder, 'answers'), 7)
  const journal = new Journal(folder, 'again')
  expect([...journal.keys()]).toEqual(['a', 'b'])
  journal.close()
})

test('garbage behind the last line is cut off', () => {
  left()
  appendFileSync(join(folder, 'work.jsonl'), '{"key":"x","is":"ans')
  const journal = new Journal(folder, 'again')
  expect([...journal.keys()]).toEqual(['a', 'b', 'c'])
  journal.close()
})

test('two processes do not work on the same', () => {
  left()
  writeFileSync(join(folder, 'lock'), '1')
  expect(() => new Journal(folder, 'again')).toThrow('process 1 is collecting the same already')
  writeFileSync(join(folder, 'lock'), '999999999')
  new Journal(folder, 'again').close()
})

test('only its owner can read it', () => {
  left()
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  for (const file of ['work.jsonl', 'answers']) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
})
