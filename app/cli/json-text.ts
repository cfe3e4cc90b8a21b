/**
 * A value as indented JSON that is safe to look at: besides what JSON escapes, also the controls and the invisible or
 * direction-changing characters that could drive a terminal are written as `\uXXXX`. Parsed, it is the same value.
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(UNSAFE, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

/** As UTF-16 units: a pair of surrogates is left alone unless it is one of the invisible tags U+E0000–U+E007F. */
const UNSAFE =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40(?=[\udc00-\udc7f])|(?<=\udb40)[\udc00-\udc7f]/g
