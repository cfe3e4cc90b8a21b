/** What is known of a principal when its requests are evaluated. */
export interface Identity {
  readonly arn: string
  readonly kind: 'user' | 'role'
  readonly account: string
  /** User name or role name, without path. */
  readonly name: string
  readonly uniqueId: string
  readonly tags: readonly (readonly [string, string])[]
  /** Id of its organization; null: none; undefined: not known. */
  readonly organization: string | null | undefined
}
