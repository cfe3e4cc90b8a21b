import { AmbiguousNodeError, type ApiHandlers } from '../../app/server/index.ts'
import type { ApiCan, ApiNodeRef, ApiSeverity } from '../../app/server/api.ts'
import { GomeisaError } from '../../graph/index.ts'
import { derived, proofs } from './estate/evidence.ts'
import { findings } from './estate/findings.ts'
import { identityOf } from './estate/identities.ts'
import { everything, nodes } from './estate/nodes.ts'
import { overview } from './estate/overview.ts'
import { allPaths } from './estate/paths.ts'

const ORDER: readonly ApiSeverity[] = ['critical', 'high', 'medium', 'low', 'info']

/** The node of an id, or the one whose name holds the text. */
function find(text: string): ApiNodeRef {
  const exact = everything.find((node) => node.id === text)
  if (exact) return exact
  const fits = everything.filter((node) => node.name.toLowerCase().includes(text.toLowerCase()))
  if (fits.length > 1) throw new AmbiguousNodeError(`\`${text}\` fits ${fits.length} names`, fits)
  const [only] = fits
  if (!only) throw new GomeisaError('NOT_FOUND', `nothing here is called \`${text}\``)
  return only
}

function can(principal: ApiNodeRef, action: string, resource: string): ApiCan {
  const answer = { principal, action, resource, conditions: [], missing: [] }
  if (action.startsWith('kms:')) {
    return {
      ...answer,
      decision: 'unknown',
      missing: [
        'the policy of the key was not exported',
        'the boundary of the role names a policy that is missing',
      ],
      because: [
        { ...derived('gap', 'kms:GetKeyPolicy was refused', []), layer: 'resource policy', effect: 'none' },
      ],
    }
  }
  if (principal.id !== nodes.ci.id) {
    return {
      ...answer,
      decision: 'denied',
      because: [
        { ...derived('no-allow', 'no statement allows it', []), layer: 'identity policies', effect: 'none' },
        { ...proofs.trustLambda, layer: 'service control policy', effect: 'deny' },
      ],
    }
  }
  return {
    ...answer,
    decision: 'allowed-if',
    conditions: ['the request comes from vpc-0a11'],
    because: [
      { ...proofs.passRole, layer: 'identity policies', effect: 'allow' },
      { ...proofs.administrator, layer: 'service control policy', effect: 'allow' },
      { ...derived('none', 'there is no boundary', []), layer: 'permission boundary', effect: 'none' },
    ],
  }
}

/** A hand-made estate behind the real contract: what the pages are tested with. */
export const estateApi: ApiHandlers = {
  overview: () => overview,
  search: ({ q, limit }) => {
    const [kind, rest] = /^([a-z ]+):(?!\/)(.*)$/.exec(q)?.slice(1) ?? []
    const text = (rest ?? q).trim().toLowerCase()
    const results = everything.filter(
      (node) =>
        (kind === undefined || node.type.includes(kind) || node.kind === kind) &&
        `${node.name} ${node.id}`.toLowerCase().includes(text),
    )
    return { query: q, total: results.length, results: results.slice(0, limit) }
  },
  identity: ({ id }) => {
    const node = everything.find((one) => one.id === id && one.kind === 'principal')
    if (!node) throw new GomeisaError('NOT_FOUND', `no identity has the id \`${id}\``)
    return identityOf(node)
  },
  findings: ({ severity, rule, cloud, scope, q, offset, limit }) => {
    const shown = findings.filter(
      (finding) =>
        (severity.length === 0 || severity.includes(finding.severity)) &&
        (cloud === undefined || finding.subject.cloud === cloud) &&
        (scope === undefined || finding.scope?.id === scope) &&
        (q === undefined || `${finding.says} ${finding.title}`.toLowerCase().includes(q.toLowerCase())),
    )
    const byRule = Map.groupBy(shown, (finding) => finding.rule)
    const matching = shown
      .filter((finding) => rule === undefined || finding.rule === rule)
      .toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
    return {
      total: matching.length,
      offset,
      findings: matching.slice(offset, offset + limit),
      rules: [...byRule].map(([id, list]) => ({
        rule: id,
        title: list[0]!.title,
        count: list.length,
        worst: ORDER.find((one) => list.some((finding) => finding.severity === one)) ?? 'info',
      })),
    }
  },
  paths: ({ from, to, limit }) => {
    const start = from === undefined ? null : find(from)
    const end = to === undefined ? null : find(to)
    const fits = allPaths.filter(
      (path) => (!start || path.nodes[0]?.id === start.id) && (!end || path.nodes.at(-1)?.id === end.id),
    )
    const people = new Set(fits.filter((path) => path.nodes[0]?.human).map((path) => path.nodes[0]?.id))
    return {
      from: start,
      to: end,
      reach: start ? null : { people: people.size, workloads: fits.length - people.size },
      total: fits.length,
      paths: fits.toSorted((a, b) => a.steps.length - b.steps.length).slice(0, limit),
    }
  },
  can: ({ principal, action, resource }) => can(find(principal), action, resource),
}
