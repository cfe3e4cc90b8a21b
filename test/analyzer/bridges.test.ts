import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bridged, type BridgeEstate } from './bridge-estate.ts'

interface Variant {
  readonly title: string
  /** A text of the estate and what stands in its place. */
  readonly replace?: readonly [text: string, by: string]
  /** The cloud in which it is replaced; absent: in all. */
  readonly where?: keyof BridgeEstate
  readonly without?: keyof BridgeEstate
  readonly edges: readonly string[]
}

interface Story extends BridgeEstate {
  readonly title: string
  readonly source: string
  /** Who is become. */
  readonly target: string
  /** Who becomes it over a bridge, and how surely. */
  readonly edges: readonly string[]
  readonly conditions?: readonly string[]
  readonly variants: readonly Variant[]
}

const file = new URL('../golden/bridges/stories.json', import.meta.url)
const stories = JSON.parse(readFileSync(file, 'utf8')) as readonly Story[]
const BRIDGES = new Set(['federation', 'workload-federation', 'federated-credential'])
const CLOUDS = ['aws', 'gcp', 'azure'] as const

/** JSON on one line, with blanks as people write them. */
function inOneLine(value: unknown): string {
  return JSON.stringify(value, null, 1)
    .replace(/\n\s*/g, ' ')
    .replace(/([{[]) /g, '$1')
    .replace(/ ([}\]])/g, '$1')
}

function estateOf(story: Story, { replace, where, without }: Partial<Variant>): [BridgeEstate, string] {
  const estate = new Map<string, unknown>()
  let target = story.target
  let found = replace === undefined
  for (const cloud of CLOUDS) {
    if (story[cloud] === undefined || without === cloud) continue
    let text = inOneLine(story[cloud])
    if (replace !== undefined && (where === undefined || where === cloud) && text.includes(replace[0])) {
      found = true
      text = text.replaceAll(replace[0], () => replace[1])
      // The target is renamed with the binding that names it.
      if (cloud === 'gcp')
        target = JSON.parse(`"${target}"`.replaceAll(replace[0], () => replace[1])) as string
    }
    estate.set(cloud, JSON.parse(text))
  }
  expect(found, `${replace?.[0] ?? ''} is in the story`).toBe(true)
  return [Object.fromEntries(estate), target]
}

async function check(story: Story, variant: Partial<Variant> & { readonly edges: readonly string[] }) {
  const [estate, target] = estateOf(story, variant)
  const edges = (await bridged(estate)).filter(({ rule, to }) => BRIDGES.has(rule) && to === id(target))
  const told = edges.map(({ from, certainty }) => `${from} ${certainty}`)
  expect(told.sort()).toEqual(variant.edges.map(id).sort())
  return edges
}

const id = (text: string) => text.replace('|', ':')

describe.each(stories)('$title', (story) => {
  it('is found, with evidence of both sides', async () => {
    const edges = await check(story, { edges: story.edges })
    if (story.conditions !== undefined)
      expect(edges.map(({ conditions }) => conditions)).toEqual([story.conditions])
    for (const { rule, because } of edges) {
      if (rule === 'federation') expect(JSON.stringify(because).match(/"pointer"/g)?.length).toBe(2)
    }
  })

  it.each(story.variants)('$title', async (variant) => {
    await check(story, variant)
  })
})
