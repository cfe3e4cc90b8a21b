/** Engine and reference on the same lines. */
import type { Line } from './line.ts'
import { simulate, type Answer } from './index.ts'
import type { Layer } from './decide.ts'

/** The engine in process: one line of JSON in, one out. */
export type Engine = (line: string) => string

export interface EngineAnswer {
  readonly id: string
  readonly decision: string
  readonly decidedBy: string
  readonly residual?: string
}

export interface Difference {
  readonly line: Line
  readonly engine: EngineAnswer
  readonly reference: Answer
}

/** What the engine calls the layers of the reference. */
const NAMES: Readonly<Record<Layer, string>> = {
  identity: 'identity-policy',
  boundary: 'permissions-boundary',
  session: 'session-policy',
  scp: 'service-control-policy',
  rcp: 'resource-control-policy',
  resource: 'resource-policy',
  endpoint: 'endpoint-policy',
  grant: 'kms-grant',
  root: 'root-user',
  always: 'always-allowed',
}

export function askEngine(engine: Engine, line: Line): EngineAnswer {
  return JSON.parse(engine(JSON.stringify({ id: 'line', ...line })))
}

/**
 * Asks both. They agree on the decision, and on a layer that may be said to have decided, where every world gives the
 * same. (Where worlds are denied for different reasons, or nothing allows, many a layer may be named.)
 */
export function compare(engine: Engine, line: Line): Difference & { readonly agree: boolean } {
  const said = askEngine(engine, line)
  const reference = simulate(line)
  const layers = reference.layers.map((layer) => NAMES[layer])
  const named = reference.worlds > 1 || layers.length === 0 || layers.includes(said.decidedBy)
  return { line, engine: said, reference, agree: said.decision === reference.decision && named }
}
