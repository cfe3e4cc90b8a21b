import { Graph, layout } from '@dagrejs/dagre'
import type { ElementDefinition } from 'cytoscape'
import type { ApiCertainty, ApiNodeRef, ApiPath } from '../../../../app/server/api.ts'

export const NODE_WIDTH = 160
export const NODE_HEIGHT = 54
/** Where the text of a node begins, right of its icon. */
export const TEXT_START = 34
export const FONT_SIZE = 13
const TEXT_WIDTH = NODE_WIDTH - TEXT_START - 8
/** A label wider than the gap between ranks hides its edge: lines are short, and the gap fits the longest. */
const LABEL_LINE = 12
const LABEL_LINES = 2
const AROUND_LABEL = 24
/** Beyond this many nodes only the chosen path is drawn: more is a hairball. */
const MOST_NODES = 60

/** Width of a text in the font of the drawing, in pixels at zoom 1. */
export type Measure = (text: string) => number

export function measureIn(font: string): Measure {
  const context = document.createElement('canvas').getContext('2d')
  if (context) context.font = `${FONT_SIZE}px ${font}`
  return (text) => context?.measureText(text).width ?? text.length * FONT_SIZE * 0.6
}

function shortened(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text
  let end = text.length
  while (end > 1 && measure(`${text.slice(0, end)}…`) > width) end -= 1
  return `${text.slice(0, end)}…`
}

/** A label on at most two short lines; the whole of it stands beside the drawing. */
export function labelLines(label: string): string {
  const lines: string[] = []
  for (const word of label.split(' ')) {
    const last = lines.at(-1)
    const joined = last === undefined ? word : `${last} ${word}`
    if (last !== undefined && joined.length <= LABEL_LINE) lines[lines.length - 1] = joined
    else lines.push(word)
  }
  const kept = lines.slice(0, LABEL_LINES)
  if (lines.length > LABEL_LINES) kept[LABEL_LINES - 1] = `${kept[LABEL_LINES - 1] ?? ''}…`
  return kept
    .map((line) => (line.length <= LABEL_LINE ? line : `${line.slice(0, LABEL_LINE - 1)}…`))
    .join('\n')
}

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
        label: labelLines(step.label),
        certainty: step.certainty,
      })
    }
  }
  return nodes.size > MOST_NODES && !alone ? drawingOf(paths, chosen, true) : { nodes, edges }
}

/** Cytoscape's elements with their places, ranks from left to right (or from top to bottom on a narrow screen). */
export function elementsOf(drawing: Drawing, direction: 'LR' | 'TB', measure: Measure): ElementDefinition[] {
  const lines = [...drawing.edges.values()].flatMap((edge) => edge.label.split('\n'))
  const gap = Math.max(...lines.map(measure), 0) + AROUND_LABEL
  const graph = new Graph({ multigraph: true })
  graph.setGraph({
    rankdir: direction,
    ranksep: direction === 'LR' ? gap : 62,
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
    // The last part of a type like `service.example/Dataset` says what it is.
    const type = node.type.split('/').at(-1) ?? node.type
    const below = node.scope === '' ? type : `${type} · ${node.scope}`
    return {
      group: 'nodes',
      data: {
        id: node.id,
        label: `${shortened(node.name, TEXT_WIDTH, measure)}\n${shortened(below, TEXT_WIDTH, measure)}`,
      },
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
