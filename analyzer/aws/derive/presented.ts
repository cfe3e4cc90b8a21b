import type { GraphNode, NodeId } from '../../../graph/index.ts'
import { nodeId, observed } from '../../../graph/index.ts'
import type { Presents } from '../../federation.ts'
import type { Choice, Token } from '../../token.ts'
import type { Estate } from '../evaluate/estate.ts'
import { accountIn } from '../model/arn.ts'

/**
 * Roles and users show other clouds what `GetCallerIdentity` says of them: of a role, the ARN of its session without path, and
 * a name of the session that whoever assumes it, or the service that it is for, gives it.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export function presentedIdentities(estate: Estate, nodes: ReadonlyMap<NodeId, GraphNode>): Presents[] {
  return estate.state.principals.arns.flatMap((arn) => {
    const node = nodes.get(nodeId('aws', arn))
    const account = accountIn(arn)
    const [, partition = 'aws', kind, path = ''] = /^arn:([\w-]+):iam::\d+:(role|user)\/(.+)$/.exec(arn) ?? []
    if (node === undefined || node.seen === null || account === undefined || kind === undefined) return []
    const chosen = new Map<string, Choice>()
    const claims = new Map<string, string | null>([['account', account]])
    if (kind === 'user') claims.set('arn', arn)
    else {
      const name = path.slice(path.lastIndexOf('/') + 1)
      chosen.set('arn', { prefix: `arn:${partition}:sts::${account}:assumed-role/${name}/`, free: false })
    }
    const because = observed(node.seen, `${arn} can show who it is`)
    return [
      { principal: node.id, token: { issuer: `aws:${account}`, claims, chosen }, because },
      { principal: node.id, token: outboundToken(arn, account), because },
    ]
  })
}

/**
 * The token of `GetWebIdentityToken`: the subject is the ARN of the role or user, the audience is asked for. No export tells
 * the URL of an account's issuer, so the account stands for it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_token_claims.html
 */
function outboundToken(arn: string, account: string): Token {
  return {
    issuer: `aws-outbound:${account}`,
    claims: new Map([['sub', arn]]),
    chosen: new Map([['aud', { prefix: '', free: true }]]),
  }
}
