import { alone, best } from '../../../grants/escalation/joint.ts'
import type { Joint } from '../../../grants/escalation/joint.ts'
import type { Escalations } from '../../../grants/escalation/escalations.ts'
import { containerOf, isResourceGroup } from '../../scope.ts'
import type { Need, On } from '../../techniques/technique.ts'
import type { Context } from '../context.ts'

/** Who may make, or change, a resource somewhere. */
export class Places {
  private readonly context: Context
  private readonly work: Escalations<On>
  private readonly scopes: readonly string[]
  private readonly known = new Map<string, readonly Joint[]>()

  constructor(context: Context, work: Escalations<On>) {
    this.context = context
    this.work = work
    this.scopes = [...new Set(context.state.assignments.map(({ scope }) => scope))]
  }

  /**
   * Who holds all of the permissions on one scope: a container, or a resource of the type. A scope on which none of them is
   * given itself needs no look: who holds them there holds them above.
   */
  of(needs: readonly Need[], type: string | undefined): readonly Joint[] {
    const permissions = needs.map(({ permission }) => permission)
    const key = [type ?? '', ...permissions].join('\n')
    let known = this.known.get(key)
    if (known === undefined) {
      known = best(this.scopes.flatMap((scope) => this.at(permissions, scope, type)))
      this.known.set(key, known)
    }
    return known
  }

  private at(permissions: readonly string[], scope: string, type: string | undefined): readonly Joint[] {
    const { holders } = this.context
    if (!isPlace(scope, type)) return []
    if (!permissions.some((permission) => holders.at(permission, scope).length > 0)) return []
    return this.work.joiner.join(permissions.map((permission) => holders.of(permission, scope).map(alone)))
  }
}

function isPlace(scope: string, type: string | undefined): boolean {
  if (scope === '/' || scope === containerOf(scope) || isResourceGroup(scope)) return true
  return type !== undefined && typeOf(scope) === type.toLowerCase()
}

/** The type of a resource by its id: provider, then every other step; lower case. */
export function typeOf(id: string): string {
  const [provider = '', ...steps] = id.slice(id.lastIndexOf('/providers/') + '/providers/'.length).split('/')
  return [provider, ...steps.filter((_, i) => i % 2 === 0)].join('/')
}
