import { isObject, type Json, type JsonObject, own, ownObject } from '../../../../graph/index.ts'
import type { Format, Problem } from '../../format.ts'
import { counted } from '../../listing.ts'
import { filledText, listOf, mapOf, type Mismatch, record, type Shape, text } from '../../record-shape.ts'
import { policyDocument, textIn } from './policy-document.ts'

const policies = mapOf(record({ doc: policyDocument }, { name: text }))
const orNull =
  (shape: Shape): Shape =>
  (value) =>
    value === null ? undefined : shape(value)
const tree = record(
  {
    Id: filledText,
    MasterAccountId: filledText,
    RootId: filledText,
    Ous: mapOf(record({ parent: orNull(text), scps: listOf(text) }, { rcps: listOf(text), name: text })),
    Accounts: mapOf(record({ ou: text, scps: listOf(text) }, { rcps: listOf(text), name: text })),
    Scps: policies,
  },
  { Rcps: policies, Arn: text },
)

/**
 * A whole organization in one file, for those who keep theirs as code: units with parents, accounts with units, control
 * policies with documents, and which are attached where. Its layout is in docs/import.md.
 */
export const organizationTree: Format = {
  kind: 'aws.organization-tree',
  recognises(document) {
    if (document.format !== 'json' || !isObject(document.root)) return false
    return ['Ous', 'Accounts', 'Scps'].every((key) => Object.hasOwn(document.root as JsonObject, key))
  },
  take(document) {
    const root = document.format === 'json' ? document.root : null
    const mismatch = tree(root) ?? dangling(root)
    if (mismatch !== undefined) return problem(mismatch)
    const accounts = Object.keys(members(root, 'Accounts'))
    const count = Object.keys(members(root, 'Scps')).length + Object.keys(members(root, 'Rcps')).length
    const id = textIn(root, 'Id') ?? ''
    return {
      kind: 'aws.organization-tree',
      rowsAt: '',
      rows: 1,
      scope: id,
      holds: [
        counted(accounts.length, ['account', 'accounts']),
        counted(Object.keys(members(root, 'Ous')).length, ['unit', 'units']),
        counted(count, ['control policy', 'control policies']),
      ].join(', '),
      ids: [{ id: `organization ${id}`, pointer: '' }],
      gaps: [],
      mentions: accounts.map((account) => `account:${account}`),
    }
  },
}

/** A unit or policy that is named and not there. */
function dangling(root: Json): Mismatch | undefined {
  const units = members(root, 'Ous')
  for (const list of ['Ous', 'Accounts'] as const) {
    for (const [name, place] of Object.entries(members(root, list))) {
      if (!isObject(place)) continue
      const parent = own(place, list === 'Ous' ? 'parent' : 'ou')
      if (typeof parent === 'string' && !Object.hasOwn(units, parent))
        return missing(`/${list}/${name}`, 'unit', parent)
      for (const [key, kept] of [
        ['scps', 'Scps'],
        ['rcps', 'Rcps'],
      ] as const) {
        const attached = own(place, key)
        const lost = (Array.isArray(attached) ? (attached as readonly Json[]) : []).find(
          (id): id is string => typeof id === 'string' && !Object.hasOwn(members(root, kept), id),
        )
        if (lost !== undefined) return missing(`/${list}/${name}/${key}`, 'control policy', lost)
      }
    }
  }
  return undefined
}

function missing(pointer: string, kind: string, name: string): Mismatch {
  return { pointer, wanted: `a ${kind} of this file`, found: `\`${name}\`, which is not in it` }
}

function problem({ pointer, wanted, found }: Mismatch): Problem {
  const says = `\`${pointer}\` is ${found}: ${wanted} was expected`
  return { pointer, says, remedy: 'correct it; docs/import.md describes the layout' }
}

function members(root: Json, key: string): JsonObject {
  return (isObject(root) ? ownObject(root, key) : undefined) ?? {}
}
