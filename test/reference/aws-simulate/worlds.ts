/**
 * Values that an unknown key may have, enough to tell apart whatever the policies of the line can tell apart: what
 * they compare the key with, values around it, and values that they do not know.
 */
import { conditionsHold, lookupIn, type Truth, type World } from './conditions.ts'
import { documentsOf, list, type Line } from './line.ts'
import { resourceMatches } from './text.ts'

/** Keys that have several values at once. IAM User Guide: "AWS global condition context keys", "Value type". */
const MULTIVALUED = new Set(
  [
    'aws:TagKeys',
    'aws:CalledVia',
    'aws:PrincipalOrgPaths',
    'aws:PrincipalServiceNamesList',
    'dynamodb:Attributes',
  ].map((key) => key.toLowerCase()),
)

/** Where a key is compared: with what, by operators of which kind. */
interface Use {
  readonly literals: Set<string>
  readonly kinds: Set<string>
  /** How many conditions ask for some value of it: each may need one of its own. */
  some: number
}

/** For each unknown key that the policies look at: absent (no values), and lists of values. */
export function possibilities(
  line: Line,
  unknown: ReadonlySet<string>,
  known: World,
): ReadonlyMap<string, readonly (readonly string[])[]> {
  const uses = usesOf(line, known)
  const views = viewsOf(line)
  const out = new Map<string, readonly (readonly string[])[]>()
  for (const key of unknown) {
    const use = uses.get(key)
    if (use === undefined) continue
    // Whether a key is there tells apart no values of it.
    const kinds = use.kinds.size > 1 ? [...use.kinds].filter((kind) => kind !== 'null') : [...use.kinds]
    const values = [...new Set(kinds.flatMap((kind) => candidates(kind, [...use.literals])))]
    const mine = views.filter((v) => v.keys.includes(key))
    const alone = mine.length > 0 && mine.every((v) => v.keys.every((k) => k === key || !unknown.has(k)))
    const world = new Map(known)
    const seen = (x: readonly string[]) => {
      world.set(key, x)
      return mine.map((v) => v.sees(world)).join()
    }
    const each = values.map((v) => [v])
    const single = alone ? distinct(each, seen) : each
    const all = MULTIVALUED.has(key) ? subsets(single.flat(), Math.max(3, use.some)) : [[], ...single]
    out.set(key, alone ? distinct(all, seen) : all)
  }
  return out
}

/** A condition or a resource pattern: the keys it looks at, and what it makes of a world. */
interface View {
  readonly keys: readonly string[]
  readonly sees: (world: World) => Truth
}

function viewsOf(line: Line): readonly View[] {
  const views: View[] = []
  for (const document of documentsOf(line)) {
    const reads = (world: World) => (document.Version === '2012-10-17' ? lookupIn(world) : undefined)
    for (const statement of list(document.Statement)) {
      for (const pattern of [...list(statement.Resource), ...list(statement.NotResource)]) {
        const sees = (world: World) =>
          resourceMatches(pattern, reads(world), line.resource.arn) ? 'yes' : 'no'
        views.push({ keys: variables(pattern), sees })
      }
      for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
        for (const [key, values] of Object.entries(keys)) {
          const condition = { [operator]: { [key]: values } }
          views.push({
            keys: [key.toLowerCase(), ...list(values).flatMap((v) => variables(String(v)))],
            sees: (world) => conditionsHold(condition, world, reads(world)),
          })
        }
      }
    }
  }
  for (const [key, value] of grantPairs(line)) {
    views.push({ keys: [key], sees: (world) => (world.get(key)?.join() === value ? 'yes' : 'no') })
  }
  return views
}

/** The pairs of encryption contexts that grants ask for, keys as condition keys. */
function grantPairs(line: Line): readonly (readonly [key: string, value: string])[] {
  return (line.kmsGrants ?? []).flatMap(({ Constraints: constraints }) =>
    Object.entries({ ...constraints?.EncryptionContextEquals, ...constraints?.EncryptionContextSubset }).map(
      ([key, value]) => [`kms:EncryptionContext:${key}`.toLowerCase(), value] as const,
    ),
  )
}

function variables(pattern: string): readonly string[] {
  return [...pattern.matchAll(/\$\{([^},]+)[^}]*\}/g)].map((m) => m[1]!.trim().toLowerCase())
}

/** Values that everything in the policies sees alike are as good as one. */
function distinct<T>(all: readonly T[], seen: (x: T) => string): readonly T[] {
  return [...new Map(all.map((x) => [seen(x), x])).values()]
}

/** Every set of at most so many values. */
function subsets(values: readonly string[], most: number): readonly (readonly string[])[] {
  let out: (readonly string[])[] = [[]]
  for (const value of values) out = [...out, ...out.filter((s) => s.length < most).map((s) => [...s, value])]
  return out
}

function usesOf(line: Line, known: World): Map<string, Use> {
  const uses = new Map<string, Use>()
  const use = (key: string): Use => {
    const found = uses.get(key) ?? { literals: new Set(), kinds: new Set(), some: 0 }
    uses.set(key, found)
    return found
  }
  const linked: (readonly [string, string])[] = []
  const parted: (readonly [string, string])[] = []
  for (const statement of documentsOf(line).flatMap((d) => list(d.Statement))) {
    for (const pattern of [...list(statement.Resource), ...list(statement.NotResource)]) {
      for (const key of variables(pattern)) {
        use(key).kinds.add('string')
        for (const part of pieces(line.resource.arn)) use(key).literals.add(part)
      }
    }
    for (const [name, keys] of Object.entries(statement.Condition ?? {})) {
      for (const [key, values] of Object.entries(keys)) {
        const u = use(key.toLowerCase())
        u.kinds.add(kindOf(name))
        if (/^foranyvalue:/i.test(name)) u.some++
        if (kindOf(name) === 'null') continue
        for (const value of list(values).map(String)) {
          u.literals.add(value)
          for (const other of variables(value)) {
            use(other).kinds.add('string')
            linked.push([key.toLowerCase(), other])
            // Behind a wildcard the variable may be any end of the text.
            if (/[*?]/.test(value)) parted.push([key.toLowerCase(), other])
            for (const v of known.get(key.toLowerCase()) ?? [])
              for (const p of pieces(v)) use(other).literals.add(p)
            const others = [
              ...(known.get(other) ?? []),
              ...[...value.matchAll(/, *'([^']*)'\}/g)].map((m) => m[1]!),
            ]
            for (const v of others) u.literals.add(value.replace(/\$\{[^}]*\}/g, v))
          }
        }
      }
    }
  }
  for (const [key, value] of grantPairs(line)) {
    use(key).literals.add(value)
    use(key).kinds.add('string')
  }
  // Two keys that are compared with each other may have each other's values, and those of a third between them.
  for (const [a, b] of [...linked, ...linked]) {
    for (const v of use(a).literals) if (!v.includes('${')) use(b).literals.add(v)
    for (const v of use(b).literals) use(a).literals.add(v)
  }
  for (const [a, b] of parted) {
    for (const v of use(a).literals) if (!v.includes('${')) for (const p of pieces(v)) use(b).literals.add(p)
  }
  return uses
}

function kindOf(operator: string): string {
  const bare = operator.toLowerCase().replace(/^for(?:all|any)values?:/, '')
  if (bare === 'null') return 'null'
  return (
    /^(?:string|numeric|date|bool|arn)/.exec(bare)?.[0] ??
    (bare.includes('ip') && !bare.startsWith('binary') ? 'ip' : 'binary')
  )
}

/** What a variable may stand for in a text: every part of it between two delimiters. */
function pieces(text: string): readonly string[] {
  const cuts = [0, text.length]
  for (const match of text.matchAll(/[:/._-]/g)) cuts.push(match.index, match.index + 1)
  cuts.sort((a, b) => a - b)
  const out = new Set<string>()
  for (const from of cuts) for (const to of cuts) if (to > from) out.add(text.slice(from, to))
  return [...out]
}

function candidates(kind: string, literals: readonly string[]): readonly string[] {
  switch (kind) {
    case 'null':
      return ['zz-any']
    case 'bool':
      return ['true', 'false']
    case 'numeric':
      return numbers(literals.map(Number)).map(String)
    case 'date':
      return numbers(literals.map((d) => (/^\d+$/.test(d) ? Number(d) : Date.parse(d) / 1000))).map((s) =>
        new Date(s * 1000).toISOString(),
      )
    case 'ip':
      return literals.flatMap(addresses)
    case 'arn':
      return [...texts([...literals, ...arnsOfTwo(literals)]), 'arn:zz:zz:zz:000000000000:zz']
    default:
      return texts(literals)
  }
}

/** Of every two patterns one that is as narrow in each part as the narrower of them. */
function arnsOfTwo(literals: readonly string[]): readonly string[] {
  const parts = (l: string) => [...l.split(':').slice(0, 5), l.split(':').slice(5).join(':')]
  const wild = (part: string) => /[*?]/.test(part)
  return literals.flatMap((a) =>
    literals.map((b) =>
      parts(a)
        .map((part, i) => (wild(part) && (part === '*' || !wild(parts(b)[i]!)) ? parts(b)[i]! : part))
        .join(':'),
    ),
  )
}

function numbers(all: readonly number[]): readonly number[] {
  const sorted = [...new Set(all)].filter((n) => !Number.isNaN(n)).sort((a, b) => a - b)
  return sorted.flatMap((n, i) => [
    ...(i === 0 ? [n - 1] : []),
    n,
    i + 1 < sorted.length ? (n + sorted[i + 1]!) / 2 : n + 1,
  ])
}

/** Each pattern with its wildcards filled in in several ways, and a text that nobody asks for. */
function texts(literals: readonly string[]): readonly string[] {
  const plain = literals
  const fillers = ['', 'zz', ...plain.flatMap((l) => l.split(/[*?]/).filter((p) => p !== ''))]
  const filled = plain.flatMap((l) => fillers.map((f) => l.replaceAll('*', f).replaceAll('?', 'z')))
  return [
    ...new Set([
      ...plain,
      ...filled,
      ...plain.map((l) => l.toUpperCase()),
      ...plain.map((l) => l.toLowerCase()),
      // Spellings that tell apart operators that fold case from those that do not, behind any beginning.
      ...plain.flatMap((l) => mixed(l)),
      // No pattern is likely to match both.
      'zz-other',
      '9_q',
    ]),
  ]
}

/**
 * A short text in every spelling; of a longer one the first half as it is and the rest in the other case, and the first
 * letter alone so.
 */
function mixed(text: string): readonly string[] {
  if (text.length <= 4) {
    let made = ['']
    for (const c of text) made = made.flatMap((m) => [m + c.toLowerCase(), m + c.toUpperCase()])
    return made
  }
  const half = Math.ceil(text.length / 2)
  const other = (part: string) => (part === part.toLowerCase() ? part.toUpperCase() : part.toLowerCase())
  return [text.slice(0, half) + other(text.slice(half)), other(text.slice(0, 1)) + text.slice(1)]
}

/** An address of the range, and one just outside. */
function addresses(range: string): readonly string[] {
  const [network = '', length] = range.split('/')
  if (network.includes(':')) return [network, '3fff::1', '198.18.0.1']
  const bytes = network.split('.').map(Number)
  const outside = [...bytes]
  const cut = Math.max(0, Math.ceil(Number(length ?? '32') / 8) - 1)
  outside[cut] = (outside[cut]! + 128) % 256
  return [network, outside.join('.'), '198.18.0.1', '3fff::1']
}
