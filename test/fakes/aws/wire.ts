/** A request to AWS, as far as its wire protocol shows. */
export interface Seen {
  /** As it stands in the signature: `iam`, `s3`, `execute-api` … */
  readonly service: string
  readonly region: string
  readonly accessKey: string
  /** The operation, or method and path where the protocol has no name of it. */
  readonly operation: string
  readonly method: string
  readonly path: string
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}
