import type { NodeId } from '../../../graph/index.ts'
import { nodeId, observed } from '../../../graph/index.ts'
import type { Fact } from '../../findings/fact.ts'
import { quoted } from '../../findings/command-line.ts'
import { acceptedTokens } from '../federation.ts'
import { containerOf } from '../scope.ts'
import type { Context } from './context.ts'
import { deleteAssignment } from './remedy.ts'

/** Outside tokens and foreign applications that are trusted; client secrets; privileged service principals without owner. */
export function identityFacts(powerful: ReadonlySet<NodeId>, context: Context): Fact[] {
  return [
    ...federationFacts(context),
    ...foreignFacts(context),
    ...secretFacts(context),
    ...ownerlessFacts(powerful, context),
  ]
}

function* federationFacts({ state }: Context): Generator<Fact> {
  const known = new Map(state.principals.map((principal) => [principal.id, principal]))
  for (const accepted of acceptedTokens(state)) {
    const owner = known.get(accepted.of)
    const [name, id] = [quoted(accepted.credential), quoted(accepted.of)]
    const says = `federated credential ${accepted.credential} accepts tokens of ${accepted.issuer}`
    yield {
      fact: 'external-trust',
      trusted: accepted.presenter,
      trusting: nodeId('azure', accepted.becomes),
      narrowed: accepted.isNarrowed,
      evidence: [observed(accepted.at, says)],
      remedy: {
        says: 'delete the federated credential',
        format: 'command',
        text:
          owner?.kind === 'managed-identity'
            ? `az identity federated-credential delete --name ${name} --identity-name ${quoted(owner.name)} --resource-group RESOURCE_GROUP`
            : `az ad app federated-credential delete --id ${id} --federated-credential-id ${name}`,
      },
      assumes: [],
    }
  }
}

/** Service principals of applications of another tenant that hold a role here, and whom Azure Lighthouse gives one. */
function* foreignFacts(context: Context): Generator<Fact> {
  const { model, nodes, state } = context
  for (const grant of model.grants) {
    for (const grantee of grant.grantees) {
      const principal = model.principals[grantee]
      const node = principal === undefined ? undefined : nodes.get(principal)
      if (node?.kind !== 'principal' || node.external !== true) continue
      const delegation = model.delegationOf(grant)
      if (node.type !== 'service-principal' && delegation === undefined) continue
      const place = nodeId('azure', containerOf(grant.scope) ?? grant.scope)
      const doubt = model.role(grant.role)?.doubt
      const holder = { grantee, principal: node.id, grant, conditions: grant.conditions, doubts: [] }
      yield {
        fact: 'external-trust',
        trusted: node.id,
        trusting: nodes.has(place) ? place : context.tenant,
        narrowed: grant.conditions.length > 0,
        evidence: [
          context.because(holder),
          ...(node.seen === null
            ? []
            : [observed(node.seen, `${node.name} belongs to an application of another tenant`)]),
        ],
        remedy: deleteAssignment(holder, context),
        assumes:
          doubt !== undefined
            ? [doubt]
            : state.tenant === 'directory' && delegation === undefined
              ? ['the tenant of the estate is not the owner of the application']
              : [],
      }
    }
  }
}

/** Active client secrets, told of the service principal that signs in with them. */
function* secretFacts({ state, nodes }: Context): Generator<Fact> {
  for (const { id, kind, name } of state.principals) {
    const node = nodes.get(nodeId('azure', id))
    if (node?.kind !== 'principal' || node.seen === null) continue
    const isApplication = kind === 'application'
    const [identity = id] = isApplication ? (state.identities.get(id) ?? []) : [id]
    for (const secret of node.credentials ?? []) {
      if (secret.type !== 'client-secret' || !secret.active) continue
      yield {
        fact: 'long-lived-key',
        principal: nodeId('azure', identity),
        keyId: secret.id,
        secret: 'client-secret',
        ...(secret.created === undefined ? {} : { created: secret.created }),
        evidence: [observed(node.seen, `${name} has the client secret ${secret.id}`)],
        remedy: {
          says: 'delete the secret once what uses it signs in without one',
          format: 'command',
          text: `az ad ${isApplication ? 'app' : 'sp'} credential delete --id ${quoted(id)} --key-id ${quoted(secret.id)}`,
        },
        assumes: [],
      }
    }
  }
}

/** Only where owners were exported: a listing that nobody made says nothing. */
function* ownerlessFacts(powerful: ReadonlySet<NodeId>, { state, nodes, tenant }: Context): Generator<Fact> {
  const applicationOf = new Map(
    [...state.identities].flatMap(([app, sps]) => sps.map((sp) => [sp, app] as const)),
  )
  for (const { id, kind, name } of state.principals) {
    const node = nodes.get(nodeId('azure', id))
    if (
      kind !== 'service-principal' ||
      node?.kind !== 'principal' ||
      node.external === true ||
      node.seen === null
    )
      continue
    const application = applicationOf.get(id)
    const listings = [id, application].filter((of) => of !== undefined)
    const exported = listings.filter((of) => state.owners.has(of))
    if (!powerful.has(node.id) || exported.length === 0) continue
    if (exported.some((of) => (state.owners.get(of)?.length ?? 0) > 0)) continue
    const says = `${name} has no owner in ${tenant.slice('azure:'.length)}`
    yield {
      fact: 'ownerless',
      principal: node.id,
      evidence: [observed(node.seen, says)],
      remedy: {
        says: 'name an owner who answers for it',
        format: 'command',
        text: `az ad app owner add --id ${quoted(application ?? id)} --owner-object-id OBJECT_ID_OF_THE_OWNER`,
      },
      assumes:
        exported.length === listings.length
          ? []
          : ['the listing of owners that was not exported is empty too'],
    }
  }
}
