import type { Claims, Verdict } from '../token.ts'
import { ACCEPTED } from '../token.ts'
import type { Member } from './member.ts'
import type { Expr } from './policy/cel/ast.ts'
import { reduceCel } from './policy/cel/evaluate.ts'
import { parseCel } from './policy/cel/parse.ts'
import { printCel } from './policy/cel/print.ts'
import type { Scope } from './policy/cel/scope.ts'
import type { Value } from './policy/cel/value.ts'
import { isList } from './policy/cel/value.ts'
import type { ProviderState } from './state.ts'

/**
 * Mapping of an AWS provider that names none.
 * https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers (attributeMapping)
 */
export const AWS_MAPPING: ReadonlyMap<string, string> = new Map([
  ['google.subject', 'assertion.arn'],
  [
    'attribute.aws_role',
    "assertion.arn.contains('assumed-role')" +
      " ? assertion.arn.extract('{account_arn}assumed-role/') + 'assumed-role/'" +
      " + assertion.arn.extract('assumed-role/{role_name}/')" +
      ' : assertion.arn',
  ],
])

/** Longest `google.subject` (WorkloadIdentityPoolProvider.attributeMapping). */
const LONGEST_SUBJECT = 127

export function mappingOf({ mapping, awsAccount }: ProviderState): ReadonlyMap<string, string> {
  return mapping.size === 0 && awsAccount !== null ? AWS_MAPPING : mapping
}

/** Audiences that a provider takes; empty: an AWS provider, whose tokens have none. */
export function audiencesOf({ audiences, name, awsAccount }: ProviderState): readonly string[] {
  if (awsAccount !== null) return []
  if (audiences.length > 0) return audiences
  // "with or without the HTTPS prefix" (Oidc.allowedAudiences)
  const full = name.startsWith('//') ? name : `//iam.googleapis.com/${name}`
  return [full, `https:${full}`]
}

/**
 * Whether a token that the provider gets makes its holder the member: audience, attribute mapping, attribute condition and the
 * binding's member, in this order; `undefined`: it does not. Claims that are not known stay as conditions.
 */
export function becomesMember(claims: Claims, member: Member, provider: ProviderState): Verdict | undefined {
  const verdicts = [audience(claims, provider), mapped(claims, provider, member), condition(claims, provider)]
  const all: Verdict[] = []
  for (const verdict of verdicts) {
    if (verdict === undefined) return undefined
    all.push(verdict)
  }
  return {
    conditions: all.flatMap(({ conditions }) => conditions),
    missing: all.flatMap(({ missing }) => missing),
  }
}

function audience(claims: Claims, provider: ProviderState): Verdict | undefined {
  const allowed = audiencesOf(provider)
  if (allowed.length === 0) return ACCEPTED
  const shown = claims.get('aud')
  if (typeof shown === 'string') return allowed.includes(shown) ? ACCEPTED : undefined
  return { conditions: [`the token's audience is ${allowed.join(' or ')}`], missing: [] }
}

function mapped(claims: Claims, provider: ProviderState, member: Member): Verdict | undefined {
  const mapping = mappingOf(provider)
  // Without a subject no token is exchanged.
  const subject = mapping.get('google.subject')
  if (subject === undefined) return undefined
  const made = evaluated(subject, scopeOf(claims, new Map()))
  if (made.op === 'error') return undefined
  if (
    made.op === 'known' &&
    (typeof made.value !== 'string' || made.value === '' || made.value.length > LONGEST_SUBJECT)
  )
    return undefined
  // Every token has a subject of its own; what is cut out of it may be empty.
  const needs =
    made.op === 'known' || /^\s*assertion\.(sub|arn)\s*$/.test(subject)
      ? ACCEPTED
      : { conditions: [`google.subject (${printCel(made)}) is not empty`], missing: [] }
  if (member.type === 'pool-all') return needs
  const [attribute, value] =
    member.type === 'pool-subject' ? ['google.subject', member.subject] : attributeOf(member)
  if (attribute === '') return { conditions: [], missing: [`who is meant by ${value}`] }
  const text = mapping.get(attribute)
  if (text === undefined) return undefined
  const got = evaluated(text, scopeOf(claims, new Map()))
  if (got.op === 'error') return undefined
  if (got.op !== 'known') {
    const others = attribute === 'google.subject' ? [] : needs.conditions
    return { conditions: [`${attribute} (${printCel(got)}) is ${value}`, ...others], missing: [] }
  }
  const holds = isList(got.value) ? got.value.includes(value) : got.value === value
  return holds ? (attribute === 'google.subject' ? ACCEPTED : needs) : undefined
}

function condition(claims: Claims, provider: ProviderState): Verdict | undefined {
  if (provider.condition === null) return ACCEPTED
  const attributes = new Map<string, Value>()
  for (const [name, text] of mappingOf(provider)) {
    const got = evaluated(text, scopeOf(claims, new Map()))
    if (got.op === 'known') attributes.set(name, got.value)
  }
  const left = evaluated(provider.condition, scopeOf(claims, attributes))
  if (left.op === 'error')
    return { conditions: [], missing: [`the attribute condition cannot be evaluated: ${left.says}`] }
  if (left.op === 'known') return left.value === true ? ACCEPTED : undefined
  return { conditions: [`attribute condition: ${printCel(left)}`], missing: [] }
}

function evaluated(text: string, scope: Scope): Expr {
  const parsed = parseCel(text)
  if ('wrong' in parsed) return { op: 'error', says: parsed.wrong, of: { op: 'name', name: 'expression' } }
  return reduceCel(dotted(parsed.expr), scope)
}

function scopeOf(claims: Claims, attributes: ReadonlyMap<string, Value>): Scope {
  return {
    attribute(path) {
      if (!path.startsWith('assertion.')) return attributes.get(path)
      return claims.get(path.slice('assertion.'.length)) ?? undefined
    },
    call: () => undefined,
  }
}

/** `assertion['sub']` as `assertion.sub`, so that both spellings ask for the same claim. */
function dotted(expr: Expr): Expr {
  switch (expr.op) {
    case 'index': {
      const of = dotted(expr.of)
      if (of.op === 'name' && expr.at.op === 'known' && typeof expr.at.value === 'string')
        return { op: 'member', of, name: expr.at.value }
      return { op: 'index', of, at: dotted(expr.at) }
    }
    case 'member':
    case 'not':
    case 'negate':
      return { ...expr, of: dotted(expr.of) }
    case 'call':
      return { ...expr, on: expr.on === null ? null : dotted(expr.on), args: expr.args.map(dotted) }
    case 'list':
      return { op: 'list', items: expr.items.map(dotted) }
    case 'map':
      return { op: 'map', entries: expr.entries.map(([key, value]) => [dotted(key), dotted(value)] as const) }
    case 'binary':
      return { ...expr, left: dotted(expr.left), right: dotted(expr.right) }
    case 'choice':
      return {
        op: 'choice',
        test: dotted(expr.test),
        then: dotted(expr.then),
        otherwise: dotted(expr.otherwise),
      }
    default:
      return expr
  }
}

/** The attribute that a set of a pool's identities is told by, and its value; an empty attribute: another kind of set. */
export function attributeOf(member: Member): readonly [attribute: string, value: string] {
  const set = member.type === 'pool-set' ? member.set : ''
  const slash = set.indexOf('/')
  const key = set.slice(0, slash)
  const value = set.slice(slash + 1)
  if (key === 'group') return ['google.groups', value]
  return key.startsWith('attribute.') ? [key, value] : ['', set]
}

/** Texts in a provider's expressions and in a member that claims may be compared with. */
export function writtenIn(provider: ProviderState, member: Member): readonly string[] {
  const texts = [provider.condition ?? '', ...mappingOf(provider).values()].join('\n')
  const quoted = [...texts.matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, one, other]) => one ?? other ?? '')
  const value = member.type === 'pool-subject' ? member.subject : attributeOf(member)[1]
  return [...audiencesOf(provider), value, ...quoted]
}
