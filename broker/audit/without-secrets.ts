import type { Json } from '../../graph/index.ts'

const LEFT_OUT = '[left out]'
/** Names of fields that hold secrets, whatever is in them. */
const SECRET_NAME =
  /(?:secret|password|passwd|credential|privatekey|sessiontoken|accesstoken|refreshtoken|idtoken|authorization|cookie)/i
/** Texts that are secrets by their form: JSON web tokens, private keys, keys of clouds and forges, bearer headers. */
const SECRET_TEXT =
  /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bya29\.[\w.-]{10,}|\bgh[pousr]_\w{20,}|\b(?:Bearer|Basic)\s+[\w.~+/=-]{16,}|\b(?:IQoJ|FwoG)[\w+/=]{40,}/g

/**
 * The value as it may stand in the log for ever: well-formed Unicode, without fields whose name says that they are secret and
 * texts that have a secret's form. A last guard: nobody is to give the log a secret in the first place.
 */
export function withoutSecrets(value: Json): Json {
  if (typeof value === 'string') return value.toWellFormed().replace(SECRET_TEXT, LEFT_OUT)
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).flatMap(([key, member]) => {
    if (member === undefined) return []
    const hidden = SECRET_NAME.test(key.replaceAll(/[-_ ]/g, ''))
    return [[key.toWellFormed(), hidden ? LEFT_OUT : withoutSecrets(member)] as const]
  })
  return Object.fromEntries(members)
}
