import type { ApiCertainty, ApiCloud, ApiDecision, ApiNodeRef, ApiSeverity } from '../../app/server/api.ts'

/** How the values of the API are written for people. */

export const SEVERITIES: readonly ApiSeverity[] = ['critical', 'high', 'medium', 'low', 'info']

export const SEVERITY_NAME: Readonly<Record<ApiSeverity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
}

export const CLOUDS: readonly ApiCloud[] = ['aws', 'gcp', 'azure']
export const CLOUD_NAME: Readonly<Record<ApiCloud, string>> = { aws: 'AWS', gcp: 'GCP', azure: 'Azure' }

export const DECISION_NAME: Readonly<Record<ApiDecision, string>> = {
  allowed: 'Allowed',
  'allowed-if': 'Allowed if',
  denied: 'Denied',
  unknown: 'Unknown',
}

export const CERTAINTY_NAME: Readonly<Record<ApiCertainty, string>> = {
  certain: 'Certain',
  conditional: 'Conditional',
  unknown: 'Unknown',
}

const NUMBER = new Intl.NumberFormat('en')
export const number = (value: number): string => NUMBER.format(value)

/** `1 finding`, `1,204 findings`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`
}

const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })
/** An ISO instant in the reader's time zone; the text itself when it is none. */
export function moment(instant: string): string {
  const time = new Date(instant)
  return Number.isNaN(time.getTime()) ? instant : DAY.format(time)
}

/** `role in payments-prod`. */
export function whereIs(node: ApiNodeRef): string {
  return node.scope === '' ? node.type : `${node.type} in ${node.scope}`
}

/** The cloud's own id of a node: what its console and its command line take. */
export const nativeId = (node: ApiNodeRef): string => node.id.slice(node.id.indexOf(':') + 1)

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
