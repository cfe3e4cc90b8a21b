import type { Decided } from '../policy/decision.ts'
import { decide } from '../policy/decision.ts'
import type { Bounds } from '../policy/decide-formula.ts'
import { boundsOf } from '../policy/decide-formula.ts'
import type { Evaluation } from '../policy/evaluate-request.ts'
import { evaluateRequest } from '../policy/evaluate-request.ts'
import type { Hit } from '../policy/layers.ts'
import type { AccessRequest } from '../policy/request.ts'
import { inWords, simplified } from '../policy/residual.ts'
import type { SimulationReason } from './reasons.ts'
import { reasonsOf } from './reasons.ts'

/** The answer to one request; residual and reasons are made when they are asked for. */
export class Simulation {
  readonly decided: Decided
  private readonly request: AccessRequest
  private readonly evaluation: Evaluation
  private hits: readonly Hit[] | undefined

  /** `explained`: the reasons will be asked for, so they are collected on the way. */
  constructor(request: AccessRequest, explained = false) {
    this.request = request
    const hits: Hit[] | undefined = explained ? [] : undefined
    this.evaluation = evaluateRequest(request, hits && ((hit) => hits.push(hit)))
    this.hits = hits
    this.decided = decide(this.evaluation)
  }

  /** What must hold, in words, of a conditional decision. */
  get residual(): string | undefined {
    return this.decided.decision === 'conditional' ? inWords(simplified(this.evaluation.access)) : undefined
  }

  /** Whether some request, and whether every request, that the known facts leave is allowed. */
  get bounds(): Bounds {
    return boundsOf(this.evaluation.access)
  }

  get because(): readonly SimulationReason[] {
    this.hits ??= collected(this.request)
    return reasonsOf(this.request.action, this.hits, this.decided)
  }
}

function collected(request: AccessRequest): readonly Hit[] {
  const hits: Hit[] = []
  evaluateRequest(request, (hit) => hits.push(hit))
  return hits
}
