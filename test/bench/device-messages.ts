/** What the bench of devices and its clients' process tell each other. */
export interface Device {
  readonly id: string
  readonly key: string
  readonly certificate: string
}

export interface ClientOrder {
  /** `connect`: one connection for each device, kept. `handshakes`: one after the other, each with one request. */
  readonly kind: 'connect' | 'handshakes'
  readonly port: number
  readonly ca: string
  readonly devices: readonly Device[]
  readonly count?: number
}

export type ClientMessage =
  | { readonly kind: 'connected' }
  | { readonly kind: 'handshakes'; readonly times: readonly number[]; readonly failures: number }
  /** `at`: milliseconds since 1970, with fractions. */
  | { readonly kind: 'closed'; readonly id: string; readonly at: number }

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}
