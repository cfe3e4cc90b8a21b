/**
 * One line of a `calls.jsonl` file: a cloud's answer together with its question.
 *
 * Some answers do not show what was asked: `list-accounts-for-parent` lists accounts but not the parent.
 * Such calls are written as JSON Lines, one call a line; the answer itself is untouched.
 */
export type CallAnswer = {
  /** `service:Operation`, or the command line without its parameters. */
  readonly call: string
  readonly parameters: Readonly<Record<string, string>>
  readonly response: unknown
}

/** A call with its parameters and the answer it got. */
export function callAnswer(call: string, parameters: Record<string, string>, response: unknown): CallAnswer {
  return { call, parameters, response }
}
