/**
 * Whether a trust policy lets in the holder of one token, slow and plain: every statement is looked at, every condition is
 * compared with the reference's own operators. IAM User Guide: "Policy evaluation logic", "Condition operators".
 */
import { conditionsHold, lookupIn, type Truth, type World } from '../aws-simulate/conditions.ts'
import { list, type Statement } from '../aws-simulate/line.ts'
import { like } from './like.ts'

export interface Federated {
  readonly provider: string
  readonly action: string
  readonly role: string
  readonly world: World
}

/** `open`: the documentation does not say. */
export function accepts(
  call: Federated,
  trust: readonly Statement[],
  controls: readonly Statement[] = [],
): Truth {
  const allows = trust.filter((s) => s.Effect === 'Allow').map((s) => about(call, s, false))
  const denies = [
    ...trust.filter((s) => s.Effect === 'Deny').map((s) => about(call, s, false)),
    ...controls.filter((s) => s.Effect === 'Deny').map((s) => about(call, s, true)),
  ]
  if (denies.includes('yes') || !allows.some((said) => said !== 'no')) return 'no'
  return denies.includes('open') || !allows.includes('yes') ? 'open' : 'yes'
}

function about({ provider, action, role, world }: Federated, s: Statement, needsResource: boolean): Truth {
  const actions = s.Action === undefined ? [] : list(s.Action)
  if (!actions.some((pattern) => like(pattern.toLowerCase(), action.toLowerCase()))) return 'no'
  const principal = s.Principal
  const named =
    principal === '*' ||
    (typeof principal === 'object' &&
      (list(principal['AWS'] ?? []).includes('*') || list(principal['Federated'] ?? []).includes(provider)))
  if (!named) return 'no'
  if (needsResource && !list(s.Resource ?? []).some((pattern) => like(pattern, role))) return 'no'
  return conditionsHold(s.Condition, world, lookupIn(world))
}
