/** One binding of an allow policy. */
export type Binding = {
  readonly members: readonly string[]
  readonly role: string
  readonly condition?: { readonly expression: string; readonly title: string }
}
