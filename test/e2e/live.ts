import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  isObject,
  type Gap,
  type Json,
  type JsonObject,
  openEmbeddedStore,
  ownList,
} from '../../graph/index.ts'
import { LAUNCHER, plainEnvironment, type Ran } from './command.ts'

type Environment = Readonly<Record<string, string>>

/** Runs the command line beside a fake cloud, which lives in this process. */
export function beside(env: Environment, args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [LAUNCHER, ...args], { env: plainEnvironment(env) })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return new Promise((resolve) => {
    child.on('close', (status) => {
      resolve({ status, stdout, stderr })
    })
  })
}

/** Runs it until so many pages more are finished, then kills it (SIGKILL); gives the signal that ended it. */
export function killedAfter(
  env: Environment,
  data: string,
  args: readonly string[],
  pages: number,
): Promise<string | null> {
  const before = finishedPages(data)
  const child = spawn(process.execPath, [LAUNCHER, ...args], { env: plainEnvironment(env) })
  const watch = setInterval(() => {
    if (finishedPages(data) - before >= pages) child.kill('SIGKILL')
  }, 2)
  return new Promise((resolve) => {
    child.on('close', (_, signal) => {
      clearInterval(watch)
      resolve(signal)
    })
  })
}

/** Pages that the journal below a data directory has finished: its whole lines but the first. */
export function finishedPages(data: string): number {
  const folder = join(data, 'collect')
  const works = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, 'work.jsonl')) : []
  const lines = works.filter((path) => existsSync(path)).map((path) => readFileSync(path, 'utf8').split('\n'))
  return lines.reduce((sum, each) => sum + Math.max(each.length - 2, 0), 0)
}

/** What a snapshot holds, taken from the bytes of its sources without any code of the product that reads them. */
export interface Held {
  readonly gaps: readonly Gap[]
  /** Kind and text of every source, sorted. */
  readonly sources: readonly string[]
  /** Rows of the answers to a call, each with the parameters of its question. */
  rows(call: string, list: string): readonly { readonly row: JsonObject; readonly asked: JsonObject }[]
  /** Answers to a call. */
  answers(call: string): readonly JsonObject[]
}

export async function heldIn(data: string): Promise<Held> {
  const store = openEmbeddedStore(data)
  const snapshot = (await store.snapshots()).at(-1)
  const texts: string[] = []
  for (const { kind, content } of snapshot?.sources ?? []) {
    texts.push(`${kind} ${Buffer.from(await store.content(content)).toString()}`)
  }
  await store.close()
  const lines = texts
    .flatMap((text) => text.slice(text.indexOf(' ') + 1).split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
  const of = (call: string) =>
    lines.filter((line) => line.call?.startsWith(call) === true && line.response !== undefined)
  return {
    gaps: snapshot?.gaps ?? [],
    sources: texts.sort(),
    answers: (call) => of(call).flatMap(({ response }) => (response === undefined ? [] : [response])),
    rows: (call, list) =>
      of(call).flatMap(({ response = {}, parameters = {} }) =>
        ownList(response, list)
          .filter((row: Json) => isObject(row))
          .map((row) => ({ row, asked: parameters })),
      ),
  }
}

interface Line {
  readonly call?: string
  readonly parameters?: JsonObject
  readonly response?: JsonObject
}
