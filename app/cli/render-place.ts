import { visible, wrapped } from '../../graph/index.ts'
import { isAbsolute, relative } from 'node:path'
import type { EvidencePlace } from '../estate/evidence-place.ts'
import type { Terminal } from './terminal.ts'

/** Writes where a fact stands (`file:line`) and, when wanted, the lines themselves, all behind `indent`. */
export function renderPlace(
  terminal: Terminal,
  place: EvidencePlace,
  indent: string,
  excerpts: boolean,
): void {
  const at = place.line === undefined ? ` ${place.pointer}` : `:${place.line}`
  terminal.block(indent, visible(`${shownPath(place.origin)}${at}`), 'dim')
  if (!excerpts || place.excerpt === undefined) return
  const bar = terminal.style('dim', '│')
  for (const line of place.excerpt.split('\n')) {
    const inset = /^ */.exec(line)?.[0] ?? ''
    const room = terminal.width - indent.length - 2 - inset.length
    for (const part of wrapped(visible(line.trimStart()), room))
      terminal.out(`${indent}${bar} ${inset}${part}`)
  }
}

/** A path as it was given; an absolute one below the working directory is told from there. */
export function shownPath(origin: string): string {
  if (!isAbsolute(origin)) return origin
  const near = relative(process.cwd(), origin)
  return near.startsWith('..') || near === '' ? origin : near
}
