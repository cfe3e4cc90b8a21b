import type { AdministratorFact, PassAnyRoleFact, PrivilegedFact } from '../../findings/fact.ts'
import type { Hit } from '../evaluate/hit.ts'
import { hitsOf } from '../evaluate/hits.ts'
import { LayerReader } from '../evaluate/layers.ts'
import type { Request } from '../evaluate/request.ts'
import { PRINCIPAL_SIDE } from '../evaluate/resource-side.ts'
import { accountNode } from '../load/draft.ts'
import { listAt } from '../model/intern.ts'
import type { Administrator } from './administrators.ts'
import { evidenceOf, type Allowed, type Judge } from './judge.ts'
import { narrowResource, takeAway } from './remedies.ts'

/** Who can do everything, or give itself the right to. */
export function* administratorFacts(
  judge: Judge,
  administrators: ReadonlyMap<number, Administrator>,
): Generator<AdministratorFact> {
  const { estate } = judge
  for (const { principal, technique, allowed } of administrators.values()) {
    const hit = granting(judge, principal, technique.needs[0].action, estate.identity(principal).arn)
    const policy = hit === undefined ? '' : estate.text(estate.state.uses.names[hit.use] ?? -1)
    const everything = hit !== undefined && isEverything(judge, hit.statement)
    yield {
      fact: 'administrator',
      principal: estate.nodeOf(principal),
      scope: scopeOf(judge, principal),
      via: everything ? policy : `${technique.says}${policy === '' ? '' : ` (${policy})`}`,
      evidence: evidenceOf(estate, principal, allowed),
      remedy: takeAway(estate, principal, hit?.use ?? -1),
      assumes: assumesOf(allowed),
    }
  }
}

/** Actions of which each alone on every resource is far-reaching: it leads to other identities. */
const FAR_REACHING = [
  'iam:CreateAccessKey',
  'iam:UpdateAssumeRolePolicy',
  'iam:AttachRolePolicy',
  'iam:PutRolePolicy',
] as const

/** Actions that together on every resource are the power of an all-round operator. */
const ALL_ROUND = [
  'ec2:RunInstances',
  'lambda:UpdateFunctionCode',
  's3:GetObject',
  'secretsmanager:GetSecretValue',
] as const

/**
 * Far-reaching without being an administrator: rights over all identities of the account, or over all of its computing,
 * data and secrets (as `PowerUserAccess` gives them).
 */
export function* privilegedFacts(
  judge: Judge,
  administrators: ReadonlyMap<number, Administrator>,
): Generator<PrivilegedFact> {
  const told = new Set(administrators.keys())
  for (const action of FAR_REACHING) {
    const reader = onEverything(judge, action)
    for (const principal of holdersOnEverything(judge, reader, action)) {
      if (told.has(principal)) continue
      told.add(principal)
      yield* privileged(judge, reader, principal, action)
    }
  }
  const [first, ...others] = ALL_ROUND
  const rest = others.map((action) => {
    const reader = onEverything(judge, action)
    return { reader, able: judge.holders.able(action, reader.request) }
  })
  const reader = onEverything(judge, first)
  for (const principal of holdersOnEverything(judge, reader, first)) {
    if (told.has(principal) || !rest.every(({ able }) => able.has(principal))) continue
    if (!rest.every((other) => judge.may(other.reader, principal))) continue
    yield* privileged(judge, reader, principal, 'all computing, data and secrets')
  }
}

/** Who may pass every role of the account to some service, without a condition and without being its administrator. */
export function* passAnyRoleFacts(
  judge: Judge,
  administrators: ReadonlyMap<number, Administrator>,
): Generator<PassAnyRoleFact> {
  const { estate } = judge
  const reader = onEverything(judge, 'iam:PassRole')
  for (const principal of holdersOnEverything(judge, reader, 'iam:PassRole')) {
    if (administrators.has(principal) || judge.rank(reader, principal) === 1) continue
    const allowed = judge.allowed(reader, principal)
    const hit = allowingHit(judge, reader.request, principal)
    if (allowed === undefined || hit === undefined) continue
    yield {
      fact: 'pass-any-role',
      principal: estate.nodeOf(principal),
      scope: scopeOf(judge, principal),
      evidence: evidenceOf(estate, principal, allowed),
      remedy: narrowResource(
        estate,
        hit.use,
        hit.statement,
        `arn:aws:iam::${estate.identity(principal).account}:role/NAMED-ROLE`,
      ),
      assumes: allowed.assumes,
    }
  }
}

function* privileged(
  judge: Judge,
  reader: LayerReader,
  principal: number,
  what: string,
): Generator<PrivilegedFact> {
  const { estate } = judge
  const allowed = judge.allowed(reader, principal)
  const hit = allowingHit(judge, reader.request, principal)
  if (allowed === undefined || hit === undefined) return
  yield {
    fact: 'privileged',
    principal: estate.nodeOf(principal),
    scope: scopeOf(judge, principal),
    via: `${estate.text(estate.state.uses.names[hit.use] ?? -1)} (${what})`,
    evidence: evidenceOf(estate, principal, allowed),
    remedy: takeAway(estate, principal, hit.use),
    assumes: assumesOf(allowed),
  }
}

/** An action on `*`: only statements whose `Resource` is everything count. */
function onEverything(judge: Judge, action: string): LayerReader {
  const request = judge.holders.request(action, '*', { whole: true, literal: true })
  return new LayerReader(request, true, PRINCIPAL_SIDE)
}

/** Who may do it. Service-linked roles are AWS's own. */
function* holdersOnEverything(judge: Judge, reader: LayerReader, action: string): Generator<number> {
  const { estate } = judge
  for (const principal of judge.holders.able(action, reader.request)) {
    const set = estate.layerSet(principal)
    if (estate.state.layerSets.serviceLinked[set] !== 1 && judge.may(reader, principal)) yield principal
  }
}

function allowingHit(judge: Judge, request: Request, principal: number): Hit | undefined {
  const uses = listAt(judge.estate.state.principals.identity, principal)
  return hitsOf(request, uses, principal).find((hit) => hit.allow)
}

function granting(judge: Judge, principal: number, action: string, resource: string): Hit | undefined {
  const request = judge.holders.request(action, resource)
  const uses = listAt(judge.estate.state.principals.identity, principal)
  const hits = hitsOf(request, uses, principal).filter((hit) => hit.allow)
  return hits.find((hit) => isEverything(judge, hit.statement)) ?? hits[0]
}

/** Whether a statement is `*` on `*`. */
function isEverything(judge: Judge, statement: number): boolean {
  const { statements } = judge.estate.state
  const has = (list: number) =>
    Array.from(listAt(statements.lists, list)).some((text) => judge.estate.text(text) === '*')
  return has(statements.actions[statement] ?? -1) && has(statements.resources[statement] ?? -1)
}

function scopeOf(judge: Judge, principal: number): AdministratorFact['scope'] {
  return accountNode(judge.estate.identity(principal).account)
}

/** What is missing, and what must hold: both could make it untrue. */
function assumesOf(allowed: Allowed): readonly string[] {
  return [...allowed.assumes, ...allowed.conditions.map((condition) => `it holds that ${condition}`)]
}
