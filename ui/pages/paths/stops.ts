import type { ApiNodeRef, ApiPath, ApiStep } from '../../../app/server/api.ts'

/** A path as one row of stops: node, step, node … Even positions are nodes, odd ones are the steps between. */
export type Stop =
  | { readonly is: 'node'; readonly at: number; readonly node: ApiNodeRef }
  | {
      readonly is: 'step'
      readonly at: number
      readonly step: ApiStep
      readonly from: ApiNodeRef
      readonly to: ApiNodeRef
    }

export function stopsOf(path: ApiPath): readonly Stop[] {
  return path.nodes.flatMap((node, index): Stop[] => {
    const step = path.steps[index]
    const to = path.nodes[index + 1]
    const here: Stop = { is: 'node', at: 2 * index, node }
    return step && to ? [here, { is: 'step', at: 2 * index + 1, step, from: node, to }] : [here]
  })
}
