import { visible, visibleLines, grouped } from '../../../graph/index.ts'

declare const brand: unique symbol

/** HTML that is safe to write: made by `html` only, or written in this folder's source. */
export interface Markup {
  readonly [brand]: true
  readonly text: string
}

type Value = Markup | readonly Markup[] | string | number

function markup(text: string): Markup {
  return { text } as Markup
}

/** Template tag: strings are escaped and made visible, markup is kept as it is. Attribute values must stand in quotes. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  let text = parts[0] ?? ''
  for (const [i, value] of values.entries()) text += rendered(value) + (parts[i + 1] ?? '')
  return markup(text)
}

export const NOTHING: Markup = markup('')

/** Preformatted text of several lines. */
export function lines(text: string): Markup {
  return markup(escaped(visibleLines(text)))
}

/** Style of our own, which holds no `<`. */
export function styles(css: string): Markup {
  return markup(css)
}

/** Names and ids may be long and without a space: allows a break after `/`, `:`, `_`, `.`, `-` and `@`. */
export function breakable(text: string): Markup {
  return markup(escaped(visible(text)).replaceAll(/(?<=[^\s/:@_.-])(?:\/|:|@|_|\.|-)(?=\w)/g, '$&<wbr>'))
}

function rendered(value: Value): string {
  if (typeof value === 'string') return escaped(visible(value))
  if (typeof value === 'number') return grouped(value)
  if (Array.isArray(value)) return (value as readonly Markup[]).map((part) => part.text).join('')
  return (value as Markup).text
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES.get(character) ?? '')
}
