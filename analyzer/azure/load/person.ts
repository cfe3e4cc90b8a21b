import type { PersonIdentifier } from '../../../graph/index.ts'
import { subjectOf, unverifiedEmail, verifiedEmail } from '../../../graph/index.ts'
import type { CollectedPrincipal } from './collected.ts'

/**
 * The addresses of an Entra user. The domain of a member's user principal name is one that the tenant has proved to own and
 * the name is unique in it; `mail` can be anything, and a guest's says what was typed in the invitation.
 * https://learn.microsoft.com/entra/identity-platform/migrate-off-email-claim-authorization
 */
export function addressesOf(
  mail: string | undefined,
  upn: string | undefined,
  guest: boolean,
): readonly PersonIdentifier[] {
  const member = !guest && upn?.includes('@') === true && !upn.includes('#') ? upn.toLowerCase() : undefined
  const identifiers = member === undefined ? [] : [verifiedEmail(member, MEMBER)]
  if (mail?.includes('@') === true && mail.toLowerCase() !== member) {
    identifiers.push(unverifiedEmail(mail, guest ? GUEST_MAIL : MEMBER_MAIL))
  }
  return identifiers
}

/** The same with what tokens call the user: the object id, by the issuers of both token versions. */
export function identifiersOf(
  tenant: string | null,
  id: string,
  found: CollectedPrincipal | undefined,
): readonly PersonIdentifier[] {
  const issuers =
    tenant === null ? [] : [`sts.windows.net/${tenant}`, `login.microsoftonline.com/${tenant}/v2.0`]
  return [
    ...(found?.fields.identifiers ?? []),
    ...issuers.map((issuer): PersonIdentifier => {
      return { type: 'subject', value: subjectOf(issuer, id), verified: true, says: OWN }
    }),
    { type: 'object', value: id, verified: true, says: OWN },
  ]
}

const MEMBER = 'the user principal name of a member of the tenant'
const GUEST_MAIL = 'the mail of the guest account, which is not verified, is the address of who uses it'
const MEMBER_MAIL = 'the mail of the Entra user, which is not verified, is the address of who uses it'
const OWN = 'the object id in the tenant'
