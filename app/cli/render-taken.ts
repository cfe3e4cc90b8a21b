import type { ImportReport, TakenFile } from '../../collectors/index.ts'
import { CLOUD_TITLES, CLOUDS, cloudOf, visible, grouped } from '../../graph/index.ts'
import { count } from './plain-text.ts'
import { shownPath } from './render-place.ts'
import type { Terminal } from './terminal.ts'

/** What an import took, by cloud and kind: few files by name, many by number, with what they hold together. */
export function renderTaken(terminal: Terminal, taken: readonly TakenFile[]): void {
  const common = commonFolder(taken.map(({ origin }) => origin))
  for (const cloud of CLOUDS) {
    const own = taken.filter(({ kind }) => cloudOf(kind) === cloud)
    if (own.length === 0) continue
    terminal.out(terminal.style('bold', CLOUD_TITLES[cloud]))
    for (const [title, files] of Map.groupBy(own, (each) => each.title)) {
      const origins = new Set(files.map(({ origin }) => origin))
      const [only = ''] = origins
      const where = origins.size === 1 ? only.slice(common.length) : count(origins.size, 'file')
      const holds = sumOf(files.map((file) => file.holds))
      terminal.block('  ', visible(`${title}: ${holds === '' ? where : `${holds} (${where})`}`))
    }
  }
}

/** What was left out and why: the same reason once, with the first files. For stderr. */
export function renderIgnored(terminal: Terminal, ignored: ImportReport['ignored']): void {
  for (const [why, files] of Map.groupBy(ignored, (each) => each.why)) {
    const left = files.length - NAMED
    const names = files.slice(0, NAMED).map(({ origin }) => shownPath(origin))
    const more = left > 0 ? ` and ${grouped(left)} more` : ''
    terminal.note(`ignored ${names.join(', ')}${more}: ${why}`)
  }
}

const NAMED = 3

/** The folder that all paths begin with, its slash included; `` for one path alone. */
function commonFolder(paths: readonly string[]): string {
  const [first = '', ...rest] = paths
  let length = first.lastIndexOf('/') + 1
  for (const path of rest) {
    while (length > 0 && !path.startsWith(first.slice(0, length))) {
      length = first.slice(0, length - 1).lastIndexOf('/') + 1
    }
  }
  return rest.length === 0 ? '' : first.slice(0, length)
}

/** `2 users, 1 role` and `1 user, 3 roles` are `3 users, 4 roles`; empty when one of them is no list of counts. */
function sumOf(holds: readonly string[]): string {
  if (holds.length === 1) return holds[0] ?? ''
  const sums = new Map<string, { number: number; many: string; one: string }>()
  for (const part of holds.flatMap((text) => text.split(', '))) {
    const counted = /^([\d,]+) (.+)$/.exec(part)
    const [, digits = '', noun = ''] = counted ?? []
    const number = Number(digits.replaceAll(',', ''))
    if (counted === null) return ''
    const key = noun.replace(/ies\b/g, 'y').replace(/s\b/g, '')
    const sum = sums.get(key) ?? { number: 0, many: noun, one: noun }
    sum.number += number
    if (number === 1) sum.one = noun
    else sum.many = noun
    sums.set(key, sum)
  }
  return [...sums.values()].map(({ number, one, many }) => count(number, one, many)).join(', ')
}
