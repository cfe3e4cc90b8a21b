import { isObjectId, lastStep, objectId } from '../../scope.ts'
import type { Literal } from './syntax.ts'

/** What an operator compares. */
export type Domain = 'text' | 'integer' | 'instant' | 'boolean' | 'guid'

/** A value of a domain. Instants are ticks of 100 ns since 1970 (the documented precision is seven digits). */
export type Value = string | bigint | boolean

/** A literal as a value of a domain; `undefined` when it is none. */
export function valueOf(domain: Domain, literal: Literal): Value | undefined {
  const { text } = literal
  switch (domain) {
    case 'text':
      return literal.type === 'text' ? text : undefined
    case 'integer':
      return /^[+-]?\d{1,40}$/.test(text) ? BigInt(text.replace('+', '')) : undefined
    case 'boolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined
    case 'guid':
      return guid(text)
    case 'instant':
      return ticks(text)
  }
}

/** A GUID with or without dashes, or an ARM id that ends with one. */
function guid(text: string): string | undefined {
  const last = lastStep(text.trim().replace(/^\{(.*)\}$/, '$1'))
  return isObjectId(last) ? objectId(last) : undefined
}

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?(?:Z|([+-])(\d\d):(\d\d))$/i

function ticks(text: string): bigint | undefined {
  const match = INSTANT.exec(text.trim())
  if (match === null) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as Six
  const at = Date.UTC(year, month - 1, day, hour, minute, second)
  const back = new Date(at)
  if (
    back.getUTCMonth() !== month - 1 ||
    back.getUTCDate() !== day ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  )
    return undefined
  const offset = match[8] === undefined ? 0 : (Number(match[9]) * 60 + Number(match[10])) * 60_000
  const utc = match[8] === '-' ? at + offset : at - offset
  return BigInt(utc) * 10_000n + BigInt((match[7] ?? '').padEnd(7, '0'))
}

type Six = [number, number, number, number, number, number]
