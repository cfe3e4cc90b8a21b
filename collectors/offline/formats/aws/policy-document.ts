import { isObject, type Json, own } from '../../../../graph/index.ts'
import { isDeeper } from '../../read/scan.ts'
import { findPrototypeKey, mayHavePrototypeKey } from '../../read/own-keys.ts'
import { listOf, mapOf, type Mismatch, record, type Shape, text } from '../../record-shape.ts'

/** One value or a list of them, as IAM writes it. */
function oneOrMany(shape: Shape): Shape {
  const many = listOf(shape)
  return (value) => (Array.isArray(value) ? many(value) : shape(value))
}

/** Condition values are texts; numbers and booleans may stand without quotes. */
const conditionValue: Shape = (value) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? undefined
    : {
        pointer: '',
        wanted: 'text, a number, true or false',
        found: value === null ? 'null' : 'a list or an object',
      }

const effect: Shape = (value) =>
  value === 'Allow' || value === 'Deny'
    ? undefined
    : {
        pointer: '',
        wanted: '`Allow` or `Deny`',
        found: typeof value === 'string' ? `\`${value.slice(0, 40)}\`` : 'no text',
      }

const texts = oneOrMany(text)
const principalMap = mapOf(texts)
const principal: Shape = (value) => (isObject(value) ? principalMap(value) : text(value))

const statement = record(
  { Effect: effect },
  {
    Sid: text,
    Action: texts,
    NotAction: texts,
    Resource: texts,
    NotResource: texts,
    Principal: principal,
    NotPrincipal: principal,
    Condition: mapOf(mapOf(oneOrMany(conditionValue))),
  },
)

const statements = record({ Statement: oneOrMany(statement) }, { Version: text, Id: text })

/**
 * An IAM policy document (IAM User Guide, "Grammar of the IAM JSON policy language"): an object, its JSON text, or
 * its URL-encoded JSON text (RFC 3986), as the interfaces of IAM give it.
 */
export const policyDocument: Shape = (value) => {
  if (typeof value !== 'string') return statements(value)
  const parsed = parseEmbedded(value) ?? parseEmbedded(decoded(value))
  return parsed === undefined
    ? { pointer: '', wanted: 'a policy document', found: 'text that is not JSON' }
    : inside(parsed)
}

/** A document in a text: the pointer ends at the text, the words say where in it. */
function inside(parsed: Json): Mismatch | undefined {
  const mismatch = statements(parsed)
  if (mismatch === undefined) return undefined
  return {
    pointer: '',
    wanted: `${mismatch.wanted} at \`${mismatch.pointer}\` of the document in it`,
    found: mismatch.found,
  }
}

/** JSON that stands in a text of another document; `undefined` for broken or hostile text. */
export function parseEmbedded(source: string): Json | undefined {
  if (isDeeper(source, EMBEDDED_DEPTH)) return undefined
  try {
    const parsed = JSON.parse(source) as Json
    return mayHavePrototypeKey(source) && findPrototypeKey(parsed) !== undefined ? undefined : parsed
  } catch {
    return undefined
  }
}

const EMBEDDED_DEPTH = 200

function decoded(source: string): string {
  try {
    return decodeURIComponent(source)
  } catch {
    return source
  }
}

/** The account of an ARN (`arn:aws:iam::123456789012:user/x`), or `undefined` when it names none. */
export function accountOf(arn: Json | undefined): string | undefined {
  if (typeof arn !== 'string') return undefined
  const account = arn.split(':', 5)[4]
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined
}

/** An ARN: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`. */
export const arn: Shape = (value) =>
  typeof value === 'string' && /^arn:[\w-]+:[\w-]+:[^:]*:[^:]*:./.test(value)
    ? undefined
    : {
        pointer: '',
        wanted: 'an ARN',
        found: typeof value === 'string' ? `\`${value.slice(0, 80)}\`` : 'no text',
      }

/** Own text of a row that may be no object. */
export function textIn(row: Json | undefined, key: string): string | undefined {
  const value = isObject(row) ? own(row, key) : undefined
  return typeof value === 'string' ? value : undefined
}
