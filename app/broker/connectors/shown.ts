import type { Fields } from '../../../policies/index.ts'

/** Demands of a field what the catalogue has: what people approve is what is given. Throws `INPUT_SHAPE`. */
export function shown(from: Fields, name: string, given: string, approved: string): void {
  if (given !== approved) from.wrong(name, `what the catalogue shows to approvers: \`${approved}\``)
}
