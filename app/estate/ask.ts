import type { Answer, Cloud, Decision, DecisionEngine, PrincipalNode } from '../../graph/index.ts'
import { CLOUD_TITLES, CLOUDS, GomeisaError, mostAlike } from '../../graph/index.ts'
import { askedActors } from './asked-actors.ts'
import { onlyIf } from './only-if.ts'
import type { Named } from './named.ts'
import { findNamed } from './named.ts'
import type { OpenEstate } from './open-estate.ts'
import { findTarget } from './target.ts'

/** One answer: asked as the principal itself, or as one whose power it signs in to. */
export interface AskedAs {
  readonly as: PrincipalNode
  readonly answer: Answer
}

export interface Asked {
  readonly named: Named
  /** The first of the identities; in the cloud of the action where there is one. */
  readonly principal: PrincipalNode
  readonly action: string
  /** See `remarkOn`. */
  readonly remark: string | undefined
  /** Native name. */
  readonly resource: string
  /** The most permissive first; at least one. */
  readonly answers: readonly [AskedAs, ...AskedAs[]]
}

/** Most permissive first. */
export const DECISION_ORDER: readonly Decision[] = ['allowed', 'allowed-if', 'unknown', 'denied']

/**
 * Answers `may this principal do this action on this resource`. A person is asked as each of their identities, and one
 * that has no permissions of its own in the cloud of the action as every principal it signs in to.
 * Throws `NOT_FOUND` or `AMBIGUOUS` for names, `USAGE` for an action of no imported cloud.
 */
export async function ask(
  estate: OpenEstate,
  principalText: string,
  actionText: string,
  resourceText: string,
): Promise<Asked> {
  const named = await findNamed(estate, principalText)
  const engine = await engineOfAction(estate, actionText, named.identities[0].cloud)
  const action = asKnown(engine, actionText)
  const resource = await findTarget(estate, engine, action, resourceText)
  const principal =
    named.identities.find((identity) => identity.cloud === engine.cloud) ?? named.identities[0]
  const answers = (await askedActors(estate, engine, named))
    .map(({ as, conditions }) => ({ as, answer: onlyIf(engine.can(as.id, action, resource), conditions) }))
    .sort((a, b) => DECISION_ORDER.indexOf(a.answer.decision) - DECISION_ORDER.indexOf(b.answer.decision))
  const [first, ...rest] = answers
  if (first === undefined) {
    throw new GomeisaError(
      'NOT_FOUND',
      `\`${named.name}\` signs in to nothing in ${CLOUD_TITLES[engine.cloud]}`,
      {
        remedy: 'name a principal of that cloud; `gomeisa who-can ACTION RESOURCE` lists who may',
      },
    )
  }
  const remark = remarkOn(engine, action, resource)
  return { named, principal, action, remark, resource, answers: [first, ...rest] }
}

/** The engine whose cloud has such actions; the principal's own cloud first. */
export async function engineOfAction(
  estate: OpenEstate,
  action: string,
  first?: Cloud,
): Promise<DecisionEngine> {
  const order = [...CLOUDS].sort((a, b) => Number(b === first) - Number(a === first))
  for (const cloud of order) {
    const engine = await estate.engine(cloud)
    if (engine?.isAction(action) === true) return engine
  }
  throw new GomeisaError('USAGE', `\`${action}\` is no action of an imported cloud`, {
    remedy:
      'write it as the cloud does: s3:GetObject, storage.objects.get, Microsoft.Storage/storageAccounts/read',
  })
}

/** An action in the cloud's own spelling; as it was asked when no list knows it. */
export function asKnown({ universe }: DecisionEngine, action: string): string {
  const index = universe.indexOf(action)
  return (index === undefined ? undefined : universe.names[index]) ?? action
}

/**
 * A remark about an action that has the right form and that no list of the cloud knows (it may be new, or misspelt), or
 * that can never be about such a resource. `undefined` for one that nothing is to be said of.
 */
export function remarkOn(engine: DecisionEngine, action: string, resource: string): string | undefined {
  const index = engine.universe.indexOf(action)
  if (index !== undefined) {
    const isAbout = engine.applicable?.(resource)?.has(index) ?? true
    return isAbout
      ? undefined
      : `${action} is never about such a resource: policies may allow it all the same`
  }
  const [near] = mostAlike(engine.universe.names, (name) => name, action, 1)
  const guess = near === undefined ? '' : `; did you mean \`${near}\`?`
  return `no list of ${CLOUD_TITLES[engine.cloud]} actions has \`${action}\`${guess}`
}
