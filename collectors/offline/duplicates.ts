import { canonicalJson, GomeisaError, type Json, atPointer, type Place } from '../../graph/index.ts'
import type { Document, Taken } from './format.ts'

/** A document that can be read again, because only one at a time is held. */
export interface Held {
  readonly origin: string
  reread(): Promise<Document>
}

/** A record whose id came before. */
interface Doubt {
  readonly id: string
  /** Of the record that came first. */
  readonly pointer: string
  /** The later record, canonical. */
  readonly again: string
  /** Of the later record. */
  readonly place: Place
}

/**
 * Finds ids that mean two different things in one import. Two equal records of one id are accepted: exports overlap.
 * Records of earlier documents are read again only for ids that came twice.
 */
export class Duplicates {
  private readonly first = new Map<string, { readonly held: Held; readonly pointer: string }>()
  private readonly doubts = new Map<Held, Doubt[]>()

  /** Notes the ids of a document. Throws `INPUT_DUPLICATE` when two of its own records differ. */
  add(held: Held, document: Document, { kind, ids }: Pick<Taken, 'kind' | 'ids'>): void {
    for (const { id, pointer } of ids) {
      const key = `${kind} ${id}`
      const first = this.first.get(key)
      if (first === undefined) {
        this.first.set(key, { held, pointer })
        continue
      }
      const doubt = {
        id,
        pointer: first.pointer,
        again: canonicalAt(document, pointer),
        place: placeOf(held.origin, document.format, pointer),
      }
      if (first.held === held) compare(held.origin, document, doubt)
      else this.doubt(first.held, doubt)
    }
  }

  private doubt(held: Held, doubt: Doubt): void {
    const known = this.doubts.get(held)
    if (known === undefined) this.doubts.set(held, [doubt])
    else known.push(doubt)
  }

  /** Settles what `add` left open. Throws `INPUT_DUPLICATE`, naming both places, when records of one id differ. */
  async settle(): Promise<void> {
    for (const [held, doubts] of this.doubts) {
      const document = await held.reread()
      for (const doubt of doubts) compare(held.origin, document, doubt)
    }
  }
}

/** Where a record is, for people: the line when the format has one record a line. */
export function placeOf(file: string, format: Document['format'], pointer: string): Place {
  const step = Number(/^\/(\d+)/.exec(pointer)?.[1])
  if (format === 'json' || Number.isNaN(step)) return { file, pointer }
  return { file, line: format === 'csv' ? step + 2 : step + 1, pointer }
}

function compare(origin: string, document: Document, doubt: Doubt): void {
  if (canonicalAt(document, doubt.pointer) === doubt.again) return
  const first = placeOf(origin, document.format, doubt.pointer)
  const where = [
    `\`${first.file}\``,
    ...(first.line === undefined ? [] : [`line ${first.line}`]),
    `at \`${doubt.pointer}\``,
  ].join(' ')
  throw new GomeisaError(
    'INPUT_DUPLICATE',
    `\`${doubt.id}\` is given twice, differently: first in ${where}`,
    {
      place: doubt.place,
      remedy: 'keep the file that is right; exports of different days are imported one after the other',
    },
  )
}

function canonicalAt(document: Document, pointer: string): string {
  const value = valueAt(document, pointer)
  return value === undefined ? '' : canonicalJson(value)
}

function valueAt(document: Document, pointer: string): Json | undefined {
  if (document.format === 'json') return atPointer(document.root, pointer)
  const [, step = '', ...rest] = pointer.split('/')
  const record = document.format === 'csv' ? document.records[Number(step)] : document.lines[Number(step)]
  return record === undefined ? undefined : atPointer(record, rest.map((part) => `/${part}`).join(''))
}
