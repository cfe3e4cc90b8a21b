import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Crawl } from '../../../../collectors/transport/crawl.ts'
import { crawledFiles, idBy } from '../../../../collectors/transport/crawled.ts'
import { Journal } from '../../../../collectors/transport/journal.ts'
import { Limits } from '../../../../collectors/transport/limits.ts'
import { Pace } from '../../../../collectors/transport/pace.ts'
import type { Failure, Page, PageCall } from '../../../../collectors/transport/page-call.ts'
import { Progress } from '../../../../collectors/transport/progress.ts'
import { GomeisaError, type JsonObject } from '../../../../graph/index.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gomeisa-crawl-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const CALLS: readonly PageCall[] = [
  {
    name: 's:list',
    permissions: ['s.list'],
    lane: 'one',
    place: 'once',
    starts: (scope) => [{ scope }],
    yields: 'gcp.roles',
    rows: 'roles',
    id: idBy('name'),
    gap: 'roles',
    lost: 'roles are not known',
    about: () => 'everything',
  },
]

/** A cloud that answers by the token of a page; what it throws is a failure. */
function crawl(answers: ReadonlyMap<string, () => Page>) {
  const asked: string[] = []
  const journal = new Journal(join(folder, 'work'), 'header')
  const made = new Crawl({
    calls: CALLS,
    sender: {
      send(_call, _parameters, next) {
        const token = next ?? 'first'
        asked.push(token)
        const answer = answers.get(token)
        if (answer === undefined) return Promise.reject(failed({ is: 'refused', code: 'NO' }))
        return new Promise((resolve) => {
          resolve(answer())
        })
      },
      failure: (error) => (error as { readonly failure: Failure }).failure,
    },
    journal,
    progress: new Progress(() => 0, undefined),
    limits: new Limits(4),
    lane: () => ({ pace: new Pace(1000), atOnce: 2 }),
    attempts: 3,
  })
  return { asked, journal, run: () => made.from('scope') }
}

function failed(failure: Failure): Error {
  return Object.assign(new GomeisaError('INTERNAL', 'failed'), { failure })
}

function filesIn(journal: Journal): readonly JsonObject[][] {
  return [...crawledFiles(journal, CALLS, 'x', [])].map(({ bytes }) =>
    Buffer.from(bytes)
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as JsonObject),
  )
}

const page =
  (next: string | undefined, ...names: string[]) =>
  (): Page => ({
    body: { roles: names.map((name) => ({ name })) },
    next,
  })

test('all pages, each row once, and no mark of a page that was read', async () => {
  const { journal, run } = crawl(
    new Map([
      ['first', page('2', 'a', 'b')],
      ['2', page('3', 'b', 'c')],
      ['3', page(undefined, 'd')],
    ]),
  )
  await run()
  const [answers, coverage] = filesIn(journal)
  expect(answers?.map(({ response }) => response)).toEqual([
    { roles: [{ name: 'a' }, { name: 'b' }] },
    { roles: [{ name: 'c' }] },
    { roles: [{ name: 'd' }] },
  ])
  expect(coverage).toEqual([{ collected: 'x', call: 's:list', about: 'everything', answered: 3, absent: 0 }])
})

test('a page that is refused leaves the listing cut short, and says so', async () => {
  const { journal, run } = crawl(new Map([['first', page('2', 'a')]]))
  await run()
  const [answers, coverage] = filesIn(journal)
  expect(answers?.map(({ response }) => response)).toEqual([{ roles: [{ name: 'a' }], nextPageToken: '2' }])
  expect(coverage).toMatchObject([{ answered: 1, refused: { NO: 1 } }])
})

test('what passes is tried again, and given up after so many tries', async () => {
  let tries = 0
  const stumbling = () => {
    tries++
    throw failed({ is: 'passing', code: 'UNAVAILABLE' })
  }
  const { asked, journal, run } = crawl(new Map([['first', stumbling]]))
  await run()
  expect([tries, asked.length]).toEqual([3, 3])
  expect(filesIn(journal)[0]).toMatchObject([{ refused: { UNAVAILABLE: 1 } }])
})

test('what ends it is thrown, and what was finished is not asked again', async () => {
  const over = new GomeisaError('CLOUD_UNUSABLE', 'expired')
  const ending = () => {
    throw failed({ is: 'over', error: over })
  }
  const first = crawl(
    new Map([
      ['first', page('2', 'a')],
      ['2', ending],
    ]),
  )
  await expect(first.run()).rejects.toBe(over)
  first.journal.close()
  const again = crawl(new Map([['2', page(undefined, 'b')]]))
  await again.run()
  expect(again.asked).toEqual(['2'])
  expect(filesIn(again.journal)[0]).toHaveLength(2)
})
