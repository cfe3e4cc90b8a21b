import { GomeisaError, isObject, own, type Json } from '../../graph/index.ts'
import { Fields, readCatalogue, type Catalogue, type Entitlement, type Person } from '../../policies/index.ts'
import { demand } from '../refusal.ts'

/**
 * What the operator offers to whom: the catalogue of docs/policies.md and, beside it, `linked`: lists of ids that act for each
 * other, such as the accounts of one human, or a person and their delegates, and `killers`: groups whose people may kill anything.
 */
export class Offer {
  readonly people: readonly Person[]
  readonly #people: ReadonlyMap<string, Person>
  readonly #entitlements: ReadonlyMap<string, Entitlement>
  readonly #linked: readonly ReadonlySet<string>[]
  readonly #killers: ReadonlySet<string>

  constructor(
    catalogue: Catalogue,
    linked: readonly (readonly string[])[] = [],
    killers: readonly string[] = [],
  ) {
    this.#killers = new Set(killers)
    this.people = catalogue.people
    this.#people = new Map(catalogue.people.map((each) => [each.id, each]))
    this.#entitlements = new Map(catalogue.entitlements.map((each) => [each.id, each]))
    this.#linked = linked.map((each) => new Set(each))
  }

  person(id: string): Person {
    const found = this.#people.get(id)
    demand(found !== undefined, 'person-unknown', 'this person is not in the catalogue')
    return found
  }

  /** An entitlement is named by its id and by nothing else. */
  entitlement(id: string): Entitlement {
    const found = this.#entitlements.get(id)
    demand(found !== undefined, 'entitlement-unknown', 'the catalogue has no such entitlement')
    return found
  }

  /** Whether somebody may kill what is not theirs: by a group that the operator names in `killers`. */
  mayKill(id: string): boolean {
    return this.#people.get(id)?.groups.some((group) => this.#killers.has(group)) ?? false
  }

  /** Whether these two are one hand: the same person, or one acts for the other. */
  oneHand(a: string, b: string): boolean {
    return a === b || this.#linked.some((list) => list.has(a) && list.has(b))
  }
}

/** Reads an offer from parsed JSON. Throws as `readCatalogue` does, and `INPUT_SHAPE` for `linked` or `killers` of another form. */
export function readOffer(json: Json, file: string): Offer {
  const catalogue = readCatalogue(json, file)
  const given = isObject(json) ? (own(json, 'linked') ?? []) : []
  const lists: readonly Json[] = Array.isArray(given) ? (given as readonly Json[]) : [null]
  const known = new Set(catalogue.people.map(({ id }) => id))
  const linked = lists.map((list, i) => {
    const ids: readonly Json[] = Array.isArray(list) ? (list as readonly Json[]) : [null]
    const texts = ids.filter((each) => typeof each === 'string' && known.has(each)) as string[]
    if (texts.length === ids.length) return texts
    throw new GomeisaError('INPUT_SHAPE', `\`/linked/${i}\` should be a list of ids of people`, {
      place: { file, pointer: `/linked/${i}` },
      remedy: 'the form is in docs/requests.md',
    })
  })
  return new Offer(catalogue, linked, new Fields(json, file, '', 'docs/requests.md').strings('killers'))
}
