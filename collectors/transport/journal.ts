import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { readSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { GomeisaError, isObject, type Json, own, ownString } from '../../graph/index.ts'

/** How a piece of work ended: with an answer (its bytes are kept), or with a fact about it that is no answer. */
export type Outcome =
  | { readonly is: 'answer'; readonly bytes: Uint8Array }
  /** What was asked for does not exist, which is an answer, too. */
  | { readonly is: 'absent'; readonly code: string }
  /** The cloud refused or failed. */
  | { readonly is: 'refused'; readonly code: string }

/** A finished piece of work. */
export type Entry =
  | { readonly is: 'answer'; readonly at: number; readonly length: number }
  | { readonly is: 'absent'; readonly code: string }
  | { readonly is: 'refused'; readonly code: string }

/**
 * What a collection has finished, on disk, so that a killed one goes on where it was: `answers` holds the bytes of the
 * answers one behind the other, `work.jsonl` one line for each finished piece. A line is written after its bytes and in
 * one call; whatever stands behind the last whole line is cut off when the journal is opened. After a loss of power the
 * last seconds may be lost (both files are flushed every few seconds, bytes first), never half kept.
 */
export class Journal {
  readonly header: string
  /** Whether it holds work of an earlier process. */
  readonly resumed: boolean
  private readonly folder: string
  private readonly work: number
  private readonly answers: number
  private readonly entries = new Map<string, Entry>()
  private end = 0
  private flushed = 0

  /** Opens the journal in `folder`, made when it is not there; an existing one keeps its own header. */
  constructor(folder: string, header: string) {
    this.folder = folder
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      this.lock()
      this.resumed = existsSync(join(folder, WORK))
      this.answers = openSync(join(folder, ANSWERS), this.resumed ? 'r+' : 'w+', 0o600)
      this.work = openSync(join(folder, WORK), this.resumed ? 'r+' : 'w+', 0o600)
    } catch (cause) {
      if (cause instanceof GomeisaError) throw cause
      throw unusable(folder, cause)
    }
    this.header = this.resumed ? this.reopen(header) : this.start(header)
  }

  /** Throws away a journal, if there is one. */
  static forget(folder: string): void {
    rmSync(folder, { recursive: true, force: true })
  }

  get size(): number {
    return this.entries.size
  }

  find(key: string): Entry | undefined {
    return this.entries.get(key)
  }

  keys(): IterableIterator<string> {
    return this.entries.keys()
  }

  /** The bytes of an answer. */
  read({ at, length }: Extract<Entry, { is: 'answer' }>): Buffer {
    const bytes = Buffer.allocUnsafe(length)
    for (let got = 0; got < length;) {
      const read = readSync(this.answers, bytes, got, length - got, at + got)
      if (read === 0) throw unusable(this.folder, 'cut off')
      got += read
    }
    return bytes
  }

  /** Notes a finished piece of work. Throws `STORE_UNUSABLE` when it cannot be written. */
  finish(key: string, outcome: Outcome): void {
    try {
      const entry = outcome.is === 'answer' ? this.keep(outcome.bytes) : outcome
      this.line({ key, ...entry })
      this.entries.set(key, entry)
      this.flush()
    } catch (cause) {
      throw unusable(this.folder, cause)
    }
  }

  /** Lets go of the files; they stay for the next process. */
  close(): void {
    closeSync(this.work)
    closeSync(this.answers)
    rmSync(join(this.folder, LOCK), { force: true })
  }

  /** The work has reached its end: nothing of it is needed any more. */
  remove(): void {
    this.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  private keep(bytes: Uint8Array): Entry {
    const at = this.end
    writeAll(this.answers, bytes, at)
    this.end += bytes.byteLength
    return { is: 'answer', at, length: bytes.byteLength }
  }

  private line(value: Json): void {
    const bytes = Buffer.from(`${JSON.stringify(value)}\n`)
    writeAll(this.work, bytes, this.workEnd)
    this.workEnd += bytes.length
  }

  private workEnd = 0

  private flush(): void {
    const now = performance.now()
    if (now - this.flushed < FLUSH_MS) return
    this.flushed = now
    fsyncSync(this.answers)
    fsyncSync(this.work)
  }

  private start(header: string): string {
    this.line({ header })
    return header
  }

  private reopen(header: string): string {
    const text = readFileSync(join(this.folder, WORK))
    const kept = statSync(join(this.folder, ANSWERS)).size
    let found: string | undefined
    for (let at = 0; at < text.length;) {
      const end = text.indexOf(NEWLINE, at)
      const value = end === -1 ? undefined : parsed(text.toString('utf8', at, end))
      if (value === undefined || !this.take(value, kept)) break
      found ??= ownString(value, 'header')
      at = end + 1
      this.workEnd = at
    }
    ftruncateSync(this.work, this.workEnd)
    ftruncateSync(this.answers, this.end)
    return found ?? this.start(header)
  }

  /** Takes a line of work; whether it is whole. */
  private take(value: { readonly [key: string]: Json | undefined }, kept: number): boolean {
    const key = ownString(value, 'key')
    if (key === undefined) return own(value, 'header') !== undefined
    const [is, code] = [own(value, 'is'), ownString(value, 'code') ?? '']
    if (is === 'absent' || is === 'refused') {
      this.entries.set(key, { is, code })
      return true
    }
    const [at, length] = [own(value, 'at'), own(value, 'length')]
    if (typeof at !== 'number' || typeof length !== 'number' || at + length > kept) return false
    this.entries.set(key, { is: 'answer', at, length })
    this.end = Math.max(this.end, at + length)
    return true
  }

  /** One process at a time; the lock of a process that is gone does not count. */
  private lock(): void {
    const path = join(this.folder, LOCK)
    if (existsSync(path)) {
      const owner = Number(readFileSync(path, 'utf8'))
      if (owner !== process.pid && isAlive(owner)) {
        throw new GomeisaError('STORE_UNUSABLE', `process ${owner} is collecting the same already`, {
          place: { file: this.folder },
          remedy: 'wait for it, or stop it and run again: it goes on where it was',
        })
      }
      rmSync(path)
    }
    const file = openSync(path, 'wx', 0o600)
    writeSync(file, String(process.pid))
    closeSync(file)
  }
}

const WORK = 'work.jsonl'
const ANSWERS = 'answers'
const LOCK = 'lock'
const NEWLINE = 0x0a
const FLUSH_MS = 3000

function writeAll(file: number, bytes: Uint8Array, at: number): void {
  for (let done = 0; done < bytes.byteLength;) {
    done += writeSync(file, bytes, done, bytes.byteLength - done, at + done)
  }
}

function parsed(text: string): { readonly [key: string]: Json | undefined } | undefined {
  try {
    const value = JSON.parse(text) as Json
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function unusable(folder: string, cause: unknown): GomeisaError {
  return new GomeisaError('STORE_UNUSABLE', `\`${folder}\` cannot be used`, {
    place: { file: folder },
    remedy: 'make room, give the right to write there, or choose another folder with --data',
    cause,
  })
}
