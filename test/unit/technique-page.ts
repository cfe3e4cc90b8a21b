import { format } from 'prettier'
import { expect, it } from 'vitest'

interface Described {
  readonly id: string
  readonly label: string
  readonly source: string
  readonly says: string
  readonly remedy: string
  readonly whom: { readonly kind: string }
}

/** The page that lists every technique of a cloud, and how each of its parts is told. */
export interface TechniquePage<T extends Described> {
  /** Path of the page, relative to the test that names it. */
  readonly path: string
  readonly vendor: string
  /** What the address of a vendor's own page starts with. */
  readonly documented: string
  readonly techniques: readonly T[]
  readonly head: string
  /** Kind of target, title, what the actor gains: the order of the page. */
  readonly sections: readonly (readonly [T['whom']['kind'], string, string])[]
  readonly tail: string
  readonly permissionsOf: (technique: T) => string
  readonly stateOf: (technique: T) => string
}

/** The page is generated from the techniques, and each technique can stand on it. */
export function itListsTechniques<T extends Described>(page: TechniquePage<T>): void {
  const { path, vendor, documented, techniques, sections } = page

  it(`docs/${path.slice(path.lastIndexOf('/') + 1)} lists every technique as it is`, async () => {
    await expect(await format(text(page), { parser: 'markdown', printWidth: 110 })).toMatchFileSnapshot(path)
  })

  it(`techniques have different ids, short labels, and a page of ${vendor}`, () => {
    expect(new Set(techniques.map(({ id }) => id)).size).toBe(techniques.length)
    for (const { id, label, source, says, whom } of techniques) {
      expect(label.length, id).toBeLessThanOrEqual(27)
      expect(source.startsWith(documented), `${id}: ${source}`).toBe(true)
      expect(says, id).toContain('{whom}')
      expect(
        sections.map(([kind]) => kind),
        id,
      ).toContain(whom.kind)
    }
  })
}

function text<T extends Described>(page: TechniquePage<T>): string {
  const { head, sections, tail, techniques, vendor, permissionsOf, stateOf } = page
  const row = (each: T) =>
    `| \`${each.id}\` | ${permissionsOf(each)} | ${stateOf(each)} | ${each.remedy} | [${vendor}](${each.source}) |`
  const tables = sections.map(([kind, title, what]) =>
    [
      `## ${title}\n\n${what}\n`,
      '| Rule | Permissions | And | Remedy | Source |\n| - | - | - | - | - |',
      ...techniques.filter(({ whom }) => whom.kind === kind).map(row),
    ].join('\n'),
  )
  return [head, ...tables, tail].join('\n\n')
}
