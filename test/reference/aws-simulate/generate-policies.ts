/** Random policies that are about a request, so that they often apply to it and often just miss. */
import { AWAY, HOME, KEYS, requestOf, type Key, type Request } from './generate-request.ts'
import { list, type Document, type Grant, type Line, type PrincipalElement, type Statement } from './line.ts'
import { Random } from './random.ts'

/** A random line. The same seed gives the same line. */
export function lineOf(seed: number): Line {
  const random = new Random(seed)
  // Neighbouring seeds begin alike; a few steps part them.
  for (let i = 0; i < 3; i++) random.next()
  const request = requestOf(random)
  return { id: String(seed), ...request, ...new Policies(random, request).layers() }
}

const OPERATORS: Readonly<Record<Key['kind'], readonly string[]>> = {
  string: [
    'StringEquals',
    'StringNotEquals',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
    'StringLike',
    'StringLike',
    'StringNotLike',
  ],
  numeric: ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
    (o) => `Numeric${o}`,
  ),
  date: ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
    (o) => `Date${o}`,
  ),
  bool: ['Bool'],
  ip: ['IpAddress', 'NotIpAddress'],
  arn: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike', 'StringLike', 'StringEquals', 'StringNotLike'],
  binary: ['BinaryEquals'],
}

const ROOT = `arn:aws:iam::${HOME}:root`

type Layer = 'limit' | 'grant' | 'resource'

class Policies {
  private readonly random: Random
  private readonly request: Request
  private readonly context = new Map<string, 'unknown' | 'several' | 'plain'>()
  private bounded = false

  constructor(random: Random, request: Request) {
    this.random = random
    this.request = request
    for (const [name, value] of Object.entries(request.context ?? {})) {
      const how = Array.isArray(value) ? (value.length > 1 ? 'several' : 'plain') : 'unknown'
      this.context.set(name.toLowerCase(), typeof value === 'object' ? how : 'plain')
    }
  }

  layers(): Partial<Line> {
    const { random, request } = this
    const { type } = request.principal
    const own = request.principal.type !== 'service' && request.principal.type !== 'anonymous'
    const iam = ['user', 'role', 'session', 'federated-user'].includes(type)
    const foreign = (request.resource.account ?? request.resource.arn.split(':')[4]) === AWAY
    const trust = request.action.startsWith('sts:') || request.resource.arn.includes(':key/')
    const session = type === 'session' ? 0.3 : type === 'federated-user' ? 0.75 : 0
    const attached = request.resource.arn !== '*' && random.chance(foreign || !iam || trust ? 0.92 : 0.6)
    this.bounded = iam && request.principal.serviceLinked !== true && random.chance(0.22)
    const all = {
      identityPolicies: iam ? this.named() : undefined,
      boundary: random.sometimes(iam && request.principal.serviceLinked !== true ? 0.25 : 0, () => [
        this.limit(),
      ]),
      sessionPolicy: random.sometimes(session, () => this.limit()),
      scps: random.sometimes(0.3, () => this.levels(1, 3)),
      rcps: random.sometimes(request.resource.arn === '*' ? 0 : 0.2, () => this.controls()),
      resourcePolicy: attached ? this.attached() : undefined,
      kmsGrants: random.sometimes(own && request.resource.arn.includes(':key/') ? 0.4 : 0, () =>
        random.several(1, 2, () => this.grant()),
      ),
      endpointPolicies: random.sometimes(0.1, () => random.several(0, 2, () => this.endpoint())),
    }
    return Object.fromEntries(Object.entries(all).filter(([, v]) => v !== undefined))
  }

  /** Now and then with a denial for everybody but a part of the asker's names, which leaves the answer open. */
  private attached(): Document {
    const document = this.document('resource', 1, 3, 0.35)
    if (
      this.request.action.startsWith('sts:') ||
      this.request.resource.arn === '*' ||
      this.random.chance(this.bounded ? 1 : 0.5)
    )
      return document
    const { Effect, ...not } = { Effect: 'Deny' as const, ...this.not() }
    return {
      ...document,
      Statement: [...list(document.Statement), { Effect, ...not, Action: '*', Resource: '*' }],
    }
  }

  private named(): NonNullable<Line['identityPolicies']> {
    let n = 0
    return this.random.several(0, 2, () => ({
      name: `p${n++}`,
      document: this.document('grant', 1, 3, 0.22),
    }))
  }

  private grant(): Grant {
    const pair = { [this.random.pick(['app', 'App'])]: this.random.pick(['pay', 'log']) }
    const kind = this.random.pick(['EncryptionContextEquals', 'EncryptionContextSubset'])
    const names = [...this.names(), ...this.names(), `arn:aws:iam::${HOME}:user/zoe`]
    return {
      GranteePrincipal: this.random.pick(names),
      Operations: this.random.pick([['Decrypt'], ['Encrypt', 'Decrypt'], ['GenerateDataKey']]),
      ...(this.random.chance(0.4) ? { Constraints: { [kind]: pair } } : {}),
    }
  }

  /** A ceiling: mostly wide, sometimes not. */
  private limit(): Document {
    const wide: Statement = { Effect: 'Allow', Action: '*', Resource: '*' }
    const rest = this.random.several(0, 2, () =>
      this.statement('limit', this.random.chance(0.6) ? 'Allow' : 'Deny'),
    )
    return this.wrap(this.random.chance(0.55) ? [wide, ...rest] : [this.statement('limit', 'Allow'), ...rest])
  }

  private levels(least: number, most: number): Document[][] {
    return this.random.several(least, most, () => this.random.several(1, 2, () => this.limit()))
  }

  private controls(): Document[][] {
    const all: Statement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }
    return this.random.several(1, 2, () => [
      this.wrap([all]),
      this.wrap(
        this.random.several(0, 2, () => ({ ...this.statement('limit', 'Deny'), Principal: '*' as const })),
      ),
    ])
  }

  private endpoint(): Document {
    const all: Statement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }
    const rest = this.random.several(0, 2, () =>
      this.statement('resource', this.random.chance(0.6) ? 'Allow' : 'Deny'),
    )
    return this.wrap(this.random.chance(0.7) ? [all, ...rest] : rest)
  }

  private document(layer: Layer, least: number, most: number, denials: number): Document {
    return this.wrap(
      this.random.several(least, most, () =>
        this.statement(layer, this.random.chance(denials) ? 'Deny' : 'Allow'),
      ),
    )
  }

  private wrap(statements: readonly Statement[]): Document {
    const version = this.random.weighted({ '2012-10-17': 90, '2008-10-17': 5, '': 5 })
    const one = statements.length === 1 && this.random.chance(0.3)
    return { ...(version === '' ? {} : { Version: version }), Statement: one ? statements[0]! : statements }
  }

  private statement(layer: Layer, effect: Statement['Effect']): Statement {
    const { random } = this
    const hit = effect === 'Allow' ? 0.9 : 0.5
    const about = this.open().length > 0
    const conditional = random.chance(effect === 'Allow' ? (about ? 0.6 : 0.3) : 0.7)
    return {
      Effect: effect,
      ...(layer === 'resource' ? this.principal(effect) : {}),
      ...(random.chance(0.85)
        ? { Action: this.either(() => this.action(random.chance(hit))) }
        : { NotAction: this.either(() => this.action(random.chance(1 - hit))) }),
      ...(layer === 'resource' && this.request.action.startsWith('sts:')
        ? {}
        : random.chance(0.85)
          ? { Resource: this.either(() => this.resource(random.chance(hit))) }
          : { NotResource: this.either(() => this.resource(random.chance(1 - hit))) }),
      ...(conditional ? { Condition: this.condition() } : {}),
    }
  }

  /** One value, or a list. */
  private either<T>(make: () => T): T | T[] {
    return this.random.chance(0.75) ? make() : this.random.several(1, 2, make)
  }

  private action(hit: boolean): string {
    const { action } = this.request
    const [service = '', name = ''] = action.split(':')
    const matching = [
      action,
      '*',
      `${service}:*`,
      `${service}:${name.slice(0, 3)}*`,
      `${service}:?${name.slice(1)}`,
      action.toUpperCase(),
      `${service}:*${name.slice(-4)}`,
    ]
    return this.random.pick(
      hit ? matching : [`${service}:Other*`, 'ec2:RunInstances', `${action}?`, 'glue:*'],
    )
  }

  private resource(hit: boolean): string {
    const { arn } = this.request.resource
    const parts = arn.split(':')
    const head = parts.slice(0, 5).join(':')
    const tail = parts.slice(5).join(':')
    if (arn === '*') return this.random.pick(hit ? ['*'] : ['arn:aws:s3:::data', '*'])
    const matching = [
      arn,
      '*',
      '*',
      `${head}:*`,
      `${head}:${tail.slice(0, 2)}*`,
      `${head}:?${tail.slice(1)}`,
      `${head}:*${tail.slice(-3)}`,
      `${parts.slice(0, 3).join(':')}:*`,
      `${parts.slice(0, 3).join(':')}:*:*:${tail}`,
      `${head}:${tail.replace('ana', '${aws:username}')}`,
      `${head}:${tail.replace('ana', "${aws:username, 'ana'}")}`,
      `${head}:${tail.replace('red', '${aws:PrincipalTag/team}')}`,
    ]
    const missing = [
      `${head}:${tail}x`,
      'arn:aws:sqs:eu-west-1:333333333333:jobs',
      `${head}:\${aws:username}`,
      `${arn}:?`,
    ]
    return this.random.pick(hit ? matching : missing)
  }

  private principal(effect: Statement['Effect']): Pick<Statement, 'Principal' | 'NotPrincipal'> {
    const { random, request } = this
    const { type } = request.principal
    const others = [`arn:aws:iam::${AWAY}:root`, `arn:aws:iam::${HOME}:user/zoe`, AWAY]
    if (effect === 'Deny' && !request.action.startsWith('sts:') && random.chance(0.4)) return this.not()
    const names = this.names()
    const element: PrincipalElement = random.chance(0.3)
      ? random.chance(0.5)
        ? '*'
        : { AWS: '*' }
      : type === 'service'
        ? this.service()
        : {
            AWS: this.either(() =>
              random.pick([...names, ...names, ...names, ROOT, HOME, random.pick(others)]),
            ),
          }
    return { Principal: element }
  }

  /** What names the asker itself: not its account, and not everybody. */
  private names(): readonly string[] {
    const { arn, type, roleArn } = this.request.principal
    const behind = type === 'federated-user' ? `arn:aws:iam::${HOME}:user/ana` : roleArn
    const own = type === 'service' || type === 'anonymous' || type === 'root' ? [] : [arn]
    return behind === undefined ? own : [...own, behind]
  }

  private service(): PrincipalElement {
    const { arn, type } = this.request.principal
    return { Service: type === 'service' && this.random.chance(0.7) ? arn : 'sqs.amazonaws.com' }
  }

  private not(): Pick<Statement, 'NotPrincipal'> {
    if (this.request.principal.type === 'service') return { NotPrincipal: this.service() }
    const listed = [...this.names(), ROOT].filter(() => this.random.chance(0.7))
    return { NotPrincipal: { AWS: listed.length === 0 ? AWAY : listed } }
  }

  private condition(): NonNullable<Statement['Condition']> {
    const out: Record<string, Record<string, string | string[]>> = {}
    for (const key of this.random.several(1, 2, () => this.key())) {
      const name = this.operator(key)
      const value = () =>
        name === 'Null' ? this.random.pick(['true', 'false']) : this.random.pick(key.policy)
      const spelled = this.random.chance(0.1) ? key.name.toUpperCase() : key.name
      out[name] = { ...out[name], [spelled]: name === 'Null' ? value() : this.either(value) }
    }
    return out
  }

  /** Keys that the request leaves open are looked at more often than chance would. */
  private key(): Key {
    const open = this.open()
    return open.length > 0 && this.random.chance(0.75) ? this.random.pick(open) : this.random.pick(KEYS)
  }

  private open(): readonly Key[] {
    return KEYS.filter((k) => this.given(k) === 'unknown')
  }

  private given(key: Key): 'unknown' | 'several' | 'plain' {
    return this.context.get(key.name.toLowerCase()) ?? 'plain'
  }

  private operator(key: Key): string {
    const { random } = this
    if (random.chance(0.1)) return 'Null'
    const name = random.pick(OPERATORS[key.kind]) + (random.chance(0.2) ? 'IfExists' : '')
    // A key without set operator and several values is open: now and then. An unknown list is asked as a list.
    const set = key.multivalued
      ? this.given(key) === 'unknown' || random.chance(this.given(key) === 'several' ? 0.6 : 0.85)
      : this.given(key) !== 'unknown' && random.chance(0.06)
    return set ? `${random.pick(['ForAnyValue', 'ForAllValues'])}:${name}` : name
  }
}
