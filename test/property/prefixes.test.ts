import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Prefixes } from '../../analyzer/aws/derive/prefixes.ts'

/** Few characters, so that many texts begin with one another; the last is of two UTF-16 units. */
const text = fc.array(fc.constantFrom('a', 'b', ':', '😀'), { maxLength: 6 }).map((parts) => parts.join(''))

it('finds what is filed under the beginnings of a text, also when more is filed between questions', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(text, fc.nat(5), text), { maxLength: 20 }), (steps) => {
      const prefixes = new Prefixes()
      const filed: { readonly under: string; readonly item: number }[] = []
      for (const [under, item, asked] of steps) {
        prefixes.add(under, item)
        filed.push({ under, item })
        const wanted = filed.filter((each) => asked.startsWith(each.under)).map((each) => each.item)
        expect(new Set(prefixes.of(asked).flat())).toEqual(new Set(wanted))
      }
    }),
  )
})
