import type { Json, JsonObject } from '../../../graph/index.ts'
import { GomeisaError, isObject, own, pointerStep } from '../../../graph/index.ts'

/** Field of a line, in words and as a JSON pointer, for errors. */
export class Field {
  readonly pointer: string

  constructor(pointer: string) {
    this.pointer = pointer
  }

  at(step: string | number): Field {
    return new Field(this.pointer + pointerStep(step))
  }

  /** What is wrong with the field, and what it must be. */
  wrong(says: string, remedy: string): GomeisaError {
    const where = this.pointer === '' ? 'the line' : `field \`${this.pointer.slice(1).replaceAll('/', '.')}\``
    return new GomeisaError('INPUT_SHAPE', `${where} ${says}`, {
      remedy,
      place: { file: '', pointer: this.pointer },
    })
  }
}

export const LINE = new Field('')

export function asObject(value: Json | undefined, field: Field, known?: ReadonlySet<string>): JsonObject {
  if (!isObject(value))
    throw field.wrong(value === undefined ? 'is missing' : 'is no object', 'give a JSON object')
  for (const name of known === undefined ? [] : Object.keys(value)) {
    if (known?.has(name) === true) continue
    throw field.at(name).wrong('is not known', `use ${[...(known ?? [])].join(', ')}`)
  }
  return value
}

export function asText(value: Json | undefined, field: Field): string {
  if (typeof value === 'string' && value !== '') return value
  throw field.wrong(value === undefined ? 'is missing' : 'is no text', 'give a text that is not empty')
}

export function optionalText(object: JsonObject, name: string, field: Field): string | undefined {
  const value = own(object, name)
  return value === undefined ? undefined : asText(value, field.at(name))
}

export function optionalFlag(object: JsonObject, name: string, field: Field): boolean | undefined {
  const value = own(object, name)
  if (value === undefined || typeof value === 'boolean') return value
  throw field.at(name).wrong('is neither true nor false', 'give true or false')
}

export function optionalAccount(object: JsonObject, field: Field): string | undefined {
  const value = optionalText(object, 'account', field)
  if (value === undefined || /^\d{12}$/.test(value)) return value
  throw field.at('account').wrong('is no account id', 'give the twelve digits of the account as a text')
}

export function asList(value: Json | undefined, field: Field): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[]
  throw field.wrong('is no list', 'give a JSON list')
}

/** Texts by key, the keys folded to lower case. */
export function textsByKey(value: Json | undefined, field: Field): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  if (value === undefined) return found
  for (const [key, text] of Object.entries(asObject(value, field))) {
    if (typeof text !== 'string') throw field.at(key).wrong('is no text', 'give a text')
    const folded = key.toLowerCase()
    if (found.has(folded))
      throw field.at(key).wrong('stands there twice, in another case', 'keep one of them')
    found.set(folded, text)
  }
  return found
}
