import { found } from '../found.ts'
import { uuid } from '../identifiers.ts'
import { drawsOf } from '../random.ts'
import { COMPANY } from './company.ts'
import { FAMILY_NAMES, GIVEN_NAMES } from './names.ts'
import { TEAMS } from './teams.ts'

/** An employee; the same person has one account in each cloud they work in, under the same e-mail. */
export type Person = {
  readonly given: string
  readonly family: string
  /** `given.family`, the local part of every account name. */
  readonly login: string
  readonly email: string
  readonly team: string
  readonly title: string
  /** Object id in Entra. */
  readonly entraId: string
  /** User id in AWS Identity Center. */
  readonly identityCenterId: string
}

/** The people the planted stories are about (see `docs/demo.md`). */
export const STORY_PEOPLE = {
  payrollLead: { given: 'Ingrid', family: 'Solheim', team: 'payroll', title: 'Payroll Engineering Lead' },
  releaseEngineer: { given: 'Tomasz', family: 'Wierzbicki', team: 'platform', title: 'Release Engineer' },
  releaseLead: { given: 'Adaeze', family: 'Okonkwo', team: 'platform', title: 'Release Engineering Lead' },
  leaver: { given: 'Oliver', family: 'Brandt', team: 'data-platform', title: 'Senior Data Engineer' },
} as const

const TITLES: Readonly<Record<string, readonly string[]>> = {
  engineering: [
    'Software Engineer',
    'Senior Software Engineer',
    'Staff Engineer',
    'Site Reliability Engineer',
  ],
  business: ['Specialist', 'Senior Specialist', 'Manager', 'Analyst'],
}

function person(given: string, family: string, team: string, title: string): Person {
  const login = `${given}.${family}`.toLowerCase()
  return {
    given,
    family,
    login,
    email: `${login}@${COMPANY.domain}`,
    team,
    title,
    entraId: uuid(`entra/user/${login}`),
    identityCenterId: uuid(`identity-center/user/${login}`),
  }
}

function hire(): Person[] {
  const staff: Person[] = Object.values(STORY_PEOPLE).map((p) => person(p.given, p.family, p.team, p.title))
  const logins = new Set(staff.map((p) => p.login))
  for (const team of TEAMS) {
    const draws = drawsOf(`people/${team.name}`)
    let size = staff.filter((p) => p.team === team.name).length
    while (size < team.size) {
      const title = draws.pick(TITLES[team.department] ?? ['Specialist'])
      const next = person(draws.pick(GIVEN_NAMES), draws.pick(FAMILY_NAMES), team.name, title)
      if (logins.has(next.login)) continue
      logins.add(next.login)
      staff.push(next)
      size++
    }
  }
  return staff
}

/** Everyone employed, story people first, then team by team. */
export const PEOPLE: readonly Person[] = hire()

export function peopleOf(team: string): Person[] {
  return PEOPLE.filter((p) => p.team === team)
}

/** The employee behind a planted story. */
export function storyPerson(role: keyof typeof STORY_PEOPLE): Person {
  const { given, family } = STORY_PEOPLE[role]
  return found(
    PEOPLE.find((p) => p.given === given && p.family === family),
    `person who is ${role}`,
  )
}
