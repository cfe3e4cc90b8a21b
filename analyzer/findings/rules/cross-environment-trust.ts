import { type Edge, type NodeId, nativeId } from '../../../graph/index.ts'
import type { Case, FindingContext, FindingRule } from '../rule.ts'
import { administrators } from '../facts.ts'
import { environmentOf, homeOf } from '../scope.ts'
import { counted, details, nameOf } from '../words.ts'

export const crossEnvironmentTrust: FindingRule = {
  id: 'cross-environment-trust',
  title: 'A lower environment can become production',
  why:
    'Development and staging are guarded less, on purpose. When something that lives there can take on an identity of ' +
    'production, production is guarded no better than they are. Security tooling that looks into production is not reported, ' +
    'nor is anything whose environment is not told by tags or names.',
  severity: 'high',
  varies: 'critical where the identity of production is an administrator; medium where conditions must hold',
  tells: 'hygiene',
  *cases(context) {
    const strong = administrators(context.facts)
    const homes = new Map<NodeId, boolean | null>()
    for (const edge of context.edges) {
      if (edge.kind !== 'can-become') continue
      if (isProduction(context, edge.to, homes) !== true) continue
      if (isProduction(context, edge.from, homes) !== false) continue
      yield trustCase(edge, context, strong)
    }
  },
  says: (cases, { nodes }) => {
    const home = homeOf(nodes, cases[0].subject)
    const from = nodes.get(cases[0].discriminator as NodeId)
    const where = from === undefined ? '' : ` of ${environmentOf(nodes, from.id) ?? ''} (${from.name})`
    return (
      `${counted(new Set(cases.map((part) => part.detail)).size, 'identity', 'identities')}${where} can become ` +
      `${nameOf(nodes, cases[0].subject)}${home === null ? '' : ` of production (${nameOf(nodes, home)})`}: ${details(cases)}`
    )
  },
}

/** True: it lives in production; false: in a lower environment; null: neither, or not told. */
function isProduction(
  { nodes }: FindingContext,
  id: NodeId,
  homes: Map<NodeId, boolean | null>,
): boolean | null {
  const home = homeOf(nodes, id)
  if (home === null) return null
  const known = homes.get(home)
  if (known !== undefined) return known
  const environment = environmentOf(nodes, home)
  const production =
    environment === undefined || environment === 'security' ? null : environment === 'production'
  homes.set(home, production)
  return production
}

/** One finding for each identity of production and each container that can become it. */
function trustCase(edge: Edge, { nodes }: FindingContext, strong: ReadonlySet<NodeId>): Case {
  const conditional = edge.certainty === 'conditional'
  return {
    subject: edge.to,
    scope: homeOf(nodes, edge.to),
    discriminator: homeOf(nodes, edge.from) ?? '',
    detail: nameOf(nodes, edge.from),
    severity: conditional ? 'medium' : strong.has(edge.to) ? 'critical' : 'high',
    assumes: edge.certainty === 'unknown' ? edge.conditions : [],
    evidence: [edge.because],
    remedy: {
      says: `take ${nameOf(nodes, edge.from)} out of what lets it become ${nameOf(nodes, edge.to)} (${edge.label})`,
      format: 'command',
      text: [
        `# ${edge.rule}: the evidence names the statement to change`,
        `# remove: ${nativeId(edge.from)}`,
        `# from what lets it become: ${nativeId(edge.to)}`,
      ]
        .map((line) => line.replaceAll(/[\r\n]+/g, ' '))
        .join('\n'),
    },
  }
}
