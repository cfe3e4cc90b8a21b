/**
 * AWS policy evaluation, slow and plain, written from the IAM User Guide ("Policy evaluation logic", "IAM JSON policy
 * elements"), sharing nothing with the engine. It answers for concrete resources only.
 */
import { all, any, type Document, list, Matching, not, type Who, type Word } from './aws-matching.ts'
import { saidByAcl } from './aws-acl.ts'
import { namesByCanonicalId } from './aws-canonical.ts'
import { isPublic } from './aws-public.ts'
import { writtenFor } from './aws-shares.ts'
import type { Attached, Grant, Inline, Level, Tree, World } from './aws-world.ts'

export class Reference {
  readonly people = new Map<string, Who>()
  private readonly matching = new Matching()
  private readonly resources = new Map<
    string,
    {
      readonly owner: string
      readonly policy: Document
      readonly tags: Readonly<Record<string, string>> | undefined
    }
  >()
  private readonly world: World
  private readonly rcpServices: ReadonlySet<string>

  constructor(world: World, rcpServices: readonly string[]) {
    this.world = world
    this.rcpServices = new Set(rcpServices)
    const shared = new Map<string, Document>()
    const documents = world.accounts.map(({ gaad }) => {
      const own = new Map<string, Document>()
      for (const p of gaad.Policies) {
        const document = p.PolicyVersionList.find((v) => v.IsDefaultVersion)?.Document
        if (document === undefined) continue
        own.set(p.Arn, document)
        if (/^arn:[^:]*:iam::aws:/.test(p.Arn) && !shared.has(p.Arn)) shared.set(p.Arn, document)
      }
      return own
    })
    for (const [i, { id, gaad, resources }] of world.accounts.entries()) {
      const find = (arn: string) => documents[i]!.get(arn) ?? shared.get(arn)
      const of = (x: Attached, inline: Inline | undefined) => [
        ...(inline ?? []).map((p) => p.PolicyDocument),
        ...x.AttachedManagedPolicies.map((m) => find(m.PolicyArn)),
      ]
      for (const x of [...gaad.UserDetailList, ...gaad.RoleDetailList]) {
        const groups = (x.GroupList ?? []).map((name) =>
          gaad.GroupDetailList.find((g) => g.GroupName === name),
        )
        const attached = [
          ...of(x, x.UserPolicyList ?? x.RolePolicyList),
          ...groups.flatMap((g) => (g === undefined ? [undefined] : of(g, g.GroupPolicyList))),
        ]
        const limit = x.PermissionsBoundary?.PermissionsBoundaryArn
        this.people.set(x.Arn, {
          arn: x.Arn,
          user: x.UserName !== undefined,
          name: x.UserName ?? x.RoleName ?? '',
          id: x.UserId ?? x.RoleId ?? '',
          account: id,
          tags: x.Tags ?? [],
          linked: x.Path.startsWith('/aws-service-role/'),
          identity: attached.filter((d) => d !== undefined),
          boundary: limit === undefined ? undefined : find(limit),
          lost: attached.includes(undefined),
          lostBoundary: limit !== undefined && find(limit) === undefined,
          trust: x.AssumeRolePolicyDocument,
          org: this.orgOf(id),
        })
      }
      for (const r of resources ?? [])
        this.resources.set(r.arn, { policy: r.policy, owner: r.account ?? id, tags: r.tags })
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

  /** The tags of a resource or role; undefined: nobody told them. */
  private tagsOf(resource: string): Who['tags'] | undefined {
    const told = this.resources.get(resource)?.tags
    if (told !== undefined) return Object.entries(told).map(([Key, Value]) => ({ Key, Value }))
    return this.people.get(resource)?.tags
  }

  /** `strict`: missing facts are unknown; else they change nothing. */
  private decide(who: Who, action: string, resource: string, strict: boolean): Word {
    const lost = (w: Word, is: boolean): Word => (strict && is ? any(w, 'unknown') : w)
    /** A layer that limits: missing parts could allow; when they change nothing, they do not stand in the way. */
    const limit = (w: Word, is: boolean): Word =>
      !is ? w : strict ? any(w, 'unknown') : w === 'no' ? 'yes' : w
    const says = (effect: string, documents: readonly Document[]) =>
      any(
        'no',
        ...documents.flatMap((d) =>
          this.matching.statements(d, effect, who, action, resource).map(([, w]) => w),
        ),
      )
    const side = this.side(action, resource)
    this.matching.about = {
      action,
      arn: resource,
      owner: side.isPoint ? undefined : side.owner,
      org:
        side.owner !== undefined && !side.isPoint && this.accountKnown(side.owner)
          ? this.orgOf(side.owner)
          : undefined,
      tags: this.tagsOf(resource),
    }
    const sameAccount = side.owner === undefined || side.owner === who.account

    const parts: Word[] = [not(lost(says('Deny', who.identity), who.lost))]
    // "Both the access point and the underlying bucket must permit the request", and the bucket is not looked at here.
    if (side.isPoint) parts.push(strict ? 'unknown' : 'yes')
    const identity = lost(says('Allow', who.identity), who.lost)
    let within: Word = 'yes'
    /** What policies that were imported say. */
    const said = {
      allow: says('Allow', who.identity),
      within: who.lostBoundary
        ? 'no'
        : who.boundary === undefined
          ? 'yes'
          : says('Allow', list(who.boundary)),
    }
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
    if (!sameAccount) parts.push(not(this.restricted(side.policy, side.owner, resource, strict)))
    const grants = this.grants(who, action, resource)
    const shared = this.shared(who, action, resource, sameAccount, strict)
    // Whether an account that a grant names must allow it, too, is not documented.
    const delegated = strict && grants.account !== 'no' ? 'unknown' : 'no'
    const direct = any(lost(named.direct, side.lost), shared)
    const account = any(
      sameAccount ? 'no' : saidByAcl(this.world, side.owner, who.account, action, resource, strict),
      side.lost && !strict && side.required && sameAccount ? 'yes' : lost(named.account, side.lost),
      grants.account,
    )
    // Neither is whether a boundary limits a grant, or the identity policies of another account than the key's.
    const limited = any(sameAccount ? said.within : all(said.within, said.allow), strict ? 'unknown' : 'yes')
    parts.push(
      any(
        all(grants.named, limited),
        delegated,
        sameAccount
          ? any(direct, all(any(named.role, side.required ? all(account, identity) : identity), within))
          : all(identity, within, any(direct, named.role, account)),
      ),
    )
    return all('yes', ...parts)
  }

  /** What shares say of a principal: to those of other accounts what they grant; of the owner's the guide is in two minds. */
  private shared(who: Who, action: string, resource: string, sameAccount: boolean, strict: boolean): Word {
    const { written, unlisted } = writtenFor(this.world, who, resource)
    const words = written.map(({ document, asAccount, asItself }): Word => {
      const lets = any(
        'no',
        ...this.matching.statements(document, 'Allow', who, action, resource).map(([, w]) => w),
      )
      if (sameAccount) return lets === 'no' || asItself === 'no' ? 'no' : 'unknown'
      const as = (meant: Word): Word =>
        meant !== 'unknown' || lets === 'no' ? all(lets, meant) : strict ? 'unknown' : 'no'
      return any(as(asAccount), as(asItself))
    })
    if (unlisted && !sameAccount) words.push('unknown')
    return any('no', ...words.map((w): Word => (w === 'unknown' && !strict ? 'no' : w)))
  }

  /** What a resource policy says of a principal, by the way it names it. */
  private named(policy: Document | undefined, who: Who, action: string, resource: string, strict: boolean) {
    const sum: Record<'direct' | 'role' | 'account' | 'deny', Word> = {
      direct: 'no',
      role: 'no',
      account: 'no',
      deny: 'no',
    }
    const add = (to: keyof typeof sum, w: Word) => (sum[to] = any(sum[to], w))
    const unknown: Word = strict ? 'unknown' : 'no'
    const open = (w: Word): Word => (w === 'yes' ? 'if' : w)
    for (const effect of ['Allow', 'Deny']) {
      if (policy === undefined) break
      for (const [s, w] of this.matching.statements(policy, effect, who, action, resource, 'yes')) {
        const element = s.Principal ?? s.NotPrincipal
        const aws = typeof element === 'string' ? [element] : list(element?.AWS)
        const exact = aws.includes(who.arn) || aws.includes(who.id)
        const told = namesByCanonicalId(this.world, element, who.account)
        // Only S3 knows such ids; policies of keys and roles cannot hold them.
        const canonical = told === 'unknown' && /^arn:aws:(kms|iam):/.test(resource) ? 'no' : told
        const account =
          canonical === 'yes' ||
          aws.some((x) => x === who.account || new RegExp(`^arn:[^:]+:iam::${who.account}:root$`).test(x))
        const session =
          !who.user && aws.some((x) => x.includes(`:sts::${who.account}:assumed-role/${who.name}/`))
        if (s.NotPrincipal !== undefined) {
          if (effect === 'Deny') add('deny', who.boundary !== undefined || who.lostBoundary ? w : unknown)
          else if (account || session || (canonical === 'unknown' && !exact && !aws.includes('*')))
            add('direct', unknown)
          else if (!exact && !aws.includes('*')) add('direct', w)
        } else if (effect === 'Deny') {
          if (aws.includes('*') || exact || account) add('deny', w)
          if (canonical === 'unknown') add('deny', unknown)
          if (session) add('deny', open(w))
        } else {
          if (aws.includes('*') || (exact && who.user)) add('direct', w)
          if (session) add('direct', open(w))
          if (exact && !who.user) add('role', w)
          if (account) add('account', w)
          if (canonical === 'unknown') add('account', unknown)
        }
      }
    }
    return sum
  }

  /** S3 User Guide: whether RestrictPublicBuckets keeps other accounts from a bucket, for its policy is public. */
  private restricted(
    policy: Document | undefined,
    owner: string | undefined,
    resource: string,
    strict: boolean,
  ): Word {
    const [point] = /^arn:aws:s3:[^:]*:\d*:accesspoint\/[^/]*/.exec(resource) ?? []
    if (policy !== undefined && point !== undefined) return this.restrictedPoint(policy, owner, point, strict)
    if (policy === undefined || !resource.startsWith('arn:aws:s3:::')) return 'no'
    const bucket = resource.slice('arn:aws:s3:::'.length).split('/')[0]!
    const told = this.world.accounts.find((a) => a.id === owner)?.publicAccess
    const settings = [told?.account, told?.buckets?.[bucket]]
    const on: Word = settings.includes(true) ? 'yes' : settings.includes(undefined) ? 'unknown' : 'no'
    const both = all(on, isPublic(policy))
    return both === 'unknown' && !strict ? 'no' : both
  }

  /** The same of an access point: its own setting. What is said of its bucket and of VPCs is not looked at here. */
  private restrictedPoint(policy: Document, owner: string | undefined, point: string, strict: boolean): Word {
    const own = this.world.accounts.find((a) => a.id === owner)?.points?.[point]
    const on: Word = own === undefined ? 'unknown' : own === true ? 'yes' : 'no'
    const both = all(on, isPublic(policy))
    return both === 'unknown' && !strict ? 'no' : both
  }

  /**
   * KMS Developer Guide, "Grants in AWS KMS": whom grants name for the operation, themselves or by their account.
   * Constraints on the encryption context are no concern of DescribeKey and RetireGrant.
   */
  private grants(who: Who, action: string, resource: string): { named: Word; account: Word } {
    const sum: { named: Word; account: Word } = { named: 'no', account: 'no' }
    const [service, operation] = action.split(':')
    const all: readonly Grant[] = this.world.accounts.flatMap((a) => a.grants ?? [])
    for (const grant of service === 'kms' ? all.filter((g) => g.KeyId === resource) : []) {
      const lets = (name: string | undefined, w: Word) => {
        if (name === undefined) return
        if (name === who.arn || name === who.id) sum.named = any(sum.named, w)
        if (!who.user && name.includes(`:sts::${who.account}:assumed-role/${who.name}/`))
          sum.named = any(sum.named, 'if')
        if (name === who.account || name === `arn:aws:iam::${who.account}:root`)
          sum.account = any(sum.account, w)
      }
      if (operation === 'retiregrant') lets(grant.RetiringPrincipal, 'yes')
      if (!grant.Operations.some((o) => o.toLowerCase() === operation)) continue
      const free = grant.Constraints === undefined || ['describekey', 'retiregrant'].includes(operation ?? '')
      lets(grant.GranteePrincipal, free ? 'yes' : 'if')
    }
    return sum
  }

  /** Who owns a resource, its policy, whether it needs one, and whether that was imported. */
  private side(
    action: string,
    resource: string,
  ): {
    owner?: string | undefined
    policy?: Document | undefined
    required: boolean
    lost: boolean
    isPoint?: boolean
  } {
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
    const isPoint = service === 's3' && owner !== '' && local.startsWith('accesspoint/')
    // Requests about the access point itself do not come to the bucket.
    const isBefore =
      isPoint && /accesspoint|^s3:(tagresource|untagresource|listtagsforresource)$/.test(action)
    const holder =
      service === 's3'
        ? resource.split('/', isPoint ? 2 : 1).join('/')
        : service === 'lambda'
          ? resource.split(':').slice(0, 7).join(':')
          : resource
    const found = this.resources.get(holder)
    // Who was asked for a bucket's settings owns it.
    const bucket = holder.slice('arn:aws:s3:::'.length)
    const asked = this.world.accounts.find(
      ({ publicAccess, acls }) =>
        publicAccess?.buckets?.[bucket] !== undefined || acls?.[bucket] !== undefined,
    )
    const told = service === 's3' ? asked?.id : undefined
    const account: string | undefined = found?.owner ?? (owner === '' ? told : owner)
    const imported = this.world.accounts.find((a) => a.id === account)?.resources !== undefined
    return {
      owner: account,
      policy: found?.policy,
      required: service === 'kms',
      lost: found === undefined && !imported,
      isPoint: isPoint && !isBefore,
    }
  }

  private orgOf(account: string): string | null | undefined {
    const { organization } = this.world
    if (organization === null || organization === undefined) return organization
    return Object.hasOwn(organization.Accounts, account) ? organization.Id : undefined
  }

  private accountKnown(account: string): boolean {
    return (
      this.world.accounts.some((a) => a.id === account) ||
      Object.hasOwn(this.world.organization?.Accounts ?? {}, account)
    )
  }

  private levels(
    account: string,
    kind: 'scps' | 'rcps',
  ): { documents: readonly Document[]; lost: boolean }[] {
    const { organization } = this.world
    if (organization === null || organization?.MasterAccountId === account) return []
    const member = organization?.Accounts[account]
    if (organization === undefined || member === undefined) return [{ documents: [], lost: true }]
    const levels: Level[] = [member]
    for (let at: string | null = member.ou; at !== null;) {
      const unit: Tree['Ous'][string] = organization.Ous[at]!
      levels.unshift(unit)
      at = unit.parent
    }
    return levels.map((level) => {
      const documents = level[kind].map((id) => organization[kind === 'scps' ? 'Scps' : 'Rcps'][id]?.doc)
      return { documents: documents.filter((d) => d !== undefined), lost: documents.includes(undefined) }
    })
  }
}
