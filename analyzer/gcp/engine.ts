import type {
  Answer,
  DecisionEngine,
  NodeId,
  NotEvaluated,
  PermissionUniverse,
  Privilege,
  WhoCanRow,
} from '../../graph/index.ts'
import { GrantEngine } from '../grants/engine.ts'
import { accessActions } from './access-actions.ts'
import { GcpModel } from './model.ts'
import { canonicalPermission, isPermissionName } from './permission-name.ts'
import type { GcpState } from './state.ts'

/**
 * GCP's decision logic over the imported policies: the union of the allow policies over the resource and all above it,
 * less what deny policies there deny, less what principal access boundaries keep from. Of conditions is left what only a
 * request tells.
 */
export class GcpEngine implements DecisionEngine {
  readonly cloud = 'gcp'
  readonly model: GcpModel
  readonly grants: GrantEngine
  readonly notEvaluated: readonly NotEvaluated[]

  constructor(state: GcpState) {
    this.model = new GcpModel(state)
    this.grants = new GrantEngine(this.model)
    this.notEvaluated = notEvaluated(state)
  }

  get universe(): PermissionUniverse {
    return this.model.universe
  }

  get principals(): readonly NodeId[] {
    return this.model.principals
  }

  isAction(text: string): boolean {
    return this.universe.indexOf(canonicalPermission(text)) !== undefined || isPermissionName(text)
  }

  isResource(text: string): boolean {
    return /^\/\/[a-z0-9.-]+\.[a-z]+\/./.test(text) || /^(projects|folders|organizations)\/[^/]+$/.test(text)
  }

  can(principal: NodeId, action: string, resource: string): Answer {
    return this.grants.can(principal, canonicalPermission(action), resource)
  }

  whoCan(action: string, resource: string): readonly WhoCanRow[] {
    return this.grants.whoCan(canonicalPermission(action), resource)
  }

  whatCan(principal: NodeId, resource?: string): readonly Privilege[] {
    return this.grants.whatCan(principal, resource)
  }

  accessActions(resourceType: string): ReturnType<DecisionEngine['accessActions']> {
    return accessActions(resourceType)
  }
}

function notEvaluated(state: GcpState): NotEvaluated[] {
  const undefinedRoles = state.roles.filter((role) => role.permissions === null).length
  const strange = state.members.filter((member) => /^principalSet:\/\/(?!iam\.)/.test(member)).length
  const rows: NotEvaluated[] = [
    {
      cloud: 'gcp',
      construct: 'role-definitions',
      title: 'bound roles whose definition was not imported',
      count: undefinedRoles,
    },
    { cloud: 'gcp', construct: 'member-form', title: 'principal sets of other forms', count: strange },
  ]
  return rows.filter((row) => row.count > 0)
}
