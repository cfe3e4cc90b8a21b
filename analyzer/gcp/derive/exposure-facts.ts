import type { PrincipalNode } from '../../../graph/index.ts'
import { nodeId, observed } from '../../../graph/index.ts'
import type { Fact } from '../../findings/fact.ts'
import { quoted } from '../../findings/command-line.ts'
import { acceptedTokens } from '../federation.ts'
import { isContainer } from '../resource-name.ts'
import type { BindingState } from '../state.ts'
import type { Context } from './context.ts'
import { removeMember } from './remedy.ts'

/** Bindings for everyone; members of other domains on containers; outside token issuers; keys of service accounts. */
export function exposureFacts(context: Context): Fact[] {
  return [...bindingFacts(context), ...federationFacts(context), ...keyFacts(context)]
}

function* bindingFacts(context: Context): Generator<Fact> {
  const { state } = context
  for (const binding of state.bindings) {
    if (binding.after !== null) continue
    for (const member of binding.members) {
      const text = state.members[member] ?? ''
      if (text === 'allUsers' || text === 'allAuthenticatedUsers') yield publicFact(binding, text, context)
      const node = context.nodes.get(nodeId('gcp', text))
      if (node?.kind === 'principal' && isStranger(node) && isContainer(binding.scope)) {
        yield strangerFact(binding, node, text, context)
      }
    }
  }
}

function publicFact(binding: BindingState, member: string, { state }: Context): Fact {
  const role = state.roles[binding.role]
  const name = role?.name ?? ''
  return {
    fact: 'public-access',
    resource: nodeId('gcp', binding.scope),
    audience: member === 'allUsers' ? 'anyone' : 'any-account',
    may: role?.title ?? name,
    conditional: binding.condition !== null,
    evidence: [observed(binding.at, `${name} for ${member}`)],
    remedy: removeMember(binding.scope, name, member, binding.condition?.expression ?? null),
    assumes: [],
  }
}

/** People and groups of a domain that is none of the organizations'. */
function isStranger(node: PrincipalNode): boolean {
  return node.external === true && (node.type === 'user' || node.type === 'group')
}

function strangerFact(binding: BindingState, node: PrincipalNode, member: string, { state }: Context): Fact {
  const role = state.roles[binding.role]?.name ?? ''
  const domain = member.slice(member.lastIndexOf('@') + 1)
  return {
    fact: 'external-trust',
    trusted: node.id,
    trusting: nodeId('gcp', binding.scope),
    narrowed: binding.condition !== null,
    evidence: [observed(binding.at, `${role} for ${member}`)],
    remedy: removeMember(binding.scope, role, member, binding.condition?.expression ?? null),
    assumes: [`${domain} is not a secondary domain of the organization`],
  }
}

/** A trust in all subjects of an issuer that many share is not narrowed; a condition or a subject narrows it. */
function* federationFacts({ state }: Context): Generator<Fact> {
  for (const accepted of acceptedTokens(state)) {
    const provider =
      /projects\/([^/]+)\/locations\/global\/workloadIdentityPools\/([^/]+)\/providers\/([^/]+)$/.exec(
        accepted.provider,
      )
    const [, project = '', pool = '', name = ''] = provider ?? []
    yield {
      fact: 'external-trust',
      trusted: accepted.presenter,
      trusting: accepted.becomes,
      narrowed: accepted.isNarrowed,
      evidence: [observed(accepted.at, `provider ${name} accepts tokens of ${accepted.issuer}`)],
      remedy: {
        says: 'narrow the provider to the repositories or accounts that need it',
        format: 'command',
        text:
          `gcloud iam workload-identity-pools providers update-oidc ${quoted(name)} --workload-identity-pool=${quoted(pool)} ` +
          `--location=global --project=${quoted(project)} --attribute-condition='assertion.sub == "SUBJECT"'`,
      },
      assumes: [],
    }
  }
}

function* keyFacts({ nodes, state }: Context): Generator<Fact> {
  const places = new Map(state.serviceAccounts.map(({ email, at }) => [email, at]))
  const keyPlaces = new Map(state.keys.map(({ id, at }) => [id, at]))
  for (const node of nodes.values()) {
    if (node.kind !== 'principal' || node.email === undefined) continue
    for (const key of node.credentials ?? []) {
      const at = keyPlaces.get(key.id) ?? places.get(node.email)
      if (!key.active || at === undefined) continue
      yield {
        fact: 'long-lived-key',
        principal: node.id,
        keyId: key.id,
        secret: 'service-account-key',
        ...(key.created === undefined ? {} : { created: key.created }),
        ...(key.lastUsed === undefined ? {} : { lastUsed: key.lastUsed }),
        evidence: [observed(at, `key ${key.id} of ${node.email} is managed by its user`)],
        remedy: {
          says: `delete the key once what uses it signs in without one`,
          format: 'command',
          text: `gcloud iam service-accounts keys delete ${quoted(key.id)} --iam-account=${quoted(node.email)}`,
        },
        assumes: [],
      }
    }
  }
}
