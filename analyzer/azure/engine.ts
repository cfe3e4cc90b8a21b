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
import { AzureModel } from './model.ts'
import { isObjectId } from './scope.ts'
import type { AzureState } from './state.ts'

/**
 * Azure's decision logic: the union of role assignments on the scope and above it, block by block; and the directory's
 * roles for actions of `microsoft.directory`; deny assignments over all of it. Of a condition its guards are decided by
 * the action that is asked for, its attributes stay as a residual.
 */
export class AzureEngine implements DecisionEngine {
  readonly cloud = 'azure'
  readonly model: AzureModel
  readonly grants: GrantEngine
  readonly notEvaluated: readonly NotEvaluated[]

  constructor(state: AzureState) {
    this.model = new AzureModel(state)
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
    return (
      this.universe.indexOf(text) !== undefined || /^[a-z][a-z0-9]*(\.[a-z0-9]+)+\/[\w./$-]+$/i.test(text)
    )
  }

  isResource(text: string): boolean {
    return /^\/(subscriptions|providers|tenants)\/./i.test(text) || text === '/' || isObjectId(text)
  }

  can(principal: NodeId, action: string, resource: string): Answer {
    return this.grants.can(principal, action, resource)
  }

  whoCan(action: string, resource: string): readonly WhoCanRow[] {
    return this.grants.whoCan(action, resource)
  }

  whatCan(principal: NodeId, resource?: string): readonly Privilege[] {
    return this.grants.whatCan(principal, resource)
  }

  accessActions(resourceType: string): ReturnType<DecisionEngine['accessActions']> {
    return accessActions(resourceType)
  }
}

function notEvaluated(state: AzureState): NotEvaluated[] {
  const rows: NotEvaluated[] = [
    {
      cloud: 'azure',
      construct: 'role-definitions',
      title: 'assigned roles whose definition was not imported',
      count: state.roles.filter(({ blocks }) => blocks === null).length,
    },
  ]
  return rows.filter((row) => row.count > 0)
}
