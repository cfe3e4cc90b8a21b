import type {
  Cloud,
  DecisionEngine,
  GraphNode,
  NodeId,
  PrincipalNode,
  Privilege,
  Residual,
} from '../../graph/index.ts'
import { CLOUDS } from '../../graph/index.ts'
import { askedActors } from './asked-actors.ts'
import { privilegeIf } from './only-if.ts'
import type { Named } from './named.ts'
import type { OpenEstate } from './open-estate.ts'
import { findTargets } from './target.ts'

/** What a principal may do on some resources: rows of the engine that differ only in their proof are one. */
export interface Power {
  readonly resources: readonly string[]
  readonly actions: readonly string[]
  readonly decision: Privilege['decision']
  readonly conditions: readonly Residual[]
}

/** The power of one principal, the most of it first. */
export interface PowersAs {
  readonly as: PrincipalNode
  /** What must hold for it to be the power of the person who was asked about. */
  readonly theirsIf: readonly Residual[]
  readonly cloud: Cloud
  /** How many actions the cloud has. */
  readonly universe: number
  /** Containers in which it can change who has access. */
  readonly administers: readonly GraphNode[]
  readonly powers: readonly Power[]
}

/**
 * What a principal or person may do, in every cloud, as itself or as what it signs in to. With a resource only on it and
 * what it holds. Throws `NOT_FOUND` or `AMBIGUOUS` for its name.
 */
export async function powersOf(
  estate: OpenEstate,
  named: Named,
  on: string | undefined,
): Promise<PowersAs[]> {
  const found: PowersAs[] = []
  const asked = on === undefined ? undefined : await findTargets(estate, on)
  for (const cloud of CLOUDS) {
    const engine = await estate.engine(cloud)
    if (engine === undefined || (asked !== undefined && asked.cloud !== cloud)) continue
    const actors = await askedActors(estate, engine, named)
    const targets = asked === undefined ? [undefined] : asked.targets
    for (const { as, conditions } of actors) {
      const rows = targets
        .flatMap((target) => rowsOf(engine, as.id, target))
        .map((row) => privilegeIf(row, conditions))
      found.push({
        as,
        theirsIf: conditions,
        cloud,
        universe: engine.universe.size,
        administers: await administeredBy(estate, as.id),
        powers: asked === undefined ? merged(engine, rows) : sameOnSeveral(merged(engine, rows)),
      })
    }
  }
  return found
}

/** Without what cannot be about the resource: `*` in a policy allows it, and nobody ever asks for it there. */
function rowsOf(engine: DecisionEngine, principal: NodeId, target: string | undefined): readonly Privilege[] {
  const rows = engine.whatCan(principal, target)
  const applicable = target === undefined ? undefined : engine.applicable?.(target)
  if (applicable === undefined) return rows
  return rows
    .map((row) => ({ ...row, actions: row.actions.intersect(applicable) }))
    .filter((row) => !row.actions.isEmpty || row.unlisted.length > 0)
}

async function administeredBy(estate: OpenEstate, id: NodeId): Promise<GraphNode[]> {
  const nodes = await estate.nodes()
  const found = new Map<NodeId, GraphNode>()
  for (const edge of await estate.edges()) {
    if (edge.from !== id || edge.kind !== 'can-access' || edge.level !== 'administer') continue
    const node = nodes.get(edge.to)
    if (node?.kind === 'container') found.set(node.id, node)
  }
  return [...found.values()]
}

function merged(engine: DecisionEngine, rows: readonly Privilege[]): Power[] {
  const keyOf = ({ resources, decision, conditions }: Privilege) =>
    JSON.stringify([decision, resources, conditions])
  const powers = [...Map.groupBy(rows, keyOf).values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return []
    const listed = rest.reduce((all, row) => all.union(row.actions), first.actions)
    const unlisted = new Set([first, ...rest].flatMap((row) => row.unlisted))
    const { resources, decision, conditions } = first
    return [{ resources, actions: [...engine.universe.namesOf(listed), ...unlisted], decision, conditions }]
  })
  return powers.sort((a, b) => b.actions.length - a.actions.length)
}

/** A bucket and its objects often stand in two rows that say the same. */
function sameOnSeveral(powers: readonly Power[]): Power[] {
  const keyOf = ({ actions, decision, conditions }: Power) => JSON.stringify([decision, conditions, actions])
  return [...Map.groupBy(powers, keyOf).values()].flatMap(([first, ...rest]) =>
    first === undefined
      ? []
      : [{ ...first, resources: [first, ...rest].flatMap(({ resources }) => resources) }],
  )
}
