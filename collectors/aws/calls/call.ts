import { isObject, type Json, type JsonObject, own, type SourceKind } from '../../../graph/index.ts'
import type { AwsCoverageKey } from '../../offline/coverage/aws/table.ts'
import type { Service } from './services.ts'

/**
 * Where a call is made: once, or once a region, as the organization's reader; or in every account once, or once a region.
 */
export type Place = 'organization' | 'organization-region' | 'account' | 'region'

/** What a call is made about, when it is not made only once. */
export interface Target {
  readonly parameters: JsonObject
  /** The region to ask, when it is not the one of the call before. */
  readonly region?: string
}

/** Where the parameters of a call come from: from the answers of another. */
export interface After {
  /** `service:operation`. */
  readonly call: string
  /** For people: `each of Keys`. */
  readonly each: string
  /** What to ask next, given the pages of an answer and what was asked there. */
  targets(pages: readonly Json[], asked: Asked): readonly Target[]
}

/** Of whom and where something was asked. */
export interface Asked {
  readonly account: string
  readonly region: string
  readonly parameters: JsonObject
}

/** One row of the table of calls: everything that Gomeisa ever asks AWS is one of these. All of them only read. */
export interface Call {
  readonly service: Service
  /** The operation as the API Reference of the service names it. */
  readonly operation: string
  /** The IAM actions it needs (Service Authorization Reference). */
  readonly actions: readonly string[]
  readonly place: Place
  /** Parameters of every such call; `{account}` in a text stands for the account. */
  readonly parameters?: JsonObject
  /** It is made once for each of these. */
  readonly variants?: readonly JsonObject[]
  /** It is made for what other calls found, instead of once. */
  readonly after?: readonly After[]
  /** It is made only when another could not be answered. */
  readonly insteadOf?: string
  /** Members that carry the next page on, in the answer and in the question; one name for both. */
  readonly pages?: string | readonly [answer: string, question: string]
  /** A job that has to be started and waited for. */
  readonly job?: Job
  /** The kind of source that its answers become. */
  readonly yields: SourceKind
  /** What is not known when it is refused: `Gap.what`. */
  readonly gap: AwsCoverageKey
  /** Error codes that mean that there is none: an answer. */
  readonly absent?: readonly string[]
  /** What an absence is as an answer; null unless told. */
  readonly none?: JsonObject
  /** The answer is kept as it is and not together with its question. */
  readonly bare?: true
  /** Paths that are never kept, because people put secrets there: `Functions[].Environment`. */
  readonly drop?: readonly string[]
  /** The only regions that answer it. */
  readonly onlyIn?: readonly string[]
}

/** Work that AWS does in the background; its calls are asked again until they say that it is done. */
export interface Job {
  readonly start: string
  /** A member of the answer to `start` that is a parameter of the call. */
  readonly id?: string
  /** A member and the value it has when the job is done; of the start when there is no `id`, else of the call. */
  readonly done: readonly [member: string, value: string]
}

/** `service:operation`, the name of a call. */
export function nameOf(call: Pick<Call, 'service' | 'operation'>): string {
  return `${call.service.id}:${call.operation}`
}

/**
 * Targets of each member of a listing. `list` leads to the members (`Keys`, `Reservations[].Instances`), `give` says which
 * parameter is which of their members; the empty path is the member itself.
 */
export function each(
  call: string,
  list: string,
  give: { readonly [parameter: string]: string },
  more: {
    /** Parameters of the listing that are asked again. */
    readonly keep?: readonly string[]
    /** The member that is the region to ask. */
    readonly region?: string
    /** A parameter that takes a list, and how many it takes at once. */
    readonly together?: readonly [parameter: string, size: number]
    readonly only?: (item: Json) => boolean
    /** Parameters that are numbers in the question and texts in the listing. */
    readonly numbers?: readonly string[]
  } = {},
): After {
  return {
    call,
    each: `each of ${list}`,
    targets(pages, asked) {
      const kept = Object.fromEntries((more.keep ?? []).map((name) => [name, own(asked.parameters, name)]))
      const items = pages.flatMap((page) => [...at(page, list)]).filter(more.only ?? (() => true))
      const found = items.flatMap((item): Target[] => {
        const members = Object.entries(give).map(([name, path]) => {
          const value = first(item, path)
          const isNumeral = more.numbers?.includes(name) === true && typeof value === 'string'
          return [name, isNumeral ? Number(value) : value] as const
        })
        if (members.some(([, value]) => value === undefined || value === null)) return []
        const region = more.region === undefined ? undefined : first(item, more.region)
        const parameters = { ...kept, ...Object.fromEntries(members) }
        return [{ parameters, ...(typeof region === 'string' && region !== '' ? { region } : {}) }]
      })
      return more.together === undefined ? found : together(found, ...more.together)
    },
  }
}

function together(targets: readonly Target[], parameter: string, size: number): Target[] {
  const batches: Target[] = []
  for (let i = 0; i < targets.length; i += size) {
    const batch = targets.slice(i, i + size)
    const members = batch.map(({ parameters }) => own(parameters, parameter) ?? null)
    batches.push({ parameters: { ...batch[0]?.parameters, [parameter]: members } })
  }
  return batches
}

/** The values that a path leads to; `[]` goes through a list, as does its end. */
export function* at(value: Json | undefined, path: string): Generator<Json> {
  if (value === undefined || value === null) return
  if (path === '') {
    if (Array.isArray(value)) yield* value as readonly Json[]
    else yield value
    return
  }
  const [step = '', ...rest] = path.split('.')
  const name = step.replace('[]', '')
  const inner = isObject(value) ? own(value, name) : undefined
  if (step.endsWith('[]') && Array.isArray(inner)) {
    for (const member of inner as readonly Json[]) yield* at(member, rest.join('.'))
  } else yield* at(inner, rest.join('.'))
}

function first(value: Json, path: string): Json | undefined {
  const [found] = at(value, path)
  return found
}
