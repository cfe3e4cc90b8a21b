import { isObject, type Json, type JsonObject, ownString } from '../../../../graph/index.ts'
import { answersIn } from '../../answers.ts'
import type { Format } from '../../format.ts'
import { listing } from '../../listing.ts'
import { record, text, type Shape } from '../../record-shape.ts'
import { parseEmbedded } from './policy-document.ts'

const row = record({ resourceType: text }, { arn: text, resourceId: text, accountId: text, awsRegion: text })
const embeddedRow: Shape = (value) => {
  if (typeof value !== 'string') return row(value)
  const parsed = parseEmbedded(value)
  return parsed === undefined
    ? { pointer: '', wanted: 'a resource as JSON', found: 'text that is not JSON' }
    : row(parsed)
}

const listed = listing({
  kind: 'aws.config-resources',
  cloud: 'aws',
  noun: ['resource', 'resources'],
  what: 'resource-policies',
  lists: ['Results'],
  calls: [
    'SelectAggregateResourceConfig',
    'SelectResourceConfig',
    'select-aggregate-resource-config',
    'select-resource-config',
  ],
  looksLike: (found) => /^AWS::/.test(ownString(found, 'resourceType') ?? ''),
  row: embeddedRow,
})

/**
 * `aws configservice select-aggregate-resource-config` (AWS Config API Reference): `Results` are texts, each a resource
 * as JSON. The resources themselves, as a list or as JSON Lines, are the same. A resource that is recorded in several
 * regions comes several times: its records have no id.
 */
export const configResources: Format = {
  kind: 'aws.config-resources',
  recognises(document) {
    if (listed.recognises(document)) return true
    for (const { rows } of answersIn(document, ['Results']))
      return objectOf(rows[0]) !== undefined && isConfig(rows[0])
    return false
  },
  take(document, place) {
    const taken = listed.take(document, place)
    if ('says' in taken) return taken
    const accounts = new Set<string>()
    for (const { rows } of answersIn(document, ['Results'])) {
      for (const found of rows) accounts.add(accountOf(found) ?? '')
    }
    accounts.delete('')
    return { ...taken, mentions: [...accounts].map((account) => `account:${account}`) }
  },
}

function isConfig(found: Json | undefined): boolean {
  const resource = objectOf(found)
  return resource !== undefined && /^AWS::/.test(ownString(resource, 'resourceType') ?? '')
}

function accountOf(found: Json): string | undefined {
  const resource = objectOf(found)
  return resource === undefined ? undefined : ownString(resource, 'accountId')
}

function objectOf(found: Json | undefined): JsonObject | undefined {
  const value = typeof found === 'string' && found.startsWith('{') ? parseEmbedded(found) : found
  return isObject(value) ? value : undefined
}
