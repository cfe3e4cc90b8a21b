import { useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import cytoscape, { type Core } from 'cytoscape'
import type { ApiPath } from '../../../../app/server/api.ts'
import { drawingOf, elementsOf, measureIn, NODE_HEIGHT, NODE_WIDTH, stopIds } from './elements.ts'
import { iconImage, readColours, styleOf } from './style.ts'

/** Cytoscape adds a style element with this id, which the security policy refuses; any element that has it already keeps it away. */
const STYLE_ID = '__________cytoscape_stylesheet'
const NARROW = 720
const MARGIN = 28
const READABLE = 0.72
const LARGEST = 1.1
/** Height of the drawing in pixels: as much as it needs within these. */
const LOWEST = 190
const TALLEST = 470
const DARK = '(prefers-color-scheme: dark)'

export interface Canvas {
  readonly box: RefObject<HTMLDivElement | null>
  readonly zoomBy: (factor: number) => void
  readonly fit: () => void
}

interface Shown {
  readonly paths: readonly ApiPath[]
  readonly path: ApiPath
  readonly at: number
  /** A drawn element was chosen. */
  readonly onPick: (id: string) => void
}

function keepStyleElementAway(): void {
  if (document.getElementById(STYLE_ID)) return
  const element = document.createElement('template')
  element.id = STYLE_ID
  document.head.append(element)
}

const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values)

/**
 * All of it, but never smaller than can be read; then the chosen path from its beginning, which leaves out only what is
 * beside it unless the path itself is too long.
 */
function fitReadably(cy: Core, path: readonly string[]): void {
  cy.fit(undefined, MARGIN)
  if (cy.zoom() > LARGEST) cy.zoom(LARGEST)
  if (cy.zoom() >= READABLE) {
    cy.center()
    return
  }
  cy.zoom(READABLE)
  const ids = new Set(path)
  const all = cy.elements().boundingBox()
  const chosen = cy.elements().filter((element) => ids.has(element.id()))
  const box = chosen.empty() ? all : chosen.boundingBox()
  cy.pan({
    x: start(cy.width(), all.x1, all.x2, box.x1, box.x2),
    y: start(cy.height(), all.y1, all.y2, box.y1, box.y2),
  })
}

/** Where the drawing begins on one axis, so that as much of the part is seen as there is room for, and no empty room. */
function start(room: number, from: number, to: number, partFrom: number, partTo: number): number {
  const [first, last, partFirst, partLast] = [from, to, partFrom, partTo].map((at) => at * READABLE)
  if (first === undefined || last === undefined || partFirst === undefined || partLast === undefined) return 0
  if (last - first <= room - 2 * MARGIN) return (room - (last - first)) / 2 - first
  // The beginning of all, moved on until the part ends in view, but never past where the part begins.
  const wanted = Math.max(0, partLast - first - (room - 2 * MARGIN))
  return MARGIN - first - Math.min(wanted, partFirst - first)
}

function bringIntoView(cy: Core, id: string): void {
  const element = cy.getElementById(id)
  if (element.empty()) return
  const box = element.renderedBoundingBox()
  const inside = box.x1 >= 0 && box.y1 >= 0 && box.x2 <= cy.width() && box.y2 <= cy.height()
  if (!inside) cy.center(element)
}

/** Draws the paths in `box`, marks the chosen path and stop, and tells what is clicked. */
export function useCytoscape({ paths, path, at, onPick }: Shown): Canvas {
  const box = useRef<HTMLDivElement>(null)
  const core = useRef<Core | null>(null)
  const pick = useRef(onPick)
  const chosen = useRef<{ readonly on: readonly string[]; readonly here: string }>({ on: [], here: '' })
  const [narrow, setNarrow] = useState(() => window.innerWidth < NARROW)
  useEffect(() => {
    pick.current = onPick
  })

  useEffect(() => {
    const onResize = (): void => setNarrow(window.innerWidth < NARROW)
    window.addEventListener('resize', onResize)
    return () => window.removeEventListener('resize', onResize)
  }, [])

  const drawnPath = narrow ? path : null
  const on = useMemo(() => stopIds(path), [path])
  useEffect(() => {
    const container = box.current
    const first = drawnPath ?? paths[0]
    if (!container || !first) return
    const drawing = drawingOf(paths, first, drawnPath !== null)
    keepStyleElementAway()
    const elements = elementsOf(
      drawing,
      drawnPath ? 'TB' : 'LR',
      measureIn(getComputedStyle(container).fontFamily),
    )
    const places = elements.flatMap((element) => (element.position ? [element.position] : []))
    const wide = spread(places.map((place) => place.x)) + NODE_WIDTH
    const zoom = Math.max(READABLE, Math.min(LARGEST, (container.clientWidth - 2 * MARGIN) / wide))
    const tall = (spread(places.map((place) => place.y)) + NODE_HEIGHT) * zoom + 2 * MARGIN
    container.style.height = `${Math.round(Math.max(LOWEST, Math.min(tall, TALLEST)))}px`
    const cy = cytoscape({
      container,
      elements,
      layout: { name: 'preset' },
      minZoom: 0.25,
      maxZoom: 2,
      userZoomingEnabled: false,
      boxSelectionEnabled: false,
      autoungrabify: true,
      autounselectify: true,
    })
    core.current = cy
    const paint = (): void => {
      const colours = readColours(container)
      cy.style(styleOf(colours, getComputedStyle(container).fontFamily))
      for (const node of drawing.nodes.values()) {
        const element = cy.getElementById(node.id)
        if (node.crownJewel) element.addClass('jewel')
        element.style(
          'background-image',
          iconImage(node, node.crownJewel ? colours.jewel : colours['text-soft']),
        )
      }
    }
    paint()
    cy.on('tap', 'node, edge', (event) => {
      const target = event.target as { id(): string }
      pick.current(target.id())
    })
    // The wheel scrolls the page; with Ctrl (or a pinch on a touch pad) it zooms.
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      const level = cy.zoom() * Math.exp(-event.deltaY / 300)
      cy.zoom({ level, renderedPosition: { x: event.offsetX, y: event.offsetY } })
    }
    container.addEventListener('wheel', onWheel, { passive: false })
    const scheme = window.matchMedia(DARK)
    scheme.addEventListener('change', paint)
    const resized = new ResizeObserver(() => {
      cy.resize()
      fitReadably(cy, chosen.current.on)
      bringIntoView(cy, chosen.current.here)
    })
    resized.observe(container)
    return () => {
      resized.disconnect()
      scheme.removeEventListener('change', paint)
      container.removeEventListener('wheel', onWheel)
      cy.destroy()
      core.current = null
    }
  }, [paths, drawnPath])

  useEffect(() => {
    const cy = core.current
    if (!cy) return
    const here = on[at] ?? ''
    cy.batch(() => {
      cy.elements().removeClass('on here').addClass('off')
      for (const id of on) cy.getElementById(id).removeClass('off').addClass('on')
      cy.getElementById(here).addClass('here')
    })
    if (chosen.current.on !== on) fitReadably(cy, on)
    chosen.current = { on, here }
    bringIntoView(cy, here)
  }, [paths, drawnPath, on, at])

  return {
    box,
    zoomBy: (factor) => {
      const cy = core.current
      if (cy)
        cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } })
    },
    fit: () => {
      const cy = core.current
      if (cy) cy.fit(undefined, MARGIN)
    },
  }
}
