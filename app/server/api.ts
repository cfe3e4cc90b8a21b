/**
 * The HTTP API between server and browser, types only: the one file of ours that `ui/` may import (types).
 * All answers are JSON under `/api/v1/`; errors are `ApiProblem` (RFC 9457) with the status code. Every list that can be
 * long is paged by `offset` and `limit` and carries `total`. Ids are node ids (`aws:arn:…`).
 */

export type ApiCloud = 'aws' | 'gcp' | 'azure'
export type ApiSeverity = 'critical' | 'high' | 'medium' | 'low' | 'info'
export type ApiDecision = 'allowed' | 'allowed-if' | 'denied' | 'unknown'
export type ApiCertainty = 'certain' | 'conditional' | 'unknown'

export interface ApiProblem {
  readonly type: 'about:blank'
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly candidates?: readonly ApiNodeRef[]
}

/** A node as it stands in lists, chips and search results. */
export interface ApiNodeRef {
  readonly id: string
  readonly cloud: ApiCloud
  readonly kind: 'principal' | 'resource' | 'container'
  /** `user`, `role`, `s3:bucket`, `account` … */
  readonly type: string
  readonly name: string
  /** Name of the container it lives in; empty for none. */
  readonly scope: string
  readonly scopeId: string | null
  /** A natural person. */
  readonly human: boolean | null
  readonly crownJewel: boolean
}

/** Where a fact stands: file (or call), line, pointer, and the lines themselves with the deciding one marked. */
export interface ApiEvidence {
  readonly says: string
  readonly rule: string | null
  readonly origin: string | null
  readonly command: string | null
  readonly line: number | null
  readonly pointer: string | null
  /** The record as indented JSON, at most 60 lines; null when the fact is derived. */
  readonly excerpt: string | null
  /** First and last line of `excerpt` (1-based) that decide; absent when the whole record does. */
  readonly marked?: { readonly from: number; readonly to: number }
  readonly from: readonly ApiEvidence[]
}

/** GET /api/v1/overview */
export interface ApiOverview {
  readonly snapshot: ApiSnapshot
  /** The one before, when there is one. */
  readonly previous: ApiSnapshot | null
  /** Sentences worth forwarding, best first: text with the path or finding that proves it. */
  readonly headlines: readonly ApiHeadline[]
  readonly counts: {
    readonly principals: number
    readonly people: number
    readonly resources: number
    readonly containers: number
    readonly findings: Readonly<Record<ApiSeverity, number>>
    readonly gaps: number
    readonly notEvaluated: number
  }
  /** Rows: containers (worst first, at most 40). Columns: finding rules that occur. */
  readonly heatmap: {
    readonly columns: readonly { readonly rule: string; readonly title: string }[]
    readonly rows: readonly {
      readonly scope: ApiNodeRef
      /** By column; 0 for none. `worst` is the worst severity in the cell, null for none. */
      readonly cells: readonly { readonly count: number; readonly worst: ApiSeverity | null }[]
    }[]
  }
  /** Identities by risk, worst first, at most 50. */
  readonly riskiest: readonly ApiRankedIdentity[]
  readonly gaps: readonly {
    readonly cloud: ApiCloud
    readonly scope: string
    readonly what: string
    readonly kind: string
    readonly consequence: string
    readonly remedy: string
  }[]
  readonly notEvaluated: readonly {
    readonly cloud: ApiCloud
    readonly title: string
    readonly count: number
  }[]
}

export interface ApiSnapshot {
  readonly id: string
  readonly takenAt: string
}

export interface ApiHeadline {
  readonly text: string
  readonly severity: ApiSeverity
  /** In-app link: `/paths?from=…&to=…`, `/findings?rule=…`, `/identities/…`. */
  readonly link: string
}

export interface ApiRankedIdentity {
  readonly identity: ApiNodeRef
  /** 0–100. */
  readonly score: number
  /** What makes it so, best first, few words each: `administers 12 accounts`, `no MFA`. */
  readonly because: readonly string[]
  readonly findings: Readonly<Record<ApiSeverity, number>>
  /** New since the previous snapshot. */
  readonly isNew: boolean
}

/** GET /api/v1/search?q=&limit= ; `q` may start with a kind or type: `role:deploy`, `user:ana`. */
export interface ApiSearch {
  readonly query: string
  readonly total: number
  readonly results: readonly ApiNodeRef[]
}

/** GET /api/v1/identities/:id (URI-encoded) */
export interface ApiIdentity {
  readonly node: ApiNodeRef
  readonly facts: readonly {
    readonly label: string
    readonly value: string
    readonly tone: 'plain' | 'good' | 'bad' | 'unknown'
  }[]
  readonly score: number
  readonly because: readonly string[]
  readonly findings: readonly ApiFinding[]
  /** The person whose account it is; null for one with no other account. */
  readonly person: ApiPerson | null
  readonly memberOf: readonly ApiLink[]
  readonly members: readonly ApiLink[]
  /** Principals whose power it can take on, nearest first, at most 50. */
  readonly canBecome: readonly ApiLink[]
  /** Principals that can take on its power, at most 50. */
  readonly becomable: readonly ApiLink[]
  readonly jewels: readonly {
    readonly jewel: ApiNodeRef
    readonly hops: number
    readonly certainty: ApiCertainty
  }[]
  readonly privileges: readonly ApiPrivilege[]
  readonly privilegesTotal: number
}

/** The accounts of one person, this one first, and why they are theirs. */
export interface ApiPerson {
  readonly accounts: readonly {
    readonly node: ApiNodeRef
    /** What must hold for it to be the same person's; empty: it certainly is. */
    readonly conditions: readonly string[]
  }[]
  readonly links: readonly {
    readonly rule: string
    readonly certainty: ApiCertainty
    readonly evidence: ApiEvidence
  }[]
}

export interface ApiLink {
  readonly node: ApiNodeRef
  readonly label: string
  readonly certainty: ApiCertainty
}

export interface ApiPrivilege {
  readonly resources: readonly string[]
  readonly resourcesTotal: number
  readonly actionCount: number
  /** Compressed to wildcards where whole services or prefixes are held; at most 40. */
  readonly actions: readonly string[]
  readonly decision: Exclude<ApiDecision, 'denied'>
  readonly conditions: readonly string[]
  readonly because: readonly ApiEvidence[]
}

/** GET /api/v1/findings?severity=&rule=&cloud=&scope=&q=&offset=&limit= */
export interface ApiFindings {
  readonly total: number
  readonly offset: number
  readonly findings: readonly ApiFinding[]
  readonly rules: readonly {
    readonly rule: string
    readonly title: string
    readonly count: number
    readonly worst: ApiSeverity
  }[]
}

export interface ApiFinding {
  readonly id: string
  readonly rule: string
  readonly title: string
  readonly severity: ApiSeverity
  readonly subject: ApiNodeRef
  readonly scope: ApiNodeRef | null
  readonly says: string
  readonly confidence: 'certain' | 'assumed'
  readonly assumes: readonly string[]
  readonly evidence: readonly ApiEvidence[]
  readonly remedy: { readonly says: string; readonly format: 'diff' | 'command'; readonly text: string }
  readonly isNew: boolean
}

/** GET /api/v1/paths?from=&to=&limit= ; `from` may be absent (everybody who reaches `to`), `to` may be absent (crown jewels). */
export interface ApiPaths {
  readonly from: ApiNodeRef | null
  readonly to: ApiNodeRef | null
  /** How many people and workloads reach `to` at all, when `from` is absent. */
  readonly reach: { readonly people: number; readonly workloads: number } | null
  readonly total: number
  /** Shortest first, at most `limit` (default 10). */
  readonly paths: readonly ApiPath[]
}

export interface ApiPath {
  readonly certainty: ApiCertainty
  readonly isNew: boolean
  readonly nodes: readonly ApiNodeRef[]
  /** `steps[i]` leads from `nodes[i]` to `nodes[i + 1]`. */
  readonly steps: readonly ApiStep[]
}

export interface ApiStep {
  readonly rule: string
  readonly label: string
  /** What an attacker does, one or two sentences. */
  readonly meaning: string
  readonly certainty: ApiCertainty
  readonly conditions: readonly string[]
  readonly evidence: ApiEvidence
}

/** GET /api/v1/can?principal=&action=&resource= */
export interface ApiCan {
  readonly principal: ApiNodeRef
  /** Whom a person was asked as, when it is not the principal itself: a role they sign in to. */
  readonly as?: ApiNodeRef
  readonly action: string
  readonly resource: string
  readonly decision: ApiDecision
  /** Of `unknown`: what the imported facts alone give. */
  readonly otherwise?: Exclude<ApiDecision, 'unknown'>
  readonly conditions: readonly string[]
  readonly missing: readonly string[]
  readonly because: readonly (ApiEvidence & {
    readonly layer: string
    readonly effect: 'allow' | 'deny' | 'none'
  })[]
}
