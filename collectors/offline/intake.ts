import {
  type Cloud,
  cloudOf,
  type ContentWriter,
  type Gap,
  GomeisaError,
  type Instant,
  isObject,
  type Json,
  SOURCE_KINDS,
  type Source,
} from '../../graph/index.ts'
import { coverageOf } from './coverage/registry.ts'
import type { Seen } from './coverage/coverage.ts'
import { Duplicates, placeOf } from './duplicates.ts'
import { type Document, isProblem, type Problem, type Taken } from './format.ts'
import { FORMATS } from './formats/registry.ts'
import { interpret } from './interpret.ts'
import type { ImportLimits } from './limits.ts'
import type { Entry, Ignored } from './open/entry.ts'
import type { TakenFile } from './report.ts'
import { joined, type Part } from './split.ts'

/** Takes the files of one import one by one, and holds what is known of them so far; of the bytes it holds none. */
export class Intake {
  readonly taken: TakenFile[] = []
  readonly ignored: Ignored[] = []
  private readonly sources: { readonly source: Source; readonly mentions: readonly string[] }[] = []
  private readonly gaps: Gap[] = []
  private readonly duplicates = new Duplicates()
  private readonly contents = new Map<string, string>()
  private readonly writer: ContentWriter
  private readonly limits: ImportLimits
  private newest: Instant | undefined

  constructor(writer: ContentWriter, limits: ImportLimits) {
    this.writer = writer
    this.limits = limits
  }

  /** Takes one file, or notes why not. `reopen` gives its bytes once more. Throws for data that is broken. */
  add(entry: Entry, reopen: () => Promise<Uint8Array>): void {
    const found = interpret(entry, this.limits)
    if ('why' in found) {
      this.ignore(entry.origin, found.why)
    } else if ('gap' in found) {
      this.gaps.push(found.gap)
      this.ignore(entry.origin, `not an answer but an error, kept as a gap (${found.gap.what})`)
    } else {
      for (const part of found.parts) this.addPart(entry, part, reopen)
    }
  }

  /** Settles what needs all files: duplicates, coverage, times. Throws `INPUT_DUPLICATE` and `INPUT_UNRECOGNISED`. */
  async finish(): Promise<{
    readonly sources: readonly Source[]
    readonly gaps: readonly Gap[]
    readonly newest: Instant | undefined
  }> {
    await this.duplicates.settle()
    if (this.sources.length === 0) throw this.nothingTaken()
    const sources = this.withScopes()
    return {
      sources: sources.map(({ source }) => source),
      gaps: coverageOf(sources.map(seen), this.gaps),
      newest: this.newest,
    }
  }

  private addPart(entry: Entry, part: Part, reopen: () => Promise<Uint8Array>): void {
    const { origin } = entry
    const format = FORMATS.find((each) => each.recognises(part.document))
    if (format === undefined) {
      this.ignore(origin, whyUnknown(part))
      return
    }
    const outcome = format.take(part.document, { file: origin })
    if (isProblem(outcome)) throw misshapen(origin, part.document, outcome)
    if (!this.keep(entry, part, outcome)) return
    const reread = async () => this.reread({ origin, bytes: await reopen() })
    this.duplicates.add({ origin, reread }, part.document, outcome)
  }

  /** Whether it was kept: the same answer in a second file is not. */
  private keep(entry: Entry, part: Part, taken: Taken): boolean {
    const { kind, rowsAt, rows, holds } = taken
    const content = this.writer.put(part.bytes, part.document.format === 'csv' ? undefined : part.document)
    const source: Source = {
      kind,
      format: part.document.format,
      origin: entry.origin,
      content,
      bytes: part.bytes.byteLength,
      rowsAt,
      rows,
      ...(taken.scope === undefined ? {} : { scope: taken.scope }),
      ...(taken.takenAt === undefined ? {} : { takenAt: taken.takenAt }),
      holds,
    }
    const key = JSON.stringify([content, kind, taken.scope])
    const same = this.contents.get(key)
    if (same !== undefined) {
      this.ignore(entry.origin, `same content as ${same}`)
      return false
    }
    this.contents.set(key, entry.origin)
    this.sources.push({ source, mentions: taken.mentions ?? [] })
    this.gaps.push(...taken.gaps)
    this.taken.push({ origin: entry.origin, kind, title: SOURCE_KINDS[kind].title, holds })
    const time = taken.takenAt ?? entry.modified
    if (time !== undefined && (this.newest === undefined || time > this.newest)) this.newest = time
    return true
  }

  /** The whole file again; a part of it has the same line numbers. */
  private reread(entry: Entry): Document {
    const found = interpret(entry, this.limits)
    const [whole, ...others] = 'parts' in found ? found.parts : []
    if (whole === undefined) {
      throw new GomeisaError('INPUT_UNREADABLE', `\`${entry.origin}\` changed while it was read`, {
        place: { file: entry.origin },
        remedy: 'import again when nothing writes into it',
      })
    }
    return others.length === 0 ? whole.document : joined([whole, ...others])
  }

  /** An answer that does not say of which account it is belongs to the only account there is. */
  private withScopes(): readonly { readonly source: Source; readonly mentions: readonly string[] }[] {
    return this.sources.map(({ source, mentions }) => {
      if (source.scope !== undefined || !mentions.includes('scope-of-caller')) return { source, mentions }
      const [only, ...others] = this.scopesOf(cloudOf(source.kind))
      return only === undefined || others.length > 0
        ? { source, mentions }
        : { source: { ...source, scope: only }, mentions }
    })
  }

  private scopesOf(cloud: Cloud): ReadonlySet<string> {
    const scopes = this.sources.flatMap(({ source: { kind, scope } }) =>
      scope === undefined || cloudOf(kind) !== cloud ? [] : [scope],
    )
    return new Set(scopes)
  }

  private nothingTaken(): GomeisaError {
    const first = this.ignored[0]
    const why = first === undefined ? 'there are no files' : `\`${first.origin}\` is ${first.why}`
    return new GomeisaError('INPUT_UNRECOGNISED', `nothing to import: ${why}`, {
      ...(first === undefined ? {} : { place: { file: first.origin } }),
      remedy: 'docs/import.md lists every accepted file and the command that writes it',
    })
  }

  private ignore(origin: string, why: string): void {
    this.ignored.push({ origin, why })
  }
}

function seen({ source, mentions }: { readonly source: Source; readonly mentions: readonly string[] }): Seen {
  const { kind, rows, scope } = source
  return { kind, rows, mentions, ...(scope === undefined ? {} : { scope }) }
}

function misshapen(origin: string, document: Document, problem: Problem): GomeisaError {
  return new GomeisaError(problem.code ?? 'INPUT_SHAPE', `\`${origin}\`: ${problem.says}`, {
    place: placeOf(origin, document.format, problem.pointer),
    remedy: problem.remedy,
  })
}

function whyUnknown({ call, document }: Part): string {
  if (call !== undefined && call !== '') return `answers of \`${call}\`, which no format takes`
  const first = document.format === 'json' ? document.root : undefined
  if (isEmptyListing(first)) return 'an empty list, which does not say what it lists'
  const keys = isObject(first) ? Object.keys(first).slice(0, 3) : []
  return keys.length === 0
    ? 'JSON of no format that is known'
    : `JSON of no format that is known (${keys.join(', ')})`
}

/** `[]` and `{"Policies": []}` say that there is nothing, and not what. */
function isEmptyListing(root: Json | undefined): boolean {
  const lists = isObject(root) ? Object.values(root) : [root]
  return lists.length > 0 && lists.every((list) => Array.isArray(list) && list.length === 0)
}
