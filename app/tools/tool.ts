import type { LiveCredentials, LoopbackForm } from '../../broker/index.ts'
import type { Written } from './written-file.ts'

/** Where a tool's process finds its credentials. */
export interface Loopback {
  readonly url: string
  readonly token: string
  /** A folder that only the person may enter, gone when the command has ended. */
  readonly folder: string
}

/** What `setup` did. */
export interface SetUp extends Written {
  /** Other files that the tool needs. */
  readonly also: readonly Written[]
  /** How to use it, a command. */
  readonly use: string
}

export interface SetUpOptions {
  readonly grant: string
  readonly profile: string
  readonly region?: string
  readonly home?: string
  /** What the grant gives now; only where the tool `asksFirst`. */
  readonly live?: LiveCredentials
}

/** The tools of one cloud, as far as a person's machine must know them. */
export interface Tool {
  readonly name: string
  /** What `credentials.kind` says for this tool. */
  readonly kind: string
  /** Its settings name the place to which the grant leads, so that the grant must be active when they are written. */
  readonly asksFirst: boolean
  /** How it asks its endpoint; plainly unless told. */
  readonly form?: LoopbackForm
  /** JSON that its endpoint answers. Throws `REFUSED` for a query that asks for what the grant does not give. */
  document(live: LiveCredentials, query: URLSearchParams): string
  /** What its process finds in its environment; undefined takes a variable away. */
  environment(at: Loopback, live: LiveCredentials): Readonly<Record<string, string | undefined>>
  setUp(options: SetUpOptions): SetUp
}
