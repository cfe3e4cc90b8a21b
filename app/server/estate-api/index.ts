import { findNodes } from '../../../graph/index.ts'
import { headlines } from '../../../analyzer/index.ts'
import type { Assessment } from '../../estate/assessment.ts'
import type { ApiHandlers } from '../handlers.ts'
import { answerCan } from './can.ts'
import { answerFindings } from './findings.ts'
import { answerIdentity } from './identity.ts'
import { NodeRefs } from './node-refs.ts'
import { answerOverview } from './overview.ts'
import { answerPaths, edgeKey } from './paths.ts'

/** The HTTP API over an assessed estate, compared with the one before where there is one. */
export function estateApi(current: Assessment, previous?: Assessment): ApiHandlers {
  const jewels = new Set(current.estate.summary.crownJewels.map((jewel) => jewel.resource))
  const refs = new NodeRefs(current.nodes, jewels)
  const findingsBefore = previous && new Set(previous.findings.map((finding) => finding.id))
  const edgesBefore = previous && new Set(previous.edges.map(edgeKey))
  const sentences = headlines({ current, previous: previous ?? null })
  return {
    overview: () => answerOverview(current, previous, sentences, refs),
    search: ({ q, limit }) => {
      const found = findNodes(current.nodes.values(), q)
      return {
        query: q,
        total: found.length,
        results: found.slice(0, limit).map(({ node }) => refs.ref(node.id)),
      }
    },
    identity: ({ id }) => answerIdentity(current, refs, id, findingsBefore),
    findings: (query) => answerFindings(current, refs, query, findingsBefore),
    paths: (query) => answerPaths(current, refs, query, edgesBefore),
    can: (query) => answerCan(current.estate, refs, query),
  }
}
