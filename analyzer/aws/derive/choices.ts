import { listAt } from '../model/intern.ts'
import { parseArn } from '../model/arn.ts'
import { NOT_RESOURCE } from '../state.ts'
import { tokensMatch, tokensOf } from '../evaluate/arn-pattern.ts'
import type { Estate } from '../evaluate/estate.ts'
import type { Holders } from './holders.ts'

/**
 * Resources that a caller could choose for an action: one for each resource pattern of the statements that allow it,
 * as long as it is one of those that `pattern` names.
 */
export function choices(
  estate: Estate,
  holders: Holders,
  action: string,
  pattern: string,
  principal: number,
): ReadonlySet<string> {
  const { statements } = estate.state
  const usual = concrete(pattern, pattern)
  const wanted = tokensOf(pattern)
  const found = new Set<string>()
  for (const statement of holders.heldBy(action, principal)) {
    if ((estate.flags(statement) & NOT_RESOURCE) !== 0) {
      found.add(usual)
      continue
    }
    for (const text of listAt(statements.lists, statements.resources[statement] ?? -1)) {
      const named = estate.text(text)
      const choice = named === '*' ? usual : concrete(named, pattern)
      if (choice === usual || tokensMatch(wanted, choice)) found.add(choice)
    }
  }
  return found
}

/** A resource that a pattern names, in the account of `within` and in an ordinary region. */
function concrete(pattern: string, within: string): string {
  const parsed = parseArn(pattern)
  const home = parseArn(within)
  if (parsed === undefined || home === undefined) return pattern
  const fill = (text: string) => text.replaceAll(/[*?]/g, 'x')
  const region = parsed.region === '*' ? 'us-east-1' : fill(parsed.region)
  const account = parsed.account === '*' ? home.account : fill(parsed.account)
  const partition = parsed.partition === '*' ? home.partition : fill(parsed.partition)
  return `arn:${partition}:${parsed.service}:${region}:${account}:${fill(parsed.resource)}`
}
