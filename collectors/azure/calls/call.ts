import { isObject, type Json, type JsonObject, own, ownList, ownString } from '../../../graph/index.ts'
import type { PageCall } from '../../transport/page-call.ts'

/** Which interface is asked: Azure Resource Manager or Microsoft Graph. */
export type Service = 'arm' | 'graph'

/** How a call is made: a path with `{parameter}` steps (`{+parameter}`: several), and a query; a body makes it a POST. */
export interface How {
  readonly service: Service
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** A query of Resource Graph: https://learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources */
  readonly resourceQuery?: string
}

export interface AzureCall extends PageCall {
  readonly how: How
  readonly lane: LaneName
}

/**
 * Requests a minute that each quota allows, and calls at once. Resource Manager: a bucket of 250 reads that fills with 25 a
 * second (https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling). Resource Graph:
 * 15 queries in 5 seconds (https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests).
 * Microsoft Graph: 3,500 resource units in 10 seconds in a small tenant, a request costs 1 to 3; with keys in the answer 150
 * requests a minute (https://learn.microsoft.com/graph/throttling-limits, https://learn.microsoft.com/graph/api/application-list).
 */
export const LANES = {
  arm: { perMinute: 1200, atOnce: 8 },
  'resource-graph': { perMinute: 150, atOnce: 2 },
  graph: { perMinute: 5000, atOnce: 12 },
  'graph-keys': { perMinute: 120, atOnce: 2 },
  pim: { perMinute: 600, atOnce: 4 },
} as const satisfies { readonly [name: string]: { readonly perMinute: number; readonly atOnce: number } }

export type LaneName = keyof typeof LANES

export function rowsOf(page: JsonObject, list = 'value'): readonly JsonObject[] {
  return ownList(page, list).filter((row) => isObject(row))
}

/** The id of each row, as one parameter. */
export function eachId(name: string): (page: JsonObject) => readonly JsonObject[] {
  return (page) =>
    rowsOf(page).flatMap((row) => {
      const id = ownString(row, 'id')
      return id === undefined ? [] : [{ [name]: id }]
    })
}

/** Keeps these members of each row and nothing else. */
export function only(...names: readonly string[]): (page: JsonObject) => JsonObject {
  return (page) => ({ value: rowsOf(page).map((row) => some(row, names)) })
}

export function some(row: JsonObject, names: readonly string[]): JsonObject {
  const kept = names.flatMap((name): [string, Json][] => {
    const value = own(row, name)
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(kept)
}

/** A rule of Privileged Identity Management about activations, whichever interface tells it. */
export function isActivationRule(rule: Json): boolean {
  return isObject(rule) && /^(?!Notification).*_EndUser_Assignment$/i.test(ownString(rule, 'id') ?? '')
}

/** A parameter, for the scope of a gap; a path without its first slash. */
export function asked(name: string): (parameters: JsonObject) => string {
  return (parameters) => ownString(parameters, name) ?? '*'
}
