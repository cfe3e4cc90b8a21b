import { jewelsOf } from '../../../analyzer/index.ts'
import type { Edge, NodeId, PrincipalNode } from '../../../graph/index.ts'
import { GomeisaError } from '../../../graph/index.ts'
import { actorsOf } from '../../estate/actors.ts'
import type { Assessment } from '../../estate/assessment.ts'
import { summariseActions } from '../../estate/summarise-actions.ts'
import type { ApiIdentity, ApiLink, ApiPrivilege } from '../api.ts'
import { apiFinding } from './findings.ts'
import { identityFacts } from './identity-facts.ts'
import { reasonEvidence } from './evidence.ts'
import { apiPerson } from './person.ts'
import type { NodeRefs } from './node-refs.ts'

/** Links and privileges shown; the totals are told. */
const LINKS = 50
const PRIVILEGES = 60
const ACTIONS = 40
const RESOURCES = 20

export async function answerIdentity(
  assessment: Assessment,
  refs: NodeRefs,
  id: string,
  before: ReadonlySet<string> | undefined,
): Promise<ApiIdentity> {
  const node = assessment.nodes.get(id as NodeId)
  if (node === undefined) {
    throw new GomeisaError('NOT_FOUND', `no identity has the id \`${id}\``, {
      remedy: 'search for a part of its name',
    })
  }
  const risk = assessment.riskOf.get(node.id)
  const own = assessment.findingsOf.get(node.id) ?? []
  const privileges = node.kind === 'principal' ? await privilegesOf(assessment, node) : []
  const links = (pick: (edge: Edge) => NodeId | undefined): ApiLink[] => {
    const found: ApiLink[] = []
    for (const edge of assessment.edges) {
      const other = pick(edge)
      if (other === undefined) continue
      found.push({ node: refs.ref(other), label: edge.label, certainty: edge.certainty })
      if (found.length === LINKS) break
    }
    return found
  }
  return {
    node: refs.ref(node.id),
    facts: identityFacts(assessment, node),
    score: risk?.score ?? 0,
    because: risk?.because ?? [],
    findings: await Promise.all(own.map((finding) => apiFinding(assessment, refs, finding, before))),
    person: await apiPerson(assessment, refs, node),
    memberOf: links((edge) => (edge.kind === 'member-of' && edge.from === node.id ? edge.to : undefined)),
    members: links((edge) => (edge.kind === 'member-of' && edge.to === node.id ? edge.from : undefined)),
    canBecome: links((edge) => (edge.kind === 'can-become' && edge.from === node.id ? edge.to : undefined)),
    becomable: links((edge) => (edge.kind === 'can-become' && edge.to === node.id ? edge.from : undefined)),
    jewels: jewelsOf(assessment.attack, node.id).map(({ node: jewel, hops, certainty }) => ({
      jewel: refs.ref(jewel),
      hops,
      certainty,
    })),
    privileges: privileges.slice(0, PRIVILEGES),
    privilegesTotal: privileges.length,
  }
}

/** Its own privileges; a person who has none of their own in a cloud is shown what they sign in to as links instead. */
async function privilegesOf(assessment: Assessment, node: PrincipalNode): Promise<ApiPrivilege[]> {
  const engine = await assessment.estate.engine(node.cloud)
  if (engine === undefined) return []
  const [actor] = await actorsOf(assessment.estate, engine, [node])
  if (actor?.id !== node.id) return []
  const rows = engine.whatCan(node.id)
  return Promise.all(
    rows.map(async (row) => {
      const names = [...engine.universe.namesOf(row.actions), ...row.unlisted]
      return {
        resources: row.resources.slice(0, RESOURCES),
        resourcesTotal: row.resources.length,
        actionCount: names.length,
        actions: summariseActions(names, ACTIONS),
        decision: row.decision,
        conditions: row.conditions.map((condition) => condition.says),
        because: await Promise.all(row.because.map((reason) => reasonEvidence(assessment.estate, reason))),
      }
    }),
  )
}
