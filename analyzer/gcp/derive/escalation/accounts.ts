import type { NodeId, PrincipalNode } from '../../../../graph/index.ts'
import { nativeId } from '../../../../graph/index.ts'
import { serviceAccountResource } from '../../resource-name.ts'
import type { Context } from '../context.ts'

/** Service accounts with the same grants on them and above them, so with the same holders of everything. */
export interface Accounts {
  readonly ids: NodeId[]
  readonly resource: string
  readonly project: string
  readonly above: readonly string[]
}

/** The service accounts of the estate, by their grants. */
export class AccountClasses {
  readonly all: readonly Accounts[]
  readonly byProject = new Map<string, Accounts[]>()
  private readonly of = new Map<NodeId, Accounts>()

  constructor({ nodes, model }: Context) {
    const classes = new Map<string, Accounts>()
    for (const node of nodes.values()) {
      if (node.kind !== 'principal' || node.type !== 'service-account' || node.scope === null) continue
      const project = nativeId(node.scope)
      const resource = resourceOf(node, project)
      const above = model.chain(resource).scopes.map(({ scope }) => scope)
      const key = above.filter((scope) => scope === project || model.grantsAt(scope).length > 0).join('\n')
      let known = classes.get(key)
      if (known === undefined) {
        known = { ids: [], resource, project, above }
        classes.set(key, known)
        const here = this.byProject.get(project)
        if (here === undefined) this.byProject.set(project, [known])
        else here.push(known)
      }
      known.ids.push(node.id)
      this.of.set(node.id, known)
    }
    this.all = [...classes.values()]
  }

  /** Undefined: its project is not part of the estate. */
  classOf(id: NodeId): Accounts | undefined {
    return this.of.get(id)
  }
}

function resourceOf(node: PrincipalNode, project: string): string {
  return serviceAccountResource(node.email ?? '', project.slice(project.lastIndexOf('/') + 1))
}
