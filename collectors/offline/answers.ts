import { isObject, own, ownObject, ownString } from '../../graph/index.ts'
import type { Json, JsonObject } from '../../graph/index.ts'
import type { Document } from './format.ts'

/** The question that a wrapper keeps beside its answer: `{call, parameters, response}`, or `error` instead of `response`. */
export interface Question {
  /** The service's operation, or the words of the command line. */
  readonly call: string
  readonly parameters: JsonObject
  /** What the cloud said when it refused the call. */
  readonly refusal: string | undefined
}

/** One answer of a cloud in a document: the whole document, or one line of JSON Lines. */
export interface Answer {
  /** Pointer to what the line or document is, `` or `/3`. */
  readonly pointer: string
  readonly question: Question | undefined
  /** The answer itself, out of its wrapper; null when it was refused. */
  readonly body: Json
  /** Pointer to the rows, below `pointer`; the same form as `Source.rowsAt`. */
  readonly rowsAt: string
  readonly rows: readonly Json[]
  /** Whether the row stands at `rowsAt` itself rather than in a list there. */
  readonly isSingle: boolean
}

/**
 * The answers of a document. `lists` are the names under which a page of this listing keeps its rows (`value`,
 * `policies`); a list is its own rows, an object that has none of the names is one row, and an empty object is a page
 * of no rows (protocol buffers print an empty list so). `one` is the name under which an answer keeps its single row.
 */
export function* answersIn(document: Document, lists: readonly string[], one?: string): Generator<Answer> {
  if (document.format === 'csv') return
  if (document.format === 'json') {
    yield answerIn(document.root, '', lists, one)
    return
  }
  for (const [i, line] of document.lines.entries()) {
    if (line !== undefined) yield answerIn(line, `/${i}`, lists, one)
  }
}

/** Whether the answer says that it goes on: the names clouds use for the rest of a listing. */
export function goesOn(body: Json): boolean {
  return isObject(body) && CONTINUATIONS.some((name) => (ownString(body, name) ?? '') !== '')
}

const CONTINUATIONS = [
  'nextLink',
  '@nextLink',
  '@odata.nextLink',
  'nextPageToken',
  'skip_token',
  'skipToken',
  '$skipToken',
  'NextToken',
  'Marker',
]

function answerIn(root: Json, pointer: string, lists: readonly string[], one: string | undefined): Answer {
  const question = questionIn(root)
  if (question === undefined || !isObject(root)) {
    return { pointer, question: undefined, body: root, ...rowsIn(root, '', lists, one) }
  }
  if (question.refusal !== undefined) {
    return { pointer, question, body: null, rowsAt: '/response', rows: [], isSingle: false }
  }
  const body = own(root, 'response') ?? null
  return { pointer, question, body, ...rowsIn(body, '/response', lists, one) }
}

function questionIn(root: Json): Question | undefined {
  if (!isObject(root)) return undefined
  const call = ownString(root, 'call')
  if (call === undefined) return undefined
  const answered = own(root, 'response') !== undefined
  const error = own(root, 'error')
  if (!answered && error === undefined) return undefined
  const refusal = answered || error === undefined ? undefined : wordsOf(error)
  return { call, parameters: ownObject(root, 'parameters') ?? {}, refusal }
}

function wordsOf(error: Json): string {
  if (typeof error === 'string') return error
  const said = isObject(error) ? (ownString(error, 'message') ?? ownString(error, 'code')) : undefined
  return said ?? 'no reason given'
}

type Rows = Pick<Answer, 'rowsAt' | 'rows' | 'isSingle'>

function rowsIn(body: Json, at: string, lists: readonly string[], one: string | undefined): Rows {
  if (Array.isArray(body)) return { rowsAt: at, rows: body as readonly Json[], isSingle: false }
  if (!isObject(body)) return { rowsAt: at, rows: [body], isSingle: true }
  const single = one === undefined ? undefined : own(body, one)
  if (single !== undefined) return { rowsAt: `${at}/${one}`, rows: [single], isSingle: true }
  for (const name of lists) {
    const rows = own(body, name)
    if (Array.isArray(rows))
      return { rowsAt: `${at}/${name}`, rows: rows as readonly Json[], isSingle: false }
  }
  const [first] = lists
  const empty = first !== undefined && Object.keys(body).length === 0
  return empty
    ? { rowsAt: `${at}/${first}`, rows: [], isSingle: false }
    : { rowsAt: at, rows: [body], isSingle: true }
}
