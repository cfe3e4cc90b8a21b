/** Every stable error code, each explained in `docs/errors.md` (a test compares the two). */
export const ERROR_CODES = [
  'USAGE',
  'INPUT_UNREADABLE',
  'INPUT_TOO_LARGE',
  'INPUT_ENCODING',
  'INPUT_SYNTAX',
  'INPUT_TOO_DEEP',
  'INPUT_SHAPE',
  'INPUT_DUPLICATE',
  'INPUT_UNRECOGNISED',
  'STORE_UNUSABLE',
  'STORE_VERSION',
  'CLOUD_UNUSABLE',
  'NO_SNAPSHOT',
  'NO_ESTATE',
  'NOT_FOUND',
  'AMBIGUOUS',
  'OUTPUT_UNWRITABLE',
  'INTERNAL',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** Where in the input: file (with `!entry` inside an archive), line and column (1-based), JSON pointer. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly column?: number
  readonly pointer?: string
}

/**
 * The one error class of the project. `message` is one lower-case sentence without a final period, user input in
 * backticks; `remedy` says what to do. Neither ever holds a secret. Expected outcomes (deny, gap, unknown) are values.
 */
export class GomeisaError extends Error {
  readonly code: ErrorCode
  readonly place: Place | undefined
  readonly remedy: string | undefined
  /** Candidates of an ambiguous name, nearest names of an unknown one. */
  readonly candidates: readonly string[]

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      readonly place?: Place
      readonly remedy?: string
      readonly candidates?: readonly string[]
      readonly cause?: unknown
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'GomeisaError'
    this.code = code
    this.place = options.place
    this.remedy = options.remedy
    this.candidates = options.candidates ?? []
  }
}

/** A case that the types exclude. */
export function unreachable(value: never): never {
  throw new GomeisaError('INTERNAL', `unexpected value \`${String(value)}\``)
}
