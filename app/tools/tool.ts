import type { LiveCredentials } from '../../broker/index.ts'

/** Where a tool's process finds its credentials. */
export interface Loopback {
  readonly url: string
  readonly token: string
  /** A folder that only the person may enter, gone when the command has ended. */
  readonly folder: string
}

/** What `setup` did to a file; `backup`: where what stood there before is kept. */
export interface SetUp {
  readonly file: string
  readonly changed: boolean
  readonly backup: string | undefined
  /** How to use it, a command. */
  readonly use: string
}

export interface SetUpOptions {
  readonly grant: string
  readonly profile: string
  readonly region?: string
  readonly home?: string
}

/** The tools of one cloud, as far as a person's machine must know them. */
export interface Tool {
  readonly name: string
  /** What `credentials.kind` says for this tool. */
  readonly kind: string
  /** JSON that its endpoint answers. */
  document(live: LiveCredentials): string
  /** What its process finds in its environment; undefined takes a variable away. */
  environment(at: Loopback): Readonly<Record<string, string | undefined>>
  setUp(options: SetUpOptions): SetUp
}
