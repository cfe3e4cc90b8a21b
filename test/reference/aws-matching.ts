/** The matching half of the reference interpreter of AWS (see `aws.ts`): statements, resources, variables, conditions. */

export type Word = 'yes' | 'no' | 'if' | 'unknown'
export const all = (...w: Word[]): Word =>
  w.includes('no') ? 'no' : w.includes('unknown') ? 'unknown' : w.includes('if') ? 'if' : 'yes'
export const any = (...w: Word[]): Word =>
  w.includes('yes') ? 'yes' : w.includes('unknown') ? 'unknown' : w.includes('if') ? 'if' : 'no'
export const not = (w: Word): Word => (w === 'yes' ? 'no' : w === 'no' ? 'yes' : w)
export const list = <T>(x: T | readonly T[] | undefined): readonly T[] =>
  x === undefined ? [] : Array.isArray(x) ? (x as readonly T[]) : [x as T]

type Texts = string | readonly string[]

/** A `Principal` element. */
export type Named = string | { readonly AWS?: Texts; readonly CanonicalUser?: Texts }

export interface Statement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Action?: Texts
  readonly NotAction?: Texts
  readonly Resource?: Texts
  readonly NotResource?: Texts
  readonly Principal?: Named
  readonly NotPrincipal?: Named
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Texts>>>>
}

export interface Document {
  readonly Version?: string
  readonly Statement: Statement | readonly Statement[]
}

/** A user or role with everything that decides for it. */
export interface Who {
  readonly arn: string
  readonly user: boolean
  readonly name: string
  readonly id: string
  readonly account: string
  readonly tags: readonly { readonly Key: string; readonly Value: string }[]
  readonly linked: boolean
  readonly identity: readonly Document[]
  readonly boundary: Document | undefined
  /** Attached documents (or groups) that are not in the export; a boundary that is not. */
  readonly lost: boolean
  readonly lostBoundary: boolean
  readonly trust: Document | undefined
  readonly org: string | null | undefined
}

/** What an estate tells of the resource that is asked about. */
export interface About {
  readonly action: string
  readonly arn: string
  /** Owner, and its organization (null: none); undefined: not known. */
  readonly owner: string | undefined
  readonly org: string | null | undefined
  readonly tags: readonly { readonly Key: string; readonly Value: string }[] | undefined
}

const NOTHING: About = { action: '', arn: '', owner: undefined, org: undefined, tags: undefined }

export class Matching {
  /** The resource of the request. */
  about: About = NOTHING
  private readonly regexes = new Map<string, RegExp>()

  /** Statements of an effect that apply, each with how surely. */
  statements(
    document: Document,
    effect: string,
    who: Who,
    action: string,
    resource: string,
    withoutResource: Word = 'no',
  ): [Statement, Word][] {
    const found: [Statement, Word][] = []
    const variables = document.Version === '2012-10-17'
    for (const s of list(document.Statement)) {
      if (s.Effect !== effect) continue
      const isAction = (patterns: Texts) =>
        list(patterns).some((p) => this.glob(p.toLowerCase()).test(action))
      if (s.Action !== undefined ? !isAction(s.Action) : s.NotAction === undefined || isAction(s.NotAction))
        continue
      const isResource = (patterns: Texts) =>
        any('no', ...list(patterns).map((p) => this.onResource(p, resource, who, variables)))
      let w: Word = withoutResource
      if (s.Resource !== undefined) w = isResource(s.Resource)
      else if (s.NotResource !== undefined) w = not(isResource(s.NotResource))
      for (const [operator, keys] of Object.entries(s.Condition ?? {})) {
        for (const [key, values] of Object.entries(keys)) {
          w = all(w, this.condition(operator.toLowerCase(), key.toLowerCase(), list(values), who, variables))
        }
      }
      if (w !== 'no') found.push([s, w])
    }
    return found
  }

  private onResource(pattern: string, resource: string, who: Who, variables: boolean): Word {
    const values: (string | undefined)[] = []
    const valueless: string[] = []
    const text = !variables
      ? pattern
      : pattern.replace(/\$\{([^},]*)(?:,\s*'([^']*)')?\s*\}/g, (_, raw: string, fallback?: string) => {
          const name = raw.trim().toLowerCase()
          const value = name.length === 1 && '*?$'.includes(name) ? name : valueOf(name, who, this.about)
          if (value === null && fallback === undefined) valueless.push(name)
          values.push(value === null ? fallback : value)
          return String.fromCharCode(0xe000 + values.length - 1)
        })
    if (valueless.length > 0) return 'no'
    const parts = text.split(':')
    const segments = [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(':')] : [])]
    const source = segments.map((segment, i) =>
      escape(segment)
        .replaceAll(/\*/g, (_, at: number, whole: string) =>
          i === 5 || at === whole.length - 1 ? '.*' : '[^:]*',
        )
        .replaceAll('?', i === 5 ? '.' : '[^:]'),
    )
    const filled = source.join(':').replaceAll(/[\ue000-\ue0ff]/g, (c) => {
      const value = values[c.charCodeAt(0) - 0xe000]
      return value === undefined ? '.*' : escape(value).replaceAll(/[*?]/g, '\\$&')
    })
    if (!this.regex(filled).test(resource)) return 'no'
    return values.includes(undefined) ? 'if' : 'yes'
  }

  private condition(
    operator: string,
    key: string,
    values: readonly unknown[],
    who: Who,
    variables: boolean,
  ): Word {
    const value = valueOf(key, who, this.about)
    const parsed =
      /^(forallvalues:|foranyvalue:)?(null|bool|(string|arn)(not)?(equals|like)(ignorecase)?)(ifexists)?$/.exec(
        operator,
      )
    if (parsed === null) return 'if'
    const [, set, base, type, negated, how, ignoreCase, ifExists] = parsed
    const wanted = values.map((v) =>
      variables && base !== 'null' && base !== 'bool' ? filledIn(String(v), who, this.about) : String(v),
    )
    if (value === undefined) {
      // No value at all can match what names a variable that nobody has.
      const hopeless = wanted.every((w) => w === null)
      if (!hopeless || base === 'null' || ifExists !== undefined || set === 'forallvalues:') return 'if'
      if (set !== undefined && negated !== undefined) return 'if'
      return negated === undefined ? 'no' : 'yes'
    }
    if (base === 'null') {
      if (set !== undefined || ifExists !== undefined) return 'if'
      return wanted.includes(String(value === null)) ? 'yes' : 'no'
    }
    if (value === null) {
      if (set !== undefined) return set === 'forallvalues:' ? 'yes' : 'no'
      return negated !== undefined || ifExists !== undefined ? 'yes' : 'no'
    }
    const six = (text: string) => {
      const p = text.split(':')
      return p.length < 6 ? undefined : [...p.slice(0, 5), p.slice(5).join(':')]
    }
    let unsure = false
    let hit = false
    for (const text of wanted) {
      if (text === null) continue
      if (text === undefined) unsure = true
      else if (base === 'bool') hit ||= text.toLowerCase() === value.toLowerCase()
      else if (type === 'arn') {
        const [pattern, given] = [six(text), six(value)]
        if (pattern === undefined || given === undefined) unsure = true
        else hit ||= pattern.every((p, i) => this.glob(p).test(given[i]!))
      } else if (ignoreCase !== undefined) hit ||= text.toLowerCase() === value.toLowerCase()
      else hit ||= how === 'like' ? this.glob(text).test(value) : text === value
    }
    if (unsure && !hit) return 'if'
    return hit === (negated === undefined) ? 'yes' : 'no'
  }

  private glob(pattern: string): RegExp {
    return this.regex(escape(pattern).replaceAll('*', '.*').replaceAll('?', '.'))
  }

  private regex(source: string): RegExp {
    let made = this.regexes.get(source)
    if (made === undefined) this.regexes.set(source, (made = new RegExp(`^${source}$`, 's')))
    return made
  }
}

/** What every request of a principal has for a key: null: it never has it; undefined: no export tells. */
function valueOf(key: string, who: Who, about: About): string | null | undefined {
  switch (key) {
    case 'aws:principalarn':
      return who.arn
    case 'aws:principalaccount':
      return who.account
    case 'aws:principalorgid':
      return who.org
    case 'aws:principaltype':
      return who.user ? 'User' : 'AssumedRole'
    case 'aws:principalisawsservice':
      return 'false'
    case 'aws:principalservicename':
      return null
    case 'aws:username':
      return who.user ? who.name : null
    case 'aws:userid':
      return who.user && who.id !== '' ? who.id : undefined
    default: {
      if (/:resource/.test(key)) return ofResource(key, about)
      const tag = /^aws:principaltag\/(.*)$/.exec(key)?.[1]
      if (tag === undefined || !who.user) return undefined
      return who.tags.find((t) => t.Key.toLowerCase() === tag)?.Value ?? null
    }
  }
}

/**
 * Keys about the resource (IAM User Guide, "AWS global condition context keys"): who owns it, and its tags. Which types a
 * tag of theirs decides about is in the Service Authorization Reference, page by page; buckets only where they were told
 * to. Tags do not decide who may pass a role.
 */
function ofResource(key: string, about: About): string | null | undefined {
  if (key === 'aws:resourceaccount') return about.owner
  if (key === 'aws:resourceorgid') return about.org
  const [, , service = ''] = about.arn.split(':')
  const [prefix, tag] = key.split(':resourcetag/')
  if (tag === undefined || (prefix !== 'aws' && prefix !== service)) return undefined
  if (about.action === 'iam:passrole' || !TAGGED.includes(service)) return undefined
  return about.tags === undefined
    ? undefined
    : (about.tags.find((t) => t.Key.toLowerCase() === tag)?.Value ?? null)
}

const TAGGED: readonly string[] = ['ecr', 'iam', 'kms', 'lambda', 'secretsmanager', 'sns', 'sqs']

/** A value of a condition with its variables filled in; null: one has no value; undefined: one is not known. */
function filledIn(text: string, who: Who, about: About): string | null | undefined {
  let worst: string | null | undefined = ''
  const made = text.replace(/\$\{([^},]*)(?:,\s*'([^']*)')?\s*\}/g, (_, raw: string, fallback?: string) => {
    const value = valueOf(raw.trim().toLowerCase(), who, about)
    if (value === undefined) worst = undefined
    else if (value === null && fallback === undefined && worst !== undefined) worst = null
    return value ?? fallback ?? ''
  })
  return worst === '' ? made : worst
}

/** Escapes everything but the wildcards. */
function escape(text: string): string {
  return text.replaceAll(/[.+^${}()|[\]\\/-]/g, '\\$&')
}
