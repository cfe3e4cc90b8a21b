import type {
  Answer,
  DecisionEngine,
  GraphNode,
  NodeId,
  NotEvaluated,
  PermissionUniverse,
  Privilege,
  WhoCanRow,
} from '../../../graph/index.ts'
import { GomeisaError, isWild, nativeId, PermissionSet } from '../../../graph/index.ts'
import { parseArn } from '../model/arn.ts'
import type { AwsState } from '../state.ts'
import { NOT_PRINCIPAL } from '../state.ts'
import { actionsAbout } from '../universe/resource-types.ts'
import { knownActions, universeWith } from '../universe/universe.ts'
import { accessActions } from './access-actions.ts'
import { Estate } from './estate.ts'
import { explain } from './explain.ts'
import { LayerReader } from './layers.ts'
import { Request } from './request.ts'
import { whatCan, whatCanOn } from './what-can.ts'
import { whoCan } from './who-can.ts'

/**
 * AWS's decision logic over one estate. It answers for IAM users and roles; people of Identity Center act through the
 * roles that their `can-become` edges lead to. A resource may be an ARN, `*`, or an ARN with wildcards, which is allowed
 * when all of it is, and `allowed-if` when a part of it is.
 */
export class AwsEngine implements DecisionEngine {
  readonly cloud = 'aws'
  readonly estate: Estate
  private knownUniverse: PermissionUniverse | undefined
  private unreferenced: PermissionSet | undefined
  private knownPrincipals: readonly NodeId[] | undefined

  constructor(state: AwsState, nodes: ReadonlyMap<NodeId, GraphNode>) {
    this.estate = new Estate(state, nodes)
  }

  get universe(): PermissionUniverse {
    this.knownUniverse ??= universeWith(namedActions(this.estate.state))
    return this.knownUniverse
  }

  get notEvaluated(): readonly NotEvaluated[] {
    const { state } = this.estate
    const list = state.notEvaluated.map((row): NotEvaluated => ({ cloud: 'aws', ...row }))
    const count = (construct: string, title: string, test: (statement: number) => boolean) => {
      let found = 0
      for (let s = 0; s < state.statements.flags.length; s++) if (test(s)) found++
      if (found > 0) list.push({ cloud: 'aws', construct, title, count: found })
    }
    count(
      'not-principal',
      'statements with NotPrincipal',
      (s) => (this.estate.flags(s) & NOT_PRINCIPAL) !== 0,
    )
    count(
      'canonical-user',
      'statements that name S3 canonical users of no known account',
      (s) => (this.estate.element(s)?.canonical.length ?? 0) > 0,
    )
    return list
  }

  get principals(): readonly NodeId[] {
    this.knownPrincipals ??= this.estate.state.principals.arns.map((_, p) => this.estate.nodeOf(p))
    return this.knownPrincipals
  }

  isAction(text: string): boolean {
    return /^[a-z0-9-]+:[a-z0-9]+$/i.test(text)
  }

  isResource(text: string): boolean {
    return text === '*' || parseArn(text) !== undefined
  }

  can(principal: NodeId, action: string, resource: string): Answer {
    const index = this.indexOf(principal)
    return explain(new LayerReader(new Request(this.estate, action, resource)), index)
  }

  whoCan(action: string, resource: string): readonly WhoCanRow[] {
    return whoCan(this.estate, action, resource)
  }

  whatCan(principal: NodeId, resource?: string): readonly Privilege[] {
    const index = this.indexOf(principal)
    return resource === undefined
      ? whatCan(this.estate, this.universe, index)
      : whatCanOn(this.estate, this.universe, index, resource)
  }

  applicable(resource: string): PermissionSet | undefined {
    const about = actionsAbout(resource)
    if (about === undefined) return undefined
    const { universe } = this
    // What only the policies of the estate name, no reference says what it is about.
    this.unreferenced ??= universe.all.minus(indexed(universe, knownActions()))
    return indexed(universe, about).union(this.unreferenced)
  }

  accessActions(resourceType: string): ReturnType<DecisionEngine['accessActions']> {
    return accessActions(resourceType)
  }

  private indexOf(principal: NodeId): number {
    const index = this.estate.principalIndex(nativeId(principal))
    if (index >= 0) return index
    throw new GomeisaError('NOT_FOUND', `no AWS user or role \`${nativeId(principal)}\` was imported`, {
      remedy: 'name an IAM user or role; people of Identity Center act through their AWSReservedSSO roles',
    })
  }
}

function indexed(universe: PermissionUniverse, names: Iterable<string>): PermissionSet {
  const indexes = [...names].map((name) => universe.indexOf(name)).filter((index) => index !== undefined)
  return PermissionSet.of(universe.size, indexes)
}

/** Actions that policies spell out. */
function* namedActions(state: AwsState): Generator<string> {
  const { actions, lists } = state.statements
  const seen = new Set<number>()
  for (const list of actions) {
    for (let i = lists.offsets[list] ?? 0; i < (lists.offsets[list + 1] ?? 0); i++) {
      const text = lists.items[i] ?? -1
      if (seen.has(text)) continue
      seen.add(text)
      const action = state.texts[text] ?? ''
      if (!isWild(action) && action.includes(':')) yield action
    }
  }
}
