import type { JsonObject, PersonIdentifier } from '../../../graph/index.ts'
import { isObject, ownList, ownString, subjectOf, unverifiedEmail } from '../../../graph/index.ts'

/**
 * What identifies a person of Identity Center. Its API does not tell whether an address was verified. The external ids are
 * what an identity provider calls the person; the issuer is free text.
 * https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_ExternalId.html
 */
export function identifiersOf(
  user: JsonObject,
  email: string | undefined,
): { readonly identifiers?: readonly PersonIdentifier[] } {
  const identifiers: PersonIdentifier[] = email === undefined ? [] : [unverifiedEmail(email, CLAIM)]
  for (const external of ownList(user, 'ExternalIds').filter(isObject)) {
    const issuer = ownString(external, 'Issuer')
    const id = ownString(external, 'Id')
    if (issuer === undefined || id === undefined) continue
    const isGuid = GUID.test(id)
    const value = subjectOf(issuer, isGuid ? id.toLowerCase() : id)
    identifiers.push({
      type: 'subject',
      value,
      verified: true,
      says: 'Identity Center has it from that issuer',
    })
    if (!isGuid) continue
    const says = `the external id of ${issuer} in Identity Center is one of that directory`
    identifiers.push({ type: 'object', value: id.toLowerCase(), verified: false, says })
  }
  return identifiers.length === 0 ? {} : { identifiers }
}

const CLAIM = 'the e-mail address in Identity Center, whose export does not tell of verification, is right'
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
