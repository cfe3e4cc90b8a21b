import { Graph, layout } from '@dagrejs/dagre'
import type { ElementDefinition } from 'cytoscape'
import type { ApiCertainty, ApiNodeRef, ApiPath } from '../../../../app/server/api.ts'

export const NODE_WIDTH = 184
export const NODE_HEIGHT = 50
const NAME_SHOWN = 21
const LABEL_SHOWN = 18
/** Width of a character of an edge label, in pixels. */
const LABEL_CHARACTER = 6.6
/** Beyond this many nodes only the chosen path is drawn: more is a hairball. */
const MOST_NODES = 60

export const short = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`

export interface DrawnEdge {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly label: string
  readonly certainty: ApiCertainty
}

const edgeId = (from: string, to: string, rule: string): string => JSON.stringify([from, to, rule])

/** Ids of the drawn elements of a path in the order of its stops. */
export function stopIds(path: ApiPath): readonly string[] {
  return path.nodes.flatMap((node, index) => {
    const step = path.steps[index]
    const next = path.nodes[index + 1]
    return step && next ? [node.id, edgeId(node.id, next.id, step.rule)] : [node.id]
  })
}

interface Drawing {
  readonly nodes: ReadonlyMap<string, ApiNodeRef>
  readonly edges: ReadonlyMap<string, DrawnEdge>
}

/** The union of the paths, so that common ground is drawn once; the chosen path alone when that would be too much. */
export function drawingOf(paths: readonly ApiPath[], chosen: ApiPath, alone: boolean): Drawing {
  const nodes = new Map<string, ApiNodeRef>()
  const edges = new Map<string, DrawnEdge>()
  for (const path of alone ? [chosen] : paths) {
    for (const [index, node] of path.nodes.entries()) {
      nodes.set(node.id, node)
      const step = path.steps[index]
      const next = path.nodes[index + 1]
      if (!step || !next) continue
      const id = edgeId(node.id, next.id, step.rule)
      edges.set(id, {
        id,
        from: node.id,
        to: next.id,
        label: short(step.label, LABEL_SHOWN),
        certainty: step.certainty,
      })
    }
  }
  return nodes.size > MOST_NODES && !alone ? drawingOf(paths, chosen, true) : { nodes, edges }
}

/** Cytoscape's elements with their places, ranks from left to right (or from top to bottom on a narrow screen). */
export function elementsOf(drawing: Drawing, direction: 'LR' | 'TB'): ElementDefinition[] {
  const labels = [...drawing.edges.values()].map((edge) => edge.label.length)
  const gap = Math.max(8, ...labels) * LABEL_CHARACTER + 34
  const graph = new Graph({ multigraph: true })
  graph.setGraph({
    rankdir: direction,
    ranksep: direction === 'LR' ? gap : 54,
    nodesep: 26,
    marginx: 0,
    marginy: 0,
  })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const id of drawing.nodes.keys()) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT })
  for (const edge of drawing.edges.values()) graph.setEdge(edge.from, edge.to, {}, edge.id)
  layout(graph)
  const nodes = [...drawing.nodes.values()].map((node): ElementDefinition => {
    const place = graph.node(node.id) as { readonly x: number; readonly y: number }
    const below = node.scope === '' ? node.type : `${node.type} · ${node.scope}`
    return {
      group: 'nodes',
      data: { id: node.id, label: `${short(node.name, NAME_SHOWN)}\n${short(below, NAME_SHOWN + 3)}` },
      position: { x: place.x, y: place.y },
    }
  })
  const edges = [...drawing.edges.values()].map((edge): ElementDefinition => ({
    group: 'edges',
    data: { id: edge.id, source: edge.from, target: edge.to, label: edge.label },
    classes: edge.certainty,
  }))
  return [...nodes, ...edges]
}
