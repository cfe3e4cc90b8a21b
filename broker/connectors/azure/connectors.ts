import { setTimeout as pause } from 'node:timers/promises'
import type { Connector } from '../../grants/connector.ts'
import { Assignments } from './assignments.ts'
import type { AssignmentEntitlement } from './entitlements.ts'
import { PimAssignments } from './pim-assignments.ts'
import { ResourceManager, type Reach } from './resource-manager.ts'

/** What an operator offers in Azure, and how it is reached. */
export interface AzureOptions extends Reach {
  readonly assignments: readonly AssignmentEntitlement[]
  readonly pim: readonly AssignmentEntitlement[]
}

/** The connectors to Azure. Throws `INPUT_SHAPE`, `INPUT_DUPLICATE` for entitlements that cannot be. */
export function azureConnectors(options: AzureOptions): readonly Connector[] {
  const arm = new ResourceManager(options)
  const wait = (milliseconds: number, signal: AbortSignal) => pause(milliseconds, undefined, { signal })
  return [new Assignments(arm, options.assignments), new PimAssignments(arm, options.pim, wait)]
}
