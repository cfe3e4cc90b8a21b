/**
 * Characters that steer a terminal or a reader's eye instead of being read: controls (C0, C1, DEL), marks of writing
 * direction, zero-width and other invisible ones, line and paragraph separators. "Trojan Source", CVE-2021-42574.
 */
const STEERING =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udc7f]/g

/** Text of unknown origin for one line of output: what steers is shown as `\u{1b}`, so that it is seen and does nothing. */
export function visible(text: string): string {
  return text.replaceAll(STEERING, shown)
}

/** The same for several lines: line feeds and tabs stay; CR LF becomes LF. */
export function visibleLines(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(STEERING, (found) => (found === '\n' || found === '\t' ? found : shown(found)))
}

function shown(found: string): string {
  return `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`
}

/** JSON in ASCII where it could steer: the same value to every reader, and nothing to a terminal. */
export function visibleJson(json: string): string {
  return json.replaceAll(STEERING, (found) =>
    found === '\n'
      ? found
      : [...Array(found.length).keys()]
          .map((i) => `\\u${found.charCodeAt(i).toString(16).padStart(4, '0')}`)
          .join(''),
  )
}

/** At most so many characters, whole code points, with an ellipsis in place of the rest. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text
  const end = /[\ud800-\udbff]$/.test(text.slice(0, most - 1)) ? most - 2 : most - 1
  return `${text.slice(0, end)}…`
}
