import type { GraphNode, NodeId } from '../../../graph/index.ts'
import { nodeId, observed } from '../../../graph/index.ts'
import { quoted } from '../../findings/command-line.ts'
import type { PublicAccessFact } from '../../findings/fact.ts'
import type { Estate } from '../evaluate/estate.ts'
import { placeOf } from '../evaluate/hits.ts'
import { listAt } from '../model/intern.ts'
import { actionsInWords, guarded } from './trust-facts.ts'

/** Access control lists of buckets that grant to everybody, or to every AWS account. */
export function* publicAclFacts(
  estate: Estate,
  nodes: ReadonlyMap<NodeId, GraphNode>,
): Generator<PublicAccessFact> {
  const { resources } = estate.state
  for (const [index, arn] of resources.arns.entries()) {
    const sure = listAt(resources.acls, index)
    const open = listAt(resources.openAcls, index)
    if (sure.length + open.length === 0) continue
    const resource = nodeId('aws', arn)
    const guard = guarded(estate, resources.policies[index] ?? -1)
    if (guard === 'closed' || !nodes.has(resource)) continue
    const told = new Set<string>()
    for (const use of [...sure, ...open]) {
      const grant = publicGrant(estate, use)
      if (grant === undefined || told.has(`${grant.audience} ${grant.may}`)) continue
      told.add(`${grant.audience} ${grant.may}`)
      const name = estate.text(estate.state.uses.names[use] ?? -1)
      yield {
        fact: 'public-access',
        resource,
        ...grant,
        conditional: guard === 'conditional',
        evidence: [observed(placeOf(estate, use, 0), `access control list of ${arn}: ${name}`)],
        remedy: {
          says: 'disable access control lists, when a bucket policy lets in all others that need it',
          format: 'command',
          text:
            `aws s3api put-bucket-ownership-controls --bucket ${quoted(arn.slice(arn.lastIndexOf(':') + 1))} \\\n` +
            `  --ownership-controls 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'`,
        },
        assumes: sure.includes(use)
          ? []
          : ['Block Public Access of the bucket and its account does not ignore access control lists'],
      }
    }
  }
}

function publicGrant(estate: Estate, use: number): Pick<PublicAccessFact, 'audience' | 'may'> | undefined {
  const { statements, uses } = estate.state
  const all = [...estate.statementsOf(uses.documents[use] ?? -1)]
  const [first] = all
  if (first === undefined || estate.element(first)?.everyone !== true) return undefined
  const actions = all.flatMap((statement) =>
    Array.from(listAt(statements.lists, statements.actions[statement] ?? -1), (text) => estate.text(text)),
  )
  return {
    audience: estate.text(statements.principals[first] ?? -1) === '"*"' ? 'anyone' : 'any-account',
    may: `${actionsInWords(actions)}, by its access control list`,
  }
}
