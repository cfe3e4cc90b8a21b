import type { Credential, GraphNode, PrincipalNode } from '../../../graph/index.ts'
import { CLOUD_TITLES, nativeId, typeInWords } from '../../../graph/index.ts'
import type { Assessment } from '../../estate/assessment.ts'
import type { ApiIdentity } from '../api.ts'

type Fact = ApiIdentity['facts'][number]

/** What is known of a node, as label and value; what is not known is said so. */
export function identityFacts({ nodes }: Assessment, node: GraphNode): Fact[] {
  const scope = node.scope === null ? undefined : nodes.get(node.scope)
  const facts: Fact[] = [
    plain('Cloud', CLOUD_TITLES[node.cloud]),
    plain('Type', typeInWords(node)),
    plain('Id', nativeId(node.id)),
    ...(scope ? [plain('Lives in', scope.name)] : []),
  ]
  if (node.kind === 'container' && node.environment !== undefined)
    facts.push(plain('Environment', node.environment))
  if (node.kind === 'principal') facts.push(...principalFacts(node))
  for (const [key, value] of node.tags) facts.push(plain(`Tag ${key}`, value))
  return facts
}

function principalFacts(node: PrincipalNode): Fact[] {
  const facts: Fact[] = []
  if (node.email !== undefined) facts.push(plain('E-mail', node.email))
  facts.push(node.human === undefined ? unknown('Person') : plain('Person', node.human ? 'yes' : 'no'))
  if (node.human === true) {
    const mfa = {
      label: 'Second factor',
      value: node.mfa === true ? 'on' : 'off',
      tone: node.mfa === true ? 'good' : 'bad',
    } as const
    facts.push(node.mfa === undefined ? unknown('Second factor') : mfa)
  }
  if (node.enabled === false) facts.push({ label: 'State', value: 'disabled', tone: 'bad' })
  if (node.guest === true) facts.push({ label: 'Guest', value: 'from another directory', tone: 'bad' })
  if (node.external === true) facts.push({ label: 'Outside', value: 'not of this estate', tone: 'bad' })
  if (node.created !== undefined) facts.push(plain('Created', day(node.created)))
  facts.push(lastUse(node))
  for (const credential of node.credentials ?? []) facts.push(credentialFact(credential))
  return facts
}

function lastUse({ lastUsed, unusedForDays }: PrincipalNode): Fact {
  if (lastUsed !== undefined) return plain('Last used', lastUsed === 'never' ? 'never' : day(lastUsed))
  if (unusedForDays !== undefined)
    return plain('Last used', `not in the ${unusedForDays} days before the export`)
  return unknown('Last used')
}

function credentialFact(credential: Credential): Fact {
  const { type, id, active, created, expires, lastUsed } = credential
  const parts = [
    active ? 'active' : 'not active',
    ...(created === undefined ? [] : [`created ${day(created)}`]),
    ...(expires === undefined ? [] : [`until ${day(expires)}`]),
    ...(lastUsed === undefined ? [] : [lastUsed === 'never' ? 'never used' : `last used ${day(lastUsed)}`]),
  ]
  return plain(`${type.replace('-', ' ')} ${id}`, parts.join(', '))
}

function plain(label: string, value: string): Fact {
  return { label, value, tone: 'plain' }
}

function unknown(label: string): Fact {
  return { label, value: 'not known', tone: 'unknown' }
}

function day(instant: string): string {
  return instant.slice(0, 10)
}
