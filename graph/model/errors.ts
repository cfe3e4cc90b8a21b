/**
 * Every stable error code, each explained in `docs/errors.md` (a test compares the two), and whose fault it is: `given`,
 * the person gave something wrong; `failed`, the machine or we failed.
 */
const ERRORS = {
  USAGE: 'given',
  INPUT_UNREADABLE: 'given',
  INPUT_TOO_LARGE: 'given',
  INPUT_ENCODING: 'given',
  INPUT_SYNTAX: 'given',
  INPUT_TOO_DEEP: 'given',
  INPUT_SHAPE: 'given',
  INPUT_DUPLICATE: 'given',
  INPUT_UNRECOGNISED: 'given',
  STORE_UNUSABLE: 'failed',
  STORE_VERSION: 'failed',
  CLOUD_UNUSABLE: 'failed',
  NO_SNAPSHOT: 'given',
  NO_ESTATE: 'given',
  NOT_FOUND: 'given',
  AMBIGUOUS: 'given',
  OUTPUT_UNWRITABLE: 'failed',
  REFUSED: 'given',
  BROKER_UNREACHABLE: 'failed',
  TPM_UNUSABLE: 'failed',
  NOT_ENROLLED: 'given',
  POLICY_INVALID: 'given',
  INTERNAL: 'failed',
} as const satisfies { readonly [code: string]: 'given' | 'failed' }
export type ErrorCode = keyof typeof ERRORS
export const ERROR_CODES = Object.keys(ERRORS) as readonly ErrorCode[]

/** Whether an error says that the person gave something wrong; anything else is a failure of the machine or of ours. */
export function isGivenWrong(error: unknown): boolean {
  return error instanceof GomeisaError && ERRORS[error.code] === 'given'
}

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
