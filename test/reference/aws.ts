/**
 * AWS policy evaluation, slow and plain, written from the IAM User Guide ("Policy evaluation logic", "IAM JSON policy
 * elements"), sharing nothing with the engine. It answers for concrete resources only.
 */
type Raw = any

export interface World {
  readonly accounts: readonly {
    readonly id: string
    readonly gaad: Raw
    /** Rows of resource policies; undefined: they were not imported. */
    readonly resources?: readonly Raw[]
  }[]
  /** The organization-tree document; null: the accounts are in no organization; undefined: not imported. */
  readonly organization?: Raw
}

export type Word = 'yes' | 'no' | 'if' | 'unknown'
const all = (...w: Word[]): Word =>
  w.includes('no') ? 'no' : w.includes('unknown') ? 'unknown' : w.includes('if') ? 'if' : 'yes'
const any = (...w: Word[]): Word =>
  w.includes('yes') ? 'yes' : w.includes('unknown') ? 'unknown' : w.includes('if') ? 'if' : 'no'
const not = (w: Word): Word => (w === 'yes' ? 'no' : w === 'no' ? 'yes' : w)
const list = (x: Raw): Raw[] => (x === undefined ? [] : Array.isArray(x) ? x : [x])

interface Who {
  readonly arn: string
  readonly user: boolean
  readonly name: string
  readonly id: string
  readonly account: string
  readonly tags: readonly Raw[]
  readonly linked: boolean
  readonly identity: readonly Raw[]
  readonly boundary?: Raw
  /** Attached documents (or groups) that are not in the export; a boundary that is not. */
  readonly lost: boolean
  readonly lostBoundary: boolean
  readonly trust?: Raw
  readonly org: string | null | undefined
}

export class Reference {
  readonly people = new Map<string, Who>()
  private readonly resources = new Map<string, Raw>()
  private readonly world: World
  private readonly rcpServices: ReadonlySet<string>
  private readonly regexes = new Map<string, RegExp>()

  constructor(world: World, rcpServices: readonly string[]) {
    this.world = world
    this.rcpServices = new Set(rcpServices)
    const shared = new Map<string, Raw>()
    const documents = world.accounts.map(({ gaad }) => {
      const own = new Map<string, Raw>()
      for (const p of gaad.Policies) {
        const document = p.PolicyVersionList.find((v: Raw) => v.IsDefaultVersion)?.Document
        if (document === undefined) continue
        own.set(p.Arn, document)
        if (/^arn:[^:]*:iam::aws:/.test(p.Arn) && !shared.has(p.Arn)) shared.set(p.Arn, document)
      }
      return own
    })
    for (const [i, { id, gaad, resources }] of world.accounts.entries()) {
      const find = (arn: string) => documents[i]!.get(arn) ?? shared.get(arn)
      const of = (x: Raw, inline: Raw) => [
        ...list(inline).map((p) => p.PolicyDocument),
        ...x.AttachedManagedPolicies.map((m: Raw) => find(m.PolicyArn)),
      ]
      for (const x of [...gaad.UserDetailList, ...gaad.RoleDetailList]) {
        const groups = list(x.GroupList).map((name) =>
          gaad.GroupDetailList.find((g: Raw) => g.GroupName === name),
        )
        const attached = [
          ...of(x, x.UserPolicyList ?? x.RolePolicyList),
          ...groups.flatMap((g) => (g === undefined ? [undefined] : of(g, g.GroupPolicyList))),
        ]
        const limit = x.PermissionsBoundary?.PermissionsBoundaryArn
        this.people.set(x.Arn, {
          arn: x.Arn,
          user: x.UserName !== undefined,
          name: x.UserName ?? x.RoleName,
          id: x.UserId ?? x.RoleId ?? '',
          account: id,
          tags: list(x.Tags),
          linked: String(x.Path).startsWith('/aws-service-role/'),
          identity: attached.filter((d) => d !== undefined),
          boundary: limit === undefined ? undefined : find(limit),
          lost: attached.includes(undefined),
          lostBoundary: limit !== undefined && find(limit) === undefined,
          trust: x.AssumeRolePolicyDocument,
          org: this.orgOf(id),
        })
      }
      for (const r of resources ?? []) this.resources.set(r.arn, { ...r, owner: r.account ?? id })
    }
  }

  can(arn: string, action: string, resource: string): { decision: Word; otherwise: Word } {
    const who = this.people.get(arn)!
    const a = action.toLowerCase()
    if (a === 'sts:getcalleridentity') return { decision: 'yes', otherwise: 'yes' }
    const decision = this.decide(who, a, resource, true)
    return { decision, otherwise: decision === 'unknown' ? this.decide(who, a, resource, false) : decision }
  }

  /** Resources that carry a policy. */
  resourceArns(): readonly string[] {
    return [...this.resources.keys()]
  }

  /** `strict`: missing facts are unknown; else they change nothing. */
  private decide(who: Who, action: string, resource: string, strict: boolean): Word {
    const lost = (w: Word, is: boolean): Word => (strict && is ? any(w, 'unknown') : w)
    /** A layer that limits: missing parts could allow; when they change nothing, they do not stand in the way. */
    const limit = (w: Word, is: boolean): Word =>
      !is ? w : strict ? any(w, 'unknown') : w === 'no' ? 'yes' : w
    const says = (effect: string, documents: readonly Raw[]) =>
      any(
        'no',
        ...documents.flatMap((d) => this.statements(d, effect, who, action, resource).map(([, w]) => w)),
      )
    const side = this.side(action, resource)
    const sameAccount = side.owner === undefined || side.owner === who.account

    const parts: Word[] = [not(lost(says('Deny', who.identity), who.lost))]
    const identity = lost(says('Allow', who.identity), who.lost)
    let within: Word = 'yes'
    if (who.boundary !== undefined || who.lostBoundary) {
      parts.push(not(lost(says('Deny', list(who.boundary)), who.lostBoundary)))
      within = limit(says('Allow', list(who.boundary)), who.lostBoundary)
    }
    for (const level of who.linked ? [] : this.levels(who.account, 'scps')) {
      parts.push(not(lost(says('Deny', level.documents), level.lost)))
      parts.push(limit(says('Allow', level.documents), level.lost))
    }
    const governs = this.rcpServices.has(action.split(':')[0]!) && action !== 'kms:retiregrant'
    const inWorld = side.owner === undefined || this.accountKnown(side.owner)
    if (governs && !who.linked && inWorld) {
      for (const level of this.levels(side.owner ?? who.account, 'rcps')) {
        parts.push(not(lost(says('Deny', level.documents), level.lost)))
      }
    }
    const named = this.named(side.policy, who, action, resource, strict)
    parts.push(not(lost(named.deny, side.lost)))
    const direct = lost(named.direct, side.lost)
    const account =
      side.lost && !strict && side.required && sameAccount ? 'yes' : lost(named.account, side.lost)
    parts.push(
      sameAccount
        ? any(direct, all(any(named.role, side.required ? all(account, identity) : identity), within))
        : all(identity, within, any(direct, named.role, account)),
    )
    return all('yes', ...parts)
  }

  /** Statements of an effect that apply, each with how surely. */
  private statements(
    document: Raw,
    effect: string,
    who: Who,
    action: string,
    resource: string,
    withoutResource: Word = 'no',
  ): [Raw, Word][] {
    const found: [Raw, Word][] = []
    const variables = document.Version === '2012-10-17'
    for (const s of list(document.Statement)) {
      if (s.Effect !== effect) continue
      const isAction = (patterns: Raw) => list(patterns).some((p) => this.glob(p.toLowerCase()).test(action))
      if (s.Action !== undefined ? !isAction(s.Action) : s.NotAction === undefined || isAction(s.NotAction))
        continue
      const isResource = (patterns: Raw) =>
        any('no', ...list(patterns).map((p) => this.onResource(p, resource, who, variables)))
      let w: Word = withoutResource
      if (s.Resource !== undefined) w = isResource(s.Resource)
      else if (s.NotResource !== undefined) w = not(isResource(s.NotResource))
      for (const [operator, keys] of Object.entries(s.Condition ?? {})) {
        for (const [key, values] of Object.entries(keys as Raw)) {
          w = all(w, this.condition(operator.toLowerCase(), key.toLowerCase(), list(values), who, variables))
        }
      }
      if (w !== 'no') found.push([s, w])
    }
    return found
  }

  private onResource(pattern: string, resource: string, who: Who, variables: boolean): Word {
    const values: (string | undefined)[] = []
    let valueless = false
    const text = !variables
      ? pattern
      : pattern.replace(/\$\{([^},]*)(?:,\s*'([^']*)')?\s*\}/g, (_, raw: string, fallback?: string) => {
          const name = raw.trim().toLowerCase()
          let value: string | null | undefined
          const principalTag = /^aws:principaltag\/(.*)$/.exec(name)?.[1]
          if ('*?$'.includes(name) && name.length === 1) value = name
          else if (name === 'aws:username') value = who.user ? who.name : null
          else if (name === 'aws:userid') value = who.user && who.id !== '' ? who.id : undefined
          else if (name === 'aws:principaltype') value = who.user ? 'User' : 'AssumedRole'
          else if (name === 'aws:principalarn') value = who.arn
          else if (name === 'aws:principalaccount') value = who.account
          else if (name === 'aws:principalorgid') value = who.org
          else if (principalTag !== undefined && who.user) {
            value = who.tags.find((t) => t.Key.toLowerCase() === principalTag)?.Value ?? null
          }
          if (value === null && fallback === undefined) valueless = true
          values.push(value === null ? fallback : value)
          return String.fromCharCode(0xe000 + values.length - 1)
        })
    if (valueless) return 'no'
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
    values: readonly Raw[],
    who: Who,
    variables: boolean,
  ): Word {
    const fixed: Record<string, string | null | undefined> = {
      'aws:principalarn': who.arn,
      'aws:principalaccount': who.account,
      'aws:principalorgid': who.org,
    }
    if (!Object.hasOwn(fixed, key) || fixed[key] === undefined) return 'if'
    if (variables && values.some((v) => String(v).includes('${'))) return 'if'
    const value = fixed[key]
    if (operator === 'null') {
      if (values.length !== 1) return 'if'
      return (String(values[0]) === 'true') === (value === null) ? 'yes' : 'no'
    }
    const parsed = /^(string|arn)(not)?(equals|like)(ignorecase)?(ifexists)?$/.exec(operator)
    if (parsed === null) return 'if'
    const [, type, negated, how, ignoreCase, ifExists] = parsed
    if (value === null) return negated !== undefined || ifExists !== undefined ? 'yes' : 'no'
    const six = (text: string) => {
      const p = text.split(':')
      return p.length < 6 ? undefined : [...p.slice(0, 5), p.slice(5).join(':')]
    }
    let hit = false
    for (const raw of values) {
      const wanted = String(raw)
      if (type === 'arn') {
        const pattern = six(wanted)
        if (pattern === undefined) return 'if'
        hit ||= pattern.every((p, i) => this.glob(p).test(six(value)![i]!))
      } else if (ignoreCase !== undefined) hit ||= wanted.toLowerCase() === value.toLowerCase()
      else hit ||= how === 'like' ? this.glob(wanted).test(value) : wanted === value
    }
    return hit === (negated === undefined) ? 'yes' : 'no'
  }

  /** What a resource policy says of a principal, by the way it names it. */
  private named(policy: Raw, who: Who, action: string, resource: string, strict: boolean) {
    const sum: Record<'direct' | 'role' | 'account' | 'deny', Word> = {
      direct: 'no',
      role: 'no',
      account: 'no',
      deny: 'no',
    }
    const add = (to: keyof typeof sum, w: Word) => (sum[to] = any(sum[to], w))
    const unknown: Word = strict ? 'unknown' : 'no'
    const open = (w: Word): Word => (w === 'yes' ? 'if' : w)
    for (const effect of policy === undefined ? [] : ['Allow', 'Deny']) {
      for (const [s, w] of this.statements(policy, effect, who, action, resource, 'yes')) {
        const element = s.Principal ?? s.NotPrincipal
        const aws: string[] = element === '*' ? ['*'] : list(element?.AWS)
        const exact = aws.includes(who.arn) || aws.includes(who.id)
        const account = aws.some(
          (x) => x === who.account || new RegExp(`^arn:[^:]+:iam::${who.account}:root$`).test(x),
        )
        const session =
          !who.user && aws.some((x) => x.includes(`:sts::${who.account}:assumed-role/${who.name}/`))
        if (s.NotPrincipal !== undefined) {
          if (effect === 'Deny') add('deny', who.boundary !== undefined || who.lostBoundary ? w : unknown)
          else if (account || session) add('direct', unknown)
          else if (!exact && !aws.includes('*')) add('direct', w)
        } else if (effect === 'Deny') {
          if (aws.includes('*') || exact || account) add('deny', w)
          if (session) add('deny', open(w))
        } else {
          if (aws.includes('*') || (exact && who.user)) add('direct', w)
          if (session) add('direct', open(w))
          if (exact && !who.user) add('role', w)
          if (account) add('account', w)
        }
      }
    }
    return sum
  }

  /** Who owns a resource, its policy, whether it needs one, and whether that was imported. */
  private side(
    action: string,
    resource: string,
  ): { owner?: string | undefined; policy?: Raw; required: boolean; lost: boolean } {
    const [, , service, , owner = '', ...rest] = resource.split(':')
    const local = rest.join(':')
    if (service === 'iam' && local.startsWith('role/') && action.startsWith('sts:')) {
      const policy = this.people.get(resource)?.trust
      return {
        owner,
        policy,
        required: true,
        lost: policy === undefined && !this.world.accounts.some((a) => a.id === owner),
      }
    }
    const types: Record<string, RegExp> = {
      s3: /./,
      sqs: /./,
      sns: /./,
      kms: /^key\//,
      lambda: /^function:/,
      secretsmanager: /^secret:/,
      ecr: /^repository\//,
      dynamodb: /^table\//,
      ssm: /^parameter\//,
    }
    if (service === undefined || !types[service]?.test(local)) {
      return { owner: owner === '' ? undefined : owner, required: false, lost: false }
    }
    const holder =
      service === 's3'
        ? resource.split('/')[0]!
        : service === 'lambda'
          ? resource.split(':').slice(0, 7).join(':')
          : resource
    const found = this.resources.get(holder)
    const account: string | undefined = found?.owner ?? (owner === '' ? undefined : owner)
    const imported = this.world.accounts.find((a) => a.id === account)?.resources !== undefined
    return {
      owner: account,
      policy: found?.policy,
      required: service === 'kms',
      lost: found === undefined && !imported,
    }
  }

  private orgOf(account: string): string | null | undefined {
    const { organization } = this.world
    if (organization === null) return null
    return Object.hasOwn(organization?.Accounts ?? {}, account) ? organization.Id : undefined
  }

  private accountKnown(account: string): boolean {
    return (
      this.world.accounts.some((a) => a.id === account) ||
      Object.hasOwn(this.world.organization?.Accounts ?? {}, account)
    )
  }

  private levels(account: string, kind: 'scps' | 'rcps'): { documents: Raw[]; lost: boolean }[] {
    const { organization } = this.world
    if (organization === null || organization?.MasterAccountId === account) return []
    const member = organization?.Accounts[account]
    if (member === undefined) return [{ documents: [], lost: true }]
    const levels: Raw[] = [member]
    for (let ou = member.ou; ou !== null && ou !== undefined; ou = organization.Ous[ou].parent) {
      levels.unshift(organization.Ous[ou])
    }
    return levels.map((level) => {
      const documents = level[kind].map(
        (id: string) => organization[kind === 'scps' ? 'Scps' : 'Rcps'][id]?.doc,
      )
      return { documents: documents.filter((d: Raw) => d !== undefined), lost: documents.includes(undefined) }
    })
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

/** Escapes everything but the wildcards. */
function escape(text: string): string {
  return text.replaceAll(/[.+^${}()|[\]\\/-]/g, '\\$&')
}
