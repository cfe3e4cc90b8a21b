import type { StylesheetJson } from 'cytoscape'
import type { ApiNodeRef } from '../../../../app/server/api.ts'
import { ICON_PATHS, nodeIcon } from '../../../parts/icons.tsx'
import { FONT_SIZE, NODE_HEIGHT, NODE_WIDTH, TEXT_START } from './elements.ts'

const NAMES = [
  'surface',
  'sunken',
  'line-strong',
  'text',
  'text-soft',
  'text-faint',
  'accent',
  'accent-tint',
  'jewel',
  'jewel-tint',
  'medium',
] as const
export type Colours = Readonly<Record<(typeof NAMES)[number], string>>

/** The design tokens as plain colours of the scheme in force: a canvas knows no custom properties. */
export function readColours(within: HTMLElement): Colours {
  const probe = document.createElement('span')
  within.append(probe)
  const read = (name: string): string => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const colours = Object.fromEntries(NAMES.map((name) => [name, read(name)])) as Record<
    (typeof NAMES)[number],
    string
  >
  probe.remove()
  return colours
}

/** The icon of a node as an image in one colour. */
export function iconImage(node: ApiNodeRef, colour: string): string {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 16 16" fill="none" ` +
    `stroke="${colour}" stroke-width="1.35" stroke-linecap="round" stroke-linejoin="round">` +
    `<path d="${ICON_PATHS[nodeIcon(node)]}"/></svg>`
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`
}

export function styleOf(colours: Colours, font: string): StylesheetJson {
  return [
    {
      selector: 'node',
      style: {
        shape: 'round-rectangle',
        'corner-radius': '8',
        width: NODE_WIDTH,
        height: NODE_HEIGHT,
        'background-color': colours.surface,
        'background-width': '16px',
        'background-height': '16px',
        'background-position-x': '12px',
        'background-position-y': '50%',
        'border-width': 1,
        'border-color': colours['line-strong'],
        color: colours.text,
        label: 'data(label)',
        'font-family': font,
        'font-size': FONT_SIZE,
        'text-wrap': 'wrap',
        'text-justification': 'left',
        'text-valign': 'center',
        'text-halign': 'right',
        'text-margin-x': TEXT_START - NODE_WIDTH,
        'line-height': 1.35,
        'overlay-opacity': 0,
      },
    },
    {
      selector: 'node.jewel',
      style: { 'background-color': colours['jewel-tint'], 'border-color': colours.jewel },
    },
    {
      selector: 'edge',
      style: {
        width: 1.5,
        'curve-style': 'bezier',
        'line-color': colours['line-strong'],
        'target-arrow-color': colours['line-strong'],
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.9,
        label: 'data(label)',
        color: colours['text-soft'],
        'font-family': font,
        'font-size': FONT_SIZE - 0.5,
        'text-wrap': 'wrap',
        'text-background-color': colours.surface,
        'text-background-opacity': 1,
        'text-background-padding': '3px',
        'overlay-opacity': 0,
      },
    },
    { selector: 'edge.conditional', style: { 'line-style': 'dashed', 'line-dash-pattern': [7, 4] } },
    { selector: 'edge.unknown', style: { 'line-style': 'dashed', 'line-dash-pattern': [2, 4] } },
    { selector: '.off', style: { opacity: 0.5 } },
    {
      selector: 'edge.on',
      style: {
        width: 2,
        'line-color': colours['text-soft'],
        'target-arrow-color': colours['text-soft'],
        'z-index': 5,
      },
    },
    { selector: 'node.on', style: { 'border-color': colours['text-soft'] } },
    { selector: 'node.jewel.on', style: { 'border-color': colours.jewel } },
    {
      selector: 'edge.on.conditional',
      style: { 'line-color': colours.medium, 'target-arrow-color': colours.medium, color: colours.medium },
    },
    {
      selector: 'node.here',
      style: {
        'border-width': 2.5,
        'border-color': colours.accent,
        'background-color': colours['accent-tint'],
      },
    },
    {
      selector: 'edge.here',
      style: {
        width: 3.5,
        'line-color': colours.accent,
        'target-arrow-color': colours.accent,
        color: colours.accent,
        'font-weight': 'bold',
        'z-index': 6,
      },
    },
  ]
}
