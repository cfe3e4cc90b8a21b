import type {
  ApiCan,
  ApiCloud,
  ApiFindings,
  ApiIdentity,
  ApiNodeRef,
  ApiOverview,
  ApiPaths,
  ApiSearch,
  ApiSeverity,
} from './api.ts'
import { GomeisaError } from '../../graph/index.ts'

export interface SearchQuery {
  /** Non-empty; may start with a kind or type: `role:deploy`. */
  readonly q: string
  /** 1–50. */
  readonly limit: number
}

export interface FindingsQuery {
  /** Empty for all. */
  readonly severity: readonly ApiSeverity[]
  readonly rule: string | undefined
  readonly cloud: ApiCloud | undefined
  /** Id of a container. */
  readonly scope: string | undefined
  /** Part of a title, a sentence or a subject's name. */
  readonly q: string | undefined
  readonly offset: number
  /** 1–200. */
  readonly limit: number
}

export interface PathsQuery {
  /** Id or unambiguous name; absent: everybody who reaches `to`. */
  readonly from: string | undefined
  /** Id or unambiguous name; absent: the crown jewels. */
  readonly to: string | undefined
  /** 1–25. */
  readonly limit: number
}

export interface CanQuery {
  readonly principal: string
  readonly action: string
  readonly resource: string
}

type Answer<T> = T | Promise<T>

/**
 * What the HTTP shell needs from the analysed estate: one method per endpoint of `api.ts`. The queries are validated.
 * A method says that something does not exist by throwing GomeisaError `NOT_FOUND`, that a name fits several nodes by
 * throwing AmbiguousNodeError, that there is nothing analysed yet by `NO_ESTATE`; the shell makes the HTTP answer of it.
 */
export interface ApiHandlers {
  overview(): Answer<ApiOverview>
  search(query: SearchQuery): Answer<ApiSearch>
  identity(query: { readonly id: string }): Answer<ApiIdentity>
  findings(query: FindingsQuery): Answer<ApiFindings>
  paths(query: PathsQuery): Answer<ApiPaths>
  can(query: CanQuery): Answer<ApiCan>
}

/** A name that fits several nodes, with the nodes themselves, so that the browser can offer them. */
export class AmbiguousNodeError extends GomeisaError {
  readonly nodes: readonly ApiNodeRef[]

  constructor(message: string, nodes: readonly ApiNodeRef[]) {
    super('AMBIGUOUS', message, { candidates: nodes.map((node) => node.id) })
    this.nodes = nodes
  }
}
