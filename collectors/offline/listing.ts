import { isObject, ownString, SOURCE_KINDS } from '../../graph/index.ts'
import type { Cloud, Gap, Instant, Json, JsonObject, SourceKind } from '../../graph/index.ts'
import type { Answer } from './answers.ts'
import { answersIn, goesOn } from './answers.ts'
import type { Document, Format, Problem, Taken } from './format.ts'
import type { Mismatch, Shape } from './record-shape.ts'

/** What a wrapper must say of an answer that does not show its own question. */
export interface Asked {
  /** The parameters that a wrapper must have. */
  readonly parameters: Shape
  /** The parameter that is the scope of the source when all its answers agree. */
  readonly about?: string
  /** What is wrong with an answer that has no wrapper, and how to make one. */
  readonly says: string
  readonly remedy: string
}

/** A listing of one kind of record, in the spellings in which tools print it. */
export interface Listing {
  readonly kind: SourceKind
  readonly cloud: Cloud
  /** What a row is, for people, singular and plural. */
  readonly noun: readonly [one: string, many: string]
  /** Stable key of what is missing when the listing is cut short or was refused. */
  readonly what: string
  /** Names under which a page keeps its rows. */
  readonly lists: readonly string[]
  /** Name under which an answer keeps its single row (`Organization`, `PermissionSet`). */
  readonly one?: string
  /** Words or patterns of which one is in the `call` of a wrapper of this listing; letter case of words does not matter. */
  readonly calls: readonly (string | RegExp)[]
  /** Whether an unwrapped row is one of these. It looks at keys rather than types, so that a wrong type is named. */
  looksLike(row: JsonObject): boolean
  readonly row: Shape
  /** Given when a row does not show its own question. */
  readonly asked?: Asked
  /** What a row is the one record of; none when tools print several unlike records of one thing (see `Taken.ids`). */
  id?(row: JsonObject): string | undefined
  /** The project, subscription or organization of a row; `Source.scope` when every row that has one agrees. */
  scope?(row: JsonObject): string | undefined
  /** What it holds, when the bare count is not enough. */
  holds?(rows: Iterable<JsonObject>, count: number): string
  /** See `Taken.mentions`. */
  mentions?(rows: Iterable<JsonObject>): readonly string[]
  takenAt?(body: Json): Instant | undefined
  /** Gaps that the rows show. */
  gaps?(rows: Iterable<JsonObject>): readonly Gap[]
  /** The record's own sentence for a wrong type that has a better remedy than exporting again. */
  explain?(row: JsonObject, mismatch: Mismatch): Pick<Problem, 'says' | 'remedy'> | undefined
}

/** The format of a listing: recognised by its first rows, or by the call of its wrapper; checked row by row. */
export function listing(spec: Listing): Format {
  return {
    kind: spec.kind,
    recognises: (document) => recognises(spec, document),
    take: (document) => take(spec, [...answersIn(document, spec.lists, spec.one)]),
  }
}

const ROWS_LOOKED_AT = 3

function recognises(spec: Listing, document: Document): boolean {
  let looked = 0
  for (const answer of answersIn(document, spec.lists, spec.one)) {
    if (answer.question !== undefined) return isAskedBy(spec, answer.question.call)
    for (const row of answer.rows) {
      if (isObject(row) && spec.looksLike(row)) return true
      looked++
      if (looked === ROWS_LOOKED_AT) return false
    }
  }
  return false
}

function isAskedBy(spec: Listing, call: string): boolean {
  const words = call.toLowerCase()
  return spec.calls.some((known) =>
    typeof known === 'string' ? words.includes(known.toLowerCase()) : known.test(call),
  )
}

function take(spec: Listing, answers: readonly Answer[]): Taken | Problem {
  const rowsAt = (answers.find((answer) => !isRefused(answer)) ?? answers[0])?.rowsAt ?? ''
  let rows = 0
  for (const answer of answers) {
    const problem = problemOf(spec, answer, rowsAt)
    if (problem !== undefined) return problem
    rows += answer.rows.length
  }
  const scope = sole(
    spec.asked?.about === undefined ? rowScopes(spec, answers) : askedAbout(spec.asked, answers),
  )
  const takenAt = answers[0] === undefined ? undefined : spec.takenAt?.(answers[0].body)
  return {
    kind: spec.kind,
    rowsAt,
    rows,
    ...(scope === undefined ? {} : { scope }),
    ...(takenAt === undefined ? {} : { takenAt }),
    holds: spec.holds?.(objectsIn(answers), rows) ?? counted(rows, spec.noun),
    ...(spec.mentions && { mentions: spec.mentions(objectsIn(answers)) }),
    ids: idsIn(spec, answers),
    gaps: [
      ...refusals(spec, answers),
      ...cutShort(spec, answers, scope),
      ...(spec.gaps?.(objectsIn(answers)) ?? []),
    ],
  }
}

/** `1 role`, `12 roles`. */
export function counted(count: number, [one, many]: readonly [one: string, many: string]): string {
  return `${count} ${count === 1 ? one : many}`
}

/** Whether one of the rows is so. */
export function some(rows: Iterable<JsonObject>, is: (row: JsonObject) => boolean): boolean {
  for (const row of rows) if (is(row)) return true
  return false
}

function problemOf(spec: Listing, answer: Answer, rowsAt: string): Problem | undefined {
  const again = `export it again with \`${SOURCE_KINDS[spec.kind].command}\` and leave it as printed`
  const { asked } = spec
  if (answer.question === undefined && asked !== undefined) {
    return { pointer: answer.pointer, says: asked.says, remedy: asked.remedy }
  }
  if (answer.question !== undefined) {
    if (!isAskedBy(spec, answer.question.call)) {
      const says = `the call \`${answer.question.call.slice(0, 80)}\` is not one of the first record's kind`
      return {
        pointer: `${answer.pointer}/call`,
        says,
        remedy: 'keep the answers of each kind of call in a file of their own',
      }
    }
    if (asked !== undefined) {
      const mismatch = asked.parameters(answer.question.parameters)
      const pointer = `${answer.pointer}/parameters${mismatch?.pointer ?? ''}`
      if (mismatch !== undefined) return { pointer, says: inWords(mismatch), remedy: asked.remedy }
    }
  }
  if (!isRefused(answer) && answer.rowsAt !== rowsAt) {
    const says = 'this answer is laid out differently from the ones before it'
    return { pointer: answer.pointer, says, remedy: 'keep answers of different tools in files of their own' }
  }
  return badRow(spec, answer, again)
}

function isRefused(answer: Answer): boolean {
  return answer.question?.refusal !== undefined
}

function badRow(spec: Listing, answer: Answer, again: string): Problem | undefined {
  for (const [i, row] of answer.rows.entries()) {
    const mismatch = spec.row(row)
    if (mismatch === undefined) continue
    const better = isObject(row) ? spec.explain?.(row, mismatch) : undefined
    const problem = better ?? { says: inWords(mismatch), remedy: again }
    return { pointer: rowPointer(answer, i) + mismatch.pointer, ...problem }
  }
  return undefined
}

/** A list's rows have a number; a single row is at the list's own place. */
function rowPointer(answer: Answer, i: number): string {
  return answer.pointer + answer.rowsAt + (answer.isSingle ? '' : `/${i}`)
}

function inWords({ pointer, wanted, found }: Mismatch): string {
  const where = pointer === '' ? 'the record' : `\`${pointer.slice(1)}\``
  return found === 'nothing'
    ? `${where} is missing: ${wanted} was expected`
    : `${where} is ${found}: ${wanted} was expected`
}

function* objectsIn(answers: readonly Answer[]): Generator<JsonObject> {
  for (const answer of answers) for (const row of answer.rows) if (isObject(row)) yield row
}

function* idsIn(spec: Listing, answers: readonly Answer[]): Generator<{ id: string; pointer: string }> {
  for (const answer of answers) {
    for (const [i, row] of answer.rows.entries()) {
      const id = isObject(row) ? spec.id?.(row) : undefined
      if (id !== undefined) yield { id, pointer: rowPointer(answer, i) }
    }
  }
}

function* rowScopes(spec: Listing, answers: readonly Answer[]): Generator<string> {
  for (const row of objectsIn(answers)) {
    const scope = spec.scope?.(row)
    if (scope !== undefined) yield scope
  }
}

function* askedAbout(asked: Asked, answers: readonly Answer[]): Generator<string> {
  for (const { question } of answers) {
    const about =
      question === undefined || asked.about === undefined
        ? undefined
        : ownString(question.parameters, asked.about)
    if (about !== undefined) yield about
  }
}

function sole(values: Iterable<string>): string | undefined {
  let first: string | undefined
  for (const value of values) {
    if (first !== undefined && first !== value) return undefined
    first = value
  }
  return first
}

function refusals(spec: Listing, answers: readonly Answer[]): Gap[] {
  return answers.flatMap(({ question }) => {
    if (question?.refusal === undefined) return []
    const [about = '*'] = Object.values(question.parameters).filter((value) => typeof value === 'string')
    return [
      {
        kind: 'refused',
        cloud: spec.cloud,
        scope: about,
        what: spec.what,
        consequence: `${spec.noun[1]} are not known: the cloud refused \`${question.call}\` (${question.refusal})`,
        remedy: `give the exporter the right to run \`${question.call}\`, then export again`,
      } satisfies Gap,
    ]
  })
}

/** An answer that goes on, unless the next one in the file answers the same question. */
function cutShort(spec: Listing, answers: readonly Answer[], scope: string | undefined): Gap[] {
  const last = answers.filter((answer, i) => goesOn(answer.body) && !continues(answer, answers[i + 1]))
  if (last.length === 0) return []
  return [
    {
      kind: 'truncated',
      cloud: spec.cloud,
      scope: scope ?? '*',
      what: spec.what,
      consequence: `not all ${spec.noun[1]} are known: the listing says that it goes on`,
      remedy: `follow the link to the next page and keep every page, one a line, or use \`${SOURCE_KINDS[spec.kind].command}\``,
    },
  ]
}

function continues(answer: Answer, next: Answer | undefined): boolean {
  if (next === undefined) return false
  return JSON.stringify(answer.question?.parameters) === JSON.stringify(next.question?.parameters)
}
