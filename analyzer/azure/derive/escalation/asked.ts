import type { Joint } from '../../../grants/escalation/joint.ts'
import type { Target } from '../../../grants/escalation/target.ts'
import { nativeId } from '../../../../graph/index.ts'
import type { On } from '../../techniques/technique.ts'
import type { Context } from '../context.ts'

/** A target, and who holds what is needed elsewhere. */
export interface Asked {
  readonly target: Target<On>
  readonly also: readonly (readonly Joint[])[]
}

/** The containers and resources above a resource, and the directory. */
export function above(resource: string, { model, tenant }: Context): readonly string[] {
  const sure = model.chain(resource).scopes.filter(({ doubt }) => doubt === null)
  return [...sure.map(({ scope }) => scope), nativeId(tenant)]
}
