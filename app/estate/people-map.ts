import { readFileSync } from 'node:fs'
import type { Json, MappedPerson } from '../../graph/index.ts'
import { GomeisaError, isObject, locate, own } from '../../graph/index.ts'

const FORM = 'the form is {"people": [{"name": "Ana", "identities": ["ID", "ID"]}]}, see docs/identities.md'

/**
 * The operator's map of people: `{"people": [{"name", "identities": [id, …]}]}`. Throws `INPUT_UNREADABLE`,
 * `INPUT_ENCODING`, `INPUT_SYNTAX`, `INPUT_SHAPE`, and `INPUT_DUPLICATE` for an account of two people.
 */
export function readPeopleMap(file: string): readonly MappedPerson[] {
  const bytes = bytesOf(file)
  const value = parsed(file, bytes)
  const bad = (pointer: string, message: string, code: 'INPUT_SHAPE' | 'INPUT_DUPLICATE' = 'INPUT_SHAPE') => {
    const line = locate(bytes, 'json', pointer)?.line
    const place = { file, pointer, ...(line === undefined ? {} : { line }) }
    return new GomeisaError(code, message, { place, remedy: FORM })
  }
  const people = isObject(value) ? own(value, 'people') : undefined
  if (!isObject(value) || !Array.isArray(people)) throw bad('', 'the map of people has no list `people`')
  const strange = Object.keys(value).find((key) => key !== 'people')
  if (strange !== undefined) throw bad('', `the map of people has no field \`${strange}\``)
  const taken = new Map<string, string>()
  return (people as readonly Json[]).map((person, i) => {
    const at = `/people/${i}`
    const name = isObject(person) ? own(person, 'name') : undefined
    const identities = isObject(person) ? own(person, 'identities') : undefined
    if (!isObject(person) || typeof name !== 'string' || name === '') throw bad(at, 'a person has no `name`')
    if (!Array.isArray(identities) || identities.length < 2) {
      throw bad(at, `\`${name}\` has no list \`identities\` of two accounts or more`)
    }
    const extra = Object.keys(person).find((key) => key !== 'name' && key !== 'identities')
    if (extra !== undefined) throw bad(at, `a person has no field \`${extra}\``)
    const ids = (identities as readonly Json[]).map((id, j) => {
      const place = `${at}/identities/${j}`
      if (typeof id !== 'string' || id === '') throw bad(place, `an account of \`${name}\` is not a text`)
      const other = taken.get(id)
      if (other !== undefined) {
        throw bad(place, `\`${id}\` is given to \`${other}\` and \`${name}\``, 'INPUT_DUPLICATE')
      }
      taken.set(id, name)
      return id
    })
    return { name, identities: ids, place: `${file} ${at}` }
  })
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new GomeisaError('INPUT_UNREADABLE', `\`${file}\` cannot be read`, {
      place: { file },
      remedy: 'check the path and the permissions',
      cause,
    })
  }
}

function parsed(file: string, bytes: Uint8Array): Json {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    const remedy = 'save it as UTF-8 again'
    throw new GomeisaError('INPUT_ENCODING', `\`${file}\` is not UTF-8`, { place: { file }, remedy, cause })
  }
  try {
    return JSON.parse(text) as Json
  } catch (cause) {
    throw new GomeisaError('INPUT_SYNTAX', `\`${file}\` is no JSON`, { place: { file }, remedy: FORM, cause })
  }
}
