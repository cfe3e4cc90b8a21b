import type { NodeId, NonEmpty } from '../../graph/index.ts'
import type { AttackGraph } from './attack-graph.ts'

/** Crown jewels with the same steps into them: whoever reaches one reaches all, in the same way. */
export interface JewelPlace {
  readonly place: number
  readonly jewels: NonEmpty<NodeId>
}

/** The crown jewels, those together that the same steps lead to, in the order of the first of each. */
export function jewelPlaces({ jewels, placeOf, graph }: AttackGraph): JewelPlace[] {
  const groups = new Map<string, { place: number; jewels: [NodeId, ...NodeId[]] }>()
  for (const { resource } of jewels) {
    const place = placeOf.get(resource)
    if (place === undefined) continue
    const { offsets, ends, doubts } = graph.into
    const steps: string[] = []
    for (let at = offsets[place] ?? 0; at < (offsets[place + 1] ?? 0); at++) {
      steps.push(`${ends[at] ?? 0}:${doubts[at] ?? 0}`)
    }
    const key = steps.sort().join()
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { place, jewels: [resource] })
    else known.jewels.push(resource)
  }
  return [...groups.values()]
}
