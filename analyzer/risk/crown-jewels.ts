import { type CrownJewel, type GraphNode, GomeisaError, matches, nativeId } from '../../graph/index.ts'

/** Tag keys that tell how sensitive the content is; case, `_`, `.`, `:` and spaces do not matter. */
export const CLASSIFICATION_KEYS: ReadonlySet<string> = new Set([
  'data-classification',
  'dataclassification',
  'classification',
  'data-sensitivity',
  'sensitivity',
  'confidentiality',
])

/** Values of those keys that make a crown jewel, written in the same way. */
export const CLASSIFICATION_VALUES: ReadonlySet<string> = new Set([
  'restricted',
  'highly-confidential',
  'strictly-confidential',
  'very-confidential',
  'secret',
  'top-secret',
  'critical',
  'pii',
  'phi',
  'pci',
])

/** Tag keys that say it outright, with one of `YES` as value. */
export const JEWEL_KEYS: ReadonlySet<string> = new Set(['crown-jewel', 'crown-jewels', 'crownjewel'])
const YES: ReadonlySet<string> = new Set(['true', 'yes', '1', ''])

export interface CrownJewelOptions {
  /** Patterns of the operator over name and native id: `*` is any text, case does not matter, the whole must match. */
  readonly patterns: readonly string[]
}

/** A pattern that would name nothing or everything is refused (`USAGE`). */
export function crownJewelPattern(text: string): string {
  const pattern = text.trim()
  if (pattern === '' || /^\*+$/.test(pattern)) {
    throw new GomeisaError('USAGE', `\`${text}\` is no crown jewel pattern`, {
      remedy: 'name the resources that matter most, for instance `payroll-*`',
    })
  }
  return pattern
}

/** The resources whose loss hurts most, in the order of the nodes: those the operator names, and those whose tags say so. */
export function crownJewels(nodes: Iterable<GraphNode>, options: CrownJewelOptions): CrownJewel[] {
  const jewels: CrownJewel[] = []
  for (const node of nodes) {
    if (node.kind !== 'resource') continue
    const because = named(node.name, nativeId(node.id), options.patterns) ?? tagged(node.tags)
    if (because !== undefined) jewels.push({ resource: node.id, because })
  }
  return jewels
}

function named(name: string, id: string, patterns: readonly string[]): string | undefined {
  const found = patterns.find((pattern) => {
    const lower = pattern.toLowerCase()
    return matches(lower, name.toLowerCase(), false) || matches(lower, id.toLowerCase(), false)
  })
  return found === undefined ? undefined : `named by the operator: ${found}`
}

function tagged(tags: GraphNode['tags']): string | undefined {
  for (const [key, value] of tags) {
    const word = folded(key)
    const says = folded(value)
    const told =
      (CLASSIFICATION_KEYS.has(word) && CLASSIFICATION_VALUES.has(says)) ||
      (JEWEL_KEYS.has(word) && YES.has(says))
    if (told) return value === '' ? `tag ${key}` : `tag ${key}=${value}`
  }
  return undefined
}

function folded(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_.:/]+/g, '-')
}
