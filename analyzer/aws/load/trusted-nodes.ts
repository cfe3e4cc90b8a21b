import type { NodeId, PrincipalNode } from '../../../graph/index.ts'
import { nodeId } from '../../../graph/index.ts'
import { principalElement } from '../evaluate/principal-element.ts'
import { accountIn, isAccountId, lastStep } from '../model/arn.ts'
import type { AwsState } from '../state.ts'
import type { Draft } from './draft.ts'
import { accountNode } from './draft.ts'

/** The node of an account that is not one of the estate. */
export function externalAccountNode(id: string): NodeId {
  return nodeId('aws', `arn:aws:iam::${id}:root`)
}

/** Adds nodes for whom policies trust and nothing describes: external accounts, identity providers, AWS services. */
export function addTrusted(draft: Draft, state: AwsState): void {
  for (const text of new Set(state.statements.principals)) {
    if (text < 0) continue
    const element = principalElement(state.texts[text] ?? 'null')
    const accounts = new Set(element.accounts)
    for (const session of element.sessions.keys()) accounts.add(session.slice(0, 12))
    for (const name of element.named) {
      const account = accountIn(name)
      if (account !== undefined) accounts.add(account)
    }
    for (const account of accounts) {
      if (isAccountId(account) && !draft.accounts.has(account)) {
        add(draft, externalAccountNode(account), 'account', `account ${account}`, null, true)
      }
    }
    for (const service of element.services) add(draft, nodeId('aws', service), 'service', service, null)
    for (const provider of element.federated) {
      const account = accountIn(provider)
      const scope = account !== undefined && draft.accounts.has(account) ? accountNode(account) : null
      add(draft, nodeId('aws', provider), 'federated', providerName(provider), scope)
    }
  }
}

/** `arn:aws:iam::…:oidc-provider/token.actions.githubusercontent.com` → the part after the type; else the last step. */
export function providerName(provider: string): string {
  const found = /:oidc-provider\/(.+)$/.exec(provider)?.[1]
  return found ?? lastStep(provider)
}

function add(
  draft: Draft,
  id: NodeId,
  type: PrincipalNode['type'],
  name: string,
  scope: NodeId | null,
  external = false,
): void {
  draft.add({
    kind: 'principal',
    type,
    id,
    cloud: 'aws',
    name,
    scope,
    tags: [],
    seen: null,
    human: false,
    ...(external ? { external } : {}),
  })
}
