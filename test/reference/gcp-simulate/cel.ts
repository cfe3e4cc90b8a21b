/**
 * Conditions by somebody else's implementation of the Common Expression Language (`@marcbachmann/cel-js`, MIT), with the
 * functions that IAM adds (IAM documentation, "Attribute reference for IAM Conditions"). Everything about the request is known.
 */
import { Environment } from '@marcbachmann/cel-js'

/** A request's attributes, tags included; what is not in `attributes` the request does not have. */
export interface Known {
  readonly attributes: Readonly<Record<string, unknown>>
  readonly tags: readonly { key: string; value: string; keyId: string; valueId: string }[]
}

class Resource {
  name: string
  type: string
  service: string
  known: Known
  constructor(known: Known) {
    const of = (key: string): string => {
      const value = known.attributes[`resource.${key}`]
      return typeof value === 'string' ? value : ''
    }
    this.name = of('name')
    this.type = of('type')
    this.service = of('service')
    this.known = known
  }
}

class Api {
  known: Known
  constructor(known: Known) {
    this.known = known
  }
}

const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false })
  .registerType('Resource', { ctor: Resource, fields: { name: 'string', type: 'string', service: 'string' } })
  .registerType('Api', Api)
  .registerVariable('resource', 'Resource')
  .registerVariable('api', 'Api')
  .registerFunction('Resource.matchTag(string, string): bool', (r: Resource, key: string, value: string) =>
    r.known.tags.some((tag) => tag.key === key && tag.value === value),
  )
  .registerFunction('Resource.matchTagId(string, string): bool', (r: Resource, key: string, value: string) =>
    r.known.tags.some((tag) => tag.keyId === key && tag.valueId === value),
  )
  .registerFunction('Resource.hasTagKey(string): bool', (r: Resource, key: string) =>
    r.known.tags.some((tag) => tag.key === key),
  )
  .registerFunction('Resource.hasTagKeyId(string): bool', (r: Resource, key: string) =>
    r.known.tags.some((tag) => tag.keyId === key),
  )
  .registerFunction('Api.getAttribute(string, dyn): dyn', (a: Api, name: string, fallback: unknown) =>
    Object.hasOwn(a.known.attributes, name) ? a.known.attributes[name] : fallback,
  )
  .registerFunction('list.hasOnly(list): bool', (list: unknown[], only: unknown[]) =>
    list.every((item) => only.includes(item)),
  )
  .registerFunction('string.extract(string): string', (text: string, template: string) =>
    extract(text, template),
  )

/** The documented table of `extract`, as a search for the template's two ends. */
function extract(text: string, template: string): string {
  const before = template.slice(0, template.indexOf('{'))
  const after = template.slice(template.indexOf('}') + 1)
  for (let start = 0; start <= text.length; start++) {
    if (!text.startsWith(before, start)) continue
    const rest = text.slice(start + before.length)
    if (after === '') return rest
    for (let end = 0; end <= rest.length; end++) if (rest.startsWith(after, end)) return rest.slice(0, end)
    return ''
  }
  return ''
}

const parsed = new Map<string, ReturnType<typeof environment.parse>>()

/** The value of an expression. */
export function evaluate(expression: string, known: Known, more: Record<string, unknown> = {}): unknown {
  let run = parsed.get(expression)
  if (run === undefined) {
    run = environment.parse(expression)
    if (parsed.size > 5_000) parsed.clear()
    parsed.set(expression, run)
  }
  const time = known.attributes['request.time']
  const request = {
    ...(typeof time === 'string' ? { time: new Date(time) } : {}),
    auth: { access_levels: known.attributes['request.auth.access_levels'] },
  }
  return run({ resource: new Resource(known), api: new Api(known), request, ...more })
}

/** The value of an expression over these variables only. */
export function evaluateIn(expression: string, variables: Record<string, unknown>): unknown {
  return environment.parse(expression)(variables)
}
