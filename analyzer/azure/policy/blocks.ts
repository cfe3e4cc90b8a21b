import { matches } from '../../../graph/index.ts'
import type { PermissionBlock } from './model.ts'

/**
 * Whether a block names an action: `Actions − NotActions`, or `DataActions − NotDataActions` ("Understand Azure role
 * definitions"). The exceptions narrow this block alone; they deny nothing.
 *
 * @param action folded to lower case
 */
export function names(block: PermissionBlock, action: string, isData: boolean): boolean {
  const granted = isData ? block.dataActions : block.actions
  if (!granted.some((pattern) => matches(pattern, action, false))) return false
  const except = isData ? block.notDataActions : block.notActions
  return !except.some((pattern) => matches(pattern, action, false))
}
