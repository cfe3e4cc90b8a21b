import {
  CLOUDS,
  GomeisaError,
  isObject,
  own,
  pointerStep,
  type Json,
  type JsonObject,
} from '../../graph/index.ts'
import { ENVIRONMENTS, FACTS, type Entitlement, type Person } from './entitlement.ts'

/** The people and the entitlements there are. */
export interface Catalogue {
  readonly people: readonly Person[]
  readonly entitlements: readonly Entitlement[]
}

/**
 * Reads a catalogue from parsed JSON: `{people: [...], entitlements: [...]}` (docs/policies.md). Throws `INPUT_SHAPE` with
 * the pointer of what is wrong, `INPUT_DUPLICATE` for an id that stands twice. `file` is for messages only.
 */
export function readCatalogue(json: Json, file: string): Catalogue {
  const from = new Fields(json, file, '')
  const people = from.list('people').map(readPerson)
  const entitlements = from.list('entitlements').map(readEntitlement)
  for (const ids of [people, entitlements]) {
    const seen = new Set<string>()
    for (const { id } of ids) {
      if (seen.has(id))
        throw new GomeisaError('INPUT_DUPLICATE', `\`${id}\` stands twice`, { place: { file } })
      seen.add(id)
    }
  }
  return { people, entitlements }
}

function readPerson(from: Fields): Person {
  from.only(['id', 'groups', 'onCall'])
  return { id: from.string('id'), groups: from.strings('groups'), onCall: from.boolean('onCall', false) }
}

/** What is not said of an entitlement is unknown. */
function readEntitlement(from: Fields): Entitlement {
  from.only([
    ...['id', 'cloud', 'role', 'scope', 'groups', 'eligible', 'owners'],
    ...['environment', 'reachesAdministrator', 'opensCrownJewelPath'],
  ])
  return {
    id: from.string('id'),
    cloud: from.word('cloud', CLOUDS),
    role: from.string('role'),
    scope: from.string('scope'),
    groups: from.strings('groups'),
    eligible: from.strings('eligible'),
    owners: from.strings('owners'),
    environment: from.word('environment', ENVIRONMENTS, 'unknown'),
    reachesAdministrator: from.word('reachesAdministrator', FACTS, 'unknown'),
    opensCrownJewelPath: from.word('opensCrownJewelPath', FACTS, 'unknown'),
  }
}

/** The fields of a JSON object from outside; each reader throws `INPUT_SHAPE` with the place. */
export class Fields {
  readonly #object: JsonObject
  readonly #file: string
  readonly #pointer: string
  readonly #form: string

  /** `form`: the page that tells the form, for the remedy. */
  constructor(value: Json | undefined, file: string, pointer: string, form = 'docs/policies.md') {
    this.#file = file
    this.#pointer = pointer
    this.#form = form
    if (!isObject(value)) this.#wrong('', 'an object')
    this.#object = value
  }

  /** Refuses fields that nothing reads: a misspelt one would be left out in silence. */
  only(names: readonly string[]): void {
    const strange = Object.keys(this.#object).find((name) => !names.includes(name))
    if (strange !== undefined) this.#wrong(strange, `left out; there are ${names.join(', ')}`)
  }

  has(name: string): boolean {
    return own(this.#object, name) !== undefined
  }

  string(name: string): string {
    const value = own(this.#object, name)
    return typeof value === 'string' && value !== '' ? value : this.#wrong(name, 'a text')
  }

  boolean(name: string, otherwise: boolean): boolean {
    const value = own(this.#object, name) ?? otherwise
    return typeof value === 'boolean' ? value : this.#wrong(name, 'true or false')
  }

  /** A whole number from 0 to `most`. */
  number(name: string, most: number, otherwise: number): number {
    const value = own(this.#object, name) ?? otherwise
    const fits = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most
    return fits ? value : this.#wrong(name, `a whole number from 0 to ${most}`)
  }

  word<Word extends string>(name: string, words: readonly Word[], otherwise?: Word): Word {
    const value = own(this.#object, name) ?? otherwise
    return words.find((word) => word === value) ?? this.#wrong(name, `one of ${words.join(', ')}`)
  }

  strings(name: string): readonly string[] {
    const value = own(this.#object, name) ?? []
    const texts = Array.isArray(value)
      ? (value as readonly Json[]).filter((each) => typeof each === 'string')
      : []
    return Array.isArray(value) && texts.length === value.length
      ? texts
      : this.#wrong(name, 'a list of texts')
  }

  stringLists(name: string): readonly (readonly string[])[] {
    const value = own(this.#object, name) ?? []
    if (!Array.isArray(value)) return this.#wrong(name, 'a list of lists')
    const inner = new Fields(
      Object.fromEntries(value.entries()),
      this.#file,
      `${this.#pointer}${pointerStep(name)}`,
      this.#form,
    )
    return (value as readonly Json[]).map((_, i) => inner.strings(String(i)))
  }

  list(name: string): readonly Fields[] {
    const value = own(this.#object, name) ?? []
    if (!Array.isArray(value)) return this.#wrong(name, 'a list')
    const place = `${this.#pointer}${pointerStep(name)}`
    return (value as readonly Json[]).map(
      (each, i) => new Fields(each, this.#file, `${place}${pointerStep(i)}`, this.#form),
    )
  }

  object(name: string): Fields {
    return new Fields(own(this.#object, name), this.#file, `${this.#pointer}${pointerStep(name)}`, this.#form)
  }

  /** Objects that are passed on as they are. */
  objects(name: string): readonly JsonObject[] {
    const value = own(this.#object, name) ?? []
    const objects = Array.isArray(value) ? (value as readonly Json[]).filter((each) => isObject(each)) : []
    return Array.isArray(value) && objects.length === value.length
      ? objects
      : this.#wrong(name, 'a list of objects')
  }

  /** Texts by names from outside. */
  texts(name: string): ReadonlyMap<string, string> {
    const value = own(this.#object, name)
    if (!isObject(value)) return this.#wrong(name, 'an object of texts')
    const inner = this.object(name)
    return new Map(Object.keys(value).map((key) => [key, inner.string(key)]))
  }

  /** Throws `INPUT_SHAPE` at a field, for rules of the caller's own. */
  wrong(name: string, wanted: string): never {
    return this.#wrong(name, wanted)
  }

  #wrong(name: string, wanted: string): never {
    const pointer = name === '' ? this.#pointer : `${this.#pointer}${pointerStep(name)}`
    throw new GomeisaError(
      'INPUT_SHAPE',
      `${pointer === '' ? 'the document' : `\`${pointer}\``} should be ${wanted}`,
      {
        place: { file: this.#file, pointer },
        remedy: `the form is in ${this.#form}`,
      },
    )
  }
}
