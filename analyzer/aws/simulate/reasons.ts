import type { Decided } from '../policy/decision.ts'
import type { Formula } from '../policy/formula.ts'
import type { Hit, LayerName } from '../policy/layers.ts'
import { inWords } from '../policy/residual.ts'

/** Why a decision is as it is. `none`: the layer allows nothing, or it is what is missing. */
export interface SimulationReason {
  readonly layer: LayerName
  readonly effect: 'allow' | 'deny' | 'none'
  readonly policy?: string
  /** `Sid` of the statement, or its place in the document from 0. */
  readonly statement?: string | number
  readonly says: string
}

/** The statements that had a say, and what is missing. */
export function reasonsOf(
  action: string,
  hits: readonly Hit[],
  decided: Decided,
): readonly SimulationReason[] {
  const { decision, decidedBy, missing } = decided
  const denials = decision === 'denied-explicit' ? hits.filter(({ effect }) => effect === 'deny') : hits
  const reasons = denials.map((hit) => told(action, hit))
  for (const { subject } of missing)
    reasons.push({ layer: decidedBy, effect: 'none', says: `not known: ${subject}` })
  if (decision === 'denied-implicit') {
    reasons.push({ layer: decidedBy, effect: 'none', says: `${SUBJECTS[decidedBy]} ${action}` })
  }
  if (reasons.length === 0)
    reasons.push({ layer: decidedBy, effect: 'allow', says: `${SUBJECTS[decidedBy]} ${action}` })
  return reasons
}

function told(action: string, { layer, effect, policy, statement, holds }: Hit): SimulationReason {
  if (layer === 'kms-grant')
    return { layer, effect, policy, says: `grant ${policy} allows ${action}${iff(holds)}` }
  const name = typeof statement === 'number' ? `statement ${statement + 1}` : `statement ${statement}`
  const verb = effect === 'allow' ? 'allows' : 'denies'
  return { layer, effect, policy, statement, says: `${name} of ${policy} ${verb} ${action}${iff(holds)}` }
}

function iff(holds: Formula): string {
  return holds === true ? '' : ` if ${inWords(holds)}`
}

const SUBJECTS: Readonly<Record<LayerName, string>> = {
  'always-allowed': 'nothing is needed for',
  'resource-control-policy': 'a resource control policy stops',
  'service-control-policy': 'no service control policy of one level allows',
  'endpoint-policy': 'no statement of an endpoint policy allows',
  'resource-policy': 'no statement of the resource policy grants this principal',
  'kms-grant': 'no grant on the key allows',
  'root-user': 'the root user needs no policy for',
  'identity-policy': 'no identity policy allows',
  'permissions-boundary': 'the permissions boundary does not allow',
  'session-policy': 'no session policy allows',
}
