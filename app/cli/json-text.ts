import { visibleJson } from '../../graph/index.ts'

/** A value as indented JSON that a terminal can show without harm. */
export function jsonText(value: unknown): string {
  return visibleJson(JSON.stringify(value, null, 2))
}
