import type { GraphNode } from '../../../graph/index.ts'
import type { Assessment } from '../../estate/assessment.ts'
import { personAround } from '../../estate/named.ts'
import type { ApiPerson } from '../api.ts'
import { apiEvidence } from './evidence.ts'
import type { NodeRefs } from './node-refs.ts'

/** Links shown; somebody with more has them by mistake. */
const LINKS = 30

/** The person whose account a node is; `null` for what is nobody's or has no other account. */
export async function apiPerson(
  { estate, nodes }: Assessment,
  refs: NodeRefs,
  node: GraphNode,
): Promise<ApiPerson | null> {
  if (node.kind !== 'principal' || node.human !== true) return null
  const { identities, maybe, links } = personAround(nodes, node, await estate.people())
  if (identities.length + maybe.length < 2) return null
  return {
    accounts: [
      ...identities.map(({ id }) => ({ node: refs.ref(id), conditions: [] })),
      ...maybe.map(({ identity, conditions }) => ({
        node: refs.ref(identity.id),
        conditions: conditions.map(({ says }) => says),
      })),
    ],
    links: await Promise.all(
      links.slice(0, LINKS).map(async ({ rule, says, certainty, because }) => {
        const from = await Promise.all(because.map((each) => apiEvidence(estate, each)))
        const nowhere = { origin: null, command: null, line: null, pointer: null, excerpt: null }
        return { rule, certainty, evidence: { says, rule, ...nowhere, from } }
      }),
    ),
  }
}
