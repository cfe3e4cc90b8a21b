/** What the agent tells its link process, once, and what it hears from it; bytes as base64. */
export interface LinkOrder {
  /** `mutual`: TLS uses the key. `exporter`: TLS cannot use it; the agent signs the connection's exported value. */
  readonly mode: 'mutual' | 'exporter'
  readonly host: string
  readonly port: number
  /** PEM. */
  readonly authority: string
  readonly certificate: string
  /** PEM: PKCS#8, or `TSS2 PRIVATE KEY` for the provider; only in mode `mutual`. */
  readonly key?: string
  /** Path of the Unix socket on which requests are taken. */
  readonly socket: string
}

export type AgentMessage =
  | { readonly kind: 'start'; readonly order: LinkOrder }
  | { readonly kind: 'signed'; readonly signature: string }

export type LinkMessage =
  | { readonly kind: 'up' }
  | { readonly kind: 'sign'; readonly message: string }
  /** Last word before it ends. `keyUnusable`: TLS could not load the key, so another mode must be used. */
  | { readonly kind: 'down'; readonly why: string; readonly keyUnusable: boolean }
