import { setTimeout as pause } from 'node:timers/promises'
import type { Connector } from '../../grants/connector.ts'
import { AllowPolicies, type Reach } from './allow-policies.ts'
import { Bindings } from './bindings.ts'
import type { BindingEntitlement } from './entitlements.ts'

/** What an operator offers in Google Cloud, and how it is reached. */
export interface GcpOptions extends Reach {
  readonly bindings: readonly BindingEntitlement[]
}

/** The connectors to Google Cloud. Throws `INPUT_SHAPE`, `INPUT_DUPLICATE` for entitlements that cannot be. */
export function gcpConnectors(options: GcpOptions): readonly Connector[] {
  const wait = (milliseconds: number, signal: AbortSignal) => pause(milliseconds, undefined, { signal })
  return [new Bindings(new AllowPolicies(options), options.bindings, { wait, random: Math.random })]
}
