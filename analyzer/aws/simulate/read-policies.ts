import type { Json, JsonObject } from '../../../graph/index.ts'
import { isObject, own } from '../../../graph/index.ts'
import type { PolicyDocument } from '../policy/document.ts'
import type { KmsGrant } from '../policy/kms-grant.ts'
import { principalElement } from '../policy/principal.ts'
import type { NamedDocument } from '../policy/request.ts'
import { asList, asObject, asText, type Field, optionalText } from './line-shape.ts'

/** Compiles a document, or gives the one that it compiled of the same text before. */
export type Compile = (raw: JsonObject) => PolicyDocument

/** `identityPolicies`: each with its name. */
export function readIdentity(raw: Json, field: Field, compile: Compile): readonly NamedDocument[] {
  return asList(raw, field).map((entry, i) => {
    const object = asObject(entry, field.at(i), IDENTITY_FIELDS)
    const name = optionalText(object, 'name', field.at(i)) ?? `identityPolicies[${i}]`
    return { name, document: document(own(object, 'document'), field.at(i).at('document'), compile) }
  })
}

const IDENTITY_FIELDS = new Set(['name', 'document'])

/** A list of documents: `boundary`, `endpointPolicies`. */
export function readDocuments(raw: Json, field: Field, compile: Compile): readonly NamedDocument[] {
  const name = field.pointer.slice(1)
  return asList(raw, field).map((entry, i) => ({
    name: `${name}[${i}]`,
    document: document(entry, field.at(i), compile),
  }))
}

/** One document: `sessionPolicy`, `resourcePolicy`. */
export function readDocument(raw: Json, field: Field, compile: Compile): readonly NamedDocument[] {
  return [{ name: field.pointer.slice(1), document: document(raw, field, compile) }]
}

/** Documents of each level, from the root down: `scps`, `rcps`. */
export function readLevels(raw: Json, field: Field, compile: Compile): readonly (readonly NamedDocument[])[] {
  const name = field.pointer.slice(1)
  return asList(raw, field).map((level, i) =>
    asList(level, field.at(i)).map((entry, j) => ({
      name: `${name}[${i}][${j}]`,
      document: document(entry, field.at(i).at(j), compile),
    })),
  )
}

function document(raw: Json | undefined, field: Field, compile: Compile): PolicyDocument {
  const object = asObject(raw, field)
  const statement = own(object, 'Statement')
  if (Array.isArray(statement) || isObject(statement)) return compile(object)
  throw field
    .at('Statement')
    .wrong(
      statement === undefined ? 'is missing' : 'is neither an object nor a list',
      'give a policy document as AWS stores it',
    )
}

const GRANT_FIELDS = new Set([
  ...['GranteePrincipal', 'Operations', 'Constraints', 'RetiringPrincipal', 'Name', 'GrantId', 'KeyId'],
  ...['IssuingAccount', 'CreationDate', 'GranteeServicePrincipal', 'RetiringServicePrincipal'],
])
const CONSTRAINTS = new Set(['EncryptionContextEquals', 'EncryptionContextSubset'])

/** Grants in the form of `aws kms list-grants`. */
export function readGrants(raw: Json, list: Field): readonly KmsGrant[] {
  return asList(raw, list).map((entry, i): KmsGrant => {
    const field = list.at(i)
    const grant = asObject(entry, field, GRANT_FIELDS)
    const operations = asList(own(grant, 'Operations'), field.at('Operations'))
    const retiring = optionalText(grant, 'RetiringPrincipal', field)
    const grantee =
      optionalText(grant, 'GranteePrincipal', field) ?? optionalText(grant, 'GranteeServicePrincipal', field)
    return {
      name: optionalText(grant, 'Name', field) ?? optionalText(grant, 'GrantId', field) ?? `kmsGrants[${i}]`,
      grantee: principalOf(asText(grantee, field.at('GranteePrincipal'))),
      retiring: retiring === undefined ? undefined : principalOf(retiring),
      actions: new Set(
        operations.map((operation, j) =>
          `kms:${asText(operation, field.at('Operations').at(j))}`.toLowerCase(),
        ),
      ),
      constraint: constraintOf(own(grant, 'Constraints'), field.at('Constraints')),
    }
  })
}

function principalOf(text: string) {
  return principalElement(
    text.startsWith('arn:') || /^\d{12}$/.test(text) ? { AWS: text } : { Service: text },
  )
}

function constraintOf(raw: Json | undefined, field: Field): KmsGrant['constraint'] {
  if (raw === undefined) return { kind: 'subset', pairs: [] }
  const object = asObject(raw, field, CONSTRAINTS)
  const equals = own(object, 'EncryptionContextEquals')
  const name = equals === undefined ? 'EncryptionContextSubset' : 'EncryptionContextEquals'
  const pairs = asObject(own(object, name) ?? {}, field.at(name))
  return {
    kind: equals === undefined ? 'subset' : 'equals',
    pairs: Object.entries(pairs).map(([key, value]) => [key, asText(value, field.at(name).at(key))]),
  }
}
