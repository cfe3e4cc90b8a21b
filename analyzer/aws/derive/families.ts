import type { Edge, NodeId, PrincipalNode, SourceRef } from '../../../graph/index.ts'
import { derived, nodeId, observed } from '../../../graph/index.ts'
import { placeOf } from '../evaluate/hits.ts'
import { principalElement } from '../evaluate/principal-element.ts'
import { parseArn } from '../model/arn.ts'
import { listAt } from '../model/intern.ts'
import type { AwsState, Control } from '../state.ts'
import { ALLOW, ROLE } from '../state.ts'
import type { Estate } from '../evaluate/estate.ts'

/**
 * The same role in many accounts, which everyone (of the organization) is trusted to assume: same path and name, same
 * trust policy, same resource control policies. Whoever may assume it everywhere has one edge to the family instead of
 * one for each account: principals × accounts would not end.
 */
export interface Family {
  /** `arn:aws:iam::*:role/readonly`. */
  readonly pattern: string
  readonly roles: readonly number[]
  readonly node: NodeId
}

/** Fewer are told one by one. */
const LEAST = 5

export function families(state: AwsState): readonly Family[] {
  const { principals, uses, documents, statements, layerSets, accounts } = state
  const open = new Map<number, boolean>()
  const isOpen = (document: number): boolean => {
    let known = open.get(document)
    if (known === undefined) {
      known = listAt(documents.statements, document).some((statement) => {
        const text = statements.principals[statement] ?? -1
        const allows = ((statements.flags[statement] ?? 0) & ALLOW) !== 0
        return allows && text >= 0 && principalElement(state.texts[text] ?? 'null').everyone
      })
      open.set(document, known)
    }
    return known
  }
  const groups = new Map<string, number[]>()
  for (const [role, trust] of principals.trust.entries()) {
    const document = trust < 0 ? -1 : (uses.documents[trust] ?? -1)
    if (document < 0 || principals.kinds[role] !== ROLE || !isOpen(document)) continue
    const account = accounts[layerSets.account[principals.layerSets[role] ?? -1] ?? -1]
    const key = `${document} ${controlKey(account?.rcps)} ${everywhere(principals.arns[role] ?? '')}`
    const list = groups.get(key)
    if (list === undefined) groups.set(key, [role])
    else list.push(role)
  }
  const found: Family[] = []
  for (const roles of groups.values()) {
    if (roles.length < LEAST) continue
    const pattern = everywhere(principals.arns[roles[0] ?? -1] ?? '')
    const node = nodeId(
      'aws',
      found.some((f) => f.pattern === pattern) ? `${pattern}#${found.length}` : pattern,
    )
    found.push({ pattern, roles, node })
  }
  return found
}

/** The nodes of families, which stand for their roles in many accounts. */
export function familyNodes(state: AwsState): readonly PrincipalNode[] {
  return families(state).map(({ pattern, roles, node }) => ({
    kind: 'principal',
    type: 'role',
    id: node,
    cloud: 'aws',
    name: `${parseArn(pattern)?.resource.replace(/^role\//, '') ?? pattern} in ${roles.length} accounts`,
    scope: null,
    tags: [],
    seen: null,
    human: false,
    many: true,
  }))
}

/** From each family to its roles. */
export function* familyEdges(estate: Estate, found: readonly Family[]): Generator<Edge> {
  for (const { node, roles } of found) {
    for (const role of roles) {
      const arn = estate.state.principals.arns[role] ?? ''
      const at: SourceRef = placeOf(estate, estate.state.principals.trust[role] ?? -1, 0)
      const says = `the trust policy of ${arn} lets everyone assume it`
      yield {
        kind: 'can-become',
        from: node,
        to: nodeId('aws', arn),
        rule: 'role-family',
        label: 'in this account',
        certainty: 'certain',
        conditions: [],
        because: derived('role-family', says, [observed(at, says)]),
      }
    }
  }
}

/** The ARN of a role in whatever account. */
function everywhere(arn: string): string {
  const parts = arn.split(':')
  parts[4] = '*'
  return parts.join(':')
}

function controlKey(control: Control | undefined): string {
  return control?.status === 'known'
    ? control.levels.map((level) => [...level.uses, ...level.missing].join()).join(';')
    : (control?.status ?? 'unknown')
}
