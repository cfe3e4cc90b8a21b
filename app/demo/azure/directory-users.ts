import { daysAgo } from '../clock.ts'
import { COMPANY } from '../company/company.ts'
import { PEOPLE, storyPerson } from '../company/people.ts'
import { json } from '../demo-file.ts'
import type { DemoFile, Week } from '../demo-file.ts'
import { uuid } from '../identifiers.ts'
import { drawsOf } from '../random.ts'
import { CONTRACTOR } from '../stories/dataset-path.ts'
import { hasLeft } from '../stories/leaver.ts'

/** A user of the tenant, as Microsoft Graph shows it. */
type GraphUser = Readonly<Record<string, unknown>> & { readonly id: string }

/** A guest: somebody of another company. */
export type Guest = {
  readonly id: string
  readonly displayName: string
  readonly mail: string
  readonly userPrincipalName: string
}

function guest(name: string, company: string): Guest {
  const local = name.toLowerCase().replaceAll(' ', '.')
  return {
    id: uuid(`entra/guest/${local}`),
    displayName: name,
    mail: `${local}@${company}.example`,
    userPrincipalName: `${local}_${company}.example#EXT#@${COMPANY.domain}`,
  }
}

export const GUESTS: readonly Guest[] = [
  CONTRACTOR,
  guest('Beata Lisowska', 'brightforge'),
  guest('Marcus Hale', 'brightforge'),
  guest('Jun Watanabe', 'northgate-audit'),
  guest('Clara Weiss', 'northgate-audit'),
  guest('Samuel Adjei', 'tallship-it'),
  guest('Petra Novotna', 'tallship-it'),
  guest('Rashid Karimi', 'tallship-it'),
  guest('Louise Garnier', 'erp-partners'),
  guest('Henrik Dahl', 'erp-partners'),
  guest('Gloria Mbeki', 'erp-partners'),
  guest('Tom Brennan', 'fieldnote-design'),
  guest('Ana Belen Ruiz', 'fieldnote-design'),
  guest('Oleg Sidorov', 'penwright-legal'),
]

/** Accounts for emergencies: two, cloud only, with standing Global Administrator. */
export const BREAK_GLASS = [1, 2].map((n) => ({
  id: uuid(`entra/break-glass/${String(n)}`),
  displayName: `Break glass ${String(n)}`,
  userPrincipalName: `break-glass-${String(n)}@${COMPANY.domain}`,
}))

function signIn(key: string, least: number, most: number): Record<string, string> {
  const draws = drawsOf(`sign-in/${key}`)
  const at = daysAgo(draws.between(least, most), draws.int(80_000))
  return {
    lastSignInDateTime: at,
    lastSignInRequestId: uuid(`sign-in/${key}`),
    lastNonInteractiveSignInDateTime: at,
  }
}

function employees(week: Week): GraphUser[] {
  const leaver = storyPerson('leaver')
  return PEOPLE.map((person) => ({
    id: person.entraId,
    displayName: `${person.given} ${person.family}`,
    givenName: person.given,
    surname: person.family,
    mail: person.email,
    userPrincipalName: person.email,
    jobTitle: person.title,
    department: person.team,
    accountEnabled: !(person === leaver && hasLeft(week)),
    userType: 'Member',
    createdDateTime: daysAgo(drawsOf(`hired/${person.login}`).between(60, 1700)),
    signInActivity: signIn(person.login, 0, drawsOf(`often/${person.login}`).chance(0.93) ? 6 : 140),
  }))
}

function outsiders(): GraphUser[] {
  return GUESTS.map((each) => ({
    id: each.id,
    displayName: each.displayName,
    givenName: null,
    surname: null,
    mail: each.mail,
    userPrincipalName: each.userPrincipalName,
    jobTitle: null,
    department: null,
    accountEnabled: true,
    userType: 'Guest',
    createdDateTime: daysAgo(drawsOf(`invited/${each.mail}`).between(60, 900)),
    signInActivity: signIn(each.mail, 1, 120),
  }))
}

function emergencies(): GraphUser[] {
  return BREAK_GLASS.map((each) => ({
    ...each,
    givenName: null,
    surname: null,
    mail: null,
    jobTitle: null,
    department: null,
    accountEnabled: true,
    userType: 'Member',
    createdDateTime: daysAgo(1600),
    signInActivity: signIn(each.userPrincipalName, 150, 400),
  }))
}

const SELECT =
  'id,displayName,givenName,surname,mail,userPrincipalName,jobTitle,department,accountEnabled,userType,createdDateTime,signInActivity'

/** `az rest --url 'https://graph.microsoft.com/v1.0/users?$select=…'`: `az ad user list` hides the enabled flag. */
export function usersFile(week: Week): DemoFile {
  return json('azure/graph-users.json', {
    '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#users(${SELECT})`,
    value: [...employees(week), ...outsiders(), ...emergencies()],
  })
}
