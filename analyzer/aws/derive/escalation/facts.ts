import type { PrincipalNode } from '../../../../graph/index.ts'
import type { Estate } from '../../evaluate/estate.ts'
import { HOSTS, hostName, type HostType } from '../../techniques/host-types.ts'
import type { Fact } from '../../techniques/technique.ts'

/** Whether something is as it must be: yes, no, or a condition in words where the export does not tell. */
export type Fits = true | false | { readonly condition: string } | { readonly missing: string }

/** A fact of a user, from its credentials. */
export function userFits(fact: Fact, user: PrincipalNode): Fits {
  const { credentials } = user
  const words = USER_WORDS.get(fact)
  if (words === undefined) return true
  if (credentials === undefined) return { condition: words }
  const count = (type: string) => credentials.filter((credential) => credential.type === type).length
  switch (fact) {
    case 'fewer-than-two-keys':
      return count('access-key') < 2
    case 'two-keys':
      return count('access-key') >= 2
    case 'no-password':
      return count('password') === 0
    case 'password':
      return count('password') > 0
    default:
      return true
  }
}

const USER_WORDS: ReadonlyMap<Fact, string> = new Map([
  ['fewer-than-two-keys', 'it has fewer than two access keys'],
  ['two-keys', 'it has two access keys'],
  ['no-password', 'it has no console password'],
  ['password', 'it has a console password'],
])

/** A fact of a customer managed policy, from its versions. */
export function policyFits(fact: Fact, estate: Estate, arn: string): Fits {
  const { policies } = estate.state
  const at = estate.policyIndex(arn)
  const versions = policies.versions[at] ?? 0
  switch (fact) {
    case 'fewer-than-five-versions':
      return versions === 0 ? { condition: `${arn} has fewer than five versions` } : versions < 5
    case 'five-versions':
      return versions === 5
    case 'broad-version':
      return policies.broad[at] === 1
    default:
      return true
  }
}

/** A fact of a resource that runs with a role. */
export function hostFits(fact: Fact, estate: Estate, host: number): Fits {
  const { hosts } = estate.state
  const arn = hosts.arns[host] ?? ''
  if (fact === 'running') return told(hosts.running[host], `${arn} is running`)
  if (fact === 'session-manager') return told(hosts.managed[host], `Systems Manager reaches ${arn}`)
  return true
}

function told(value: number | undefined, condition: string): Fits {
  return value === 0 || value === undefined ? { condition } : value === 1
}

/** Whether an account has a resource of a type; `known`: one was seen. */
export function exists(estate: Estate, account: number, type: HostType, known: boolean): Fits {
  if (known) return true
  const id = estate.state.accounts[account]?.id ?? ''
  return isListed(estate, account, type)
    ? false
    : { missing: `whether account ${id} has ${article(hostName(type))}` }
}

/** Whether the resources of a type were listed in an account. */
export function isListed(estate: Estate, account: number, type: HostType): boolean {
  return estate.state.accounts[account]?.hostTypes.includes(type) === true
}

/** The type that a fact of the form `exists:…` is about. */
export function existsType(fact: Fact): HostType | undefined {
  const type = fact.startsWith('exists:') ? fact.slice('exists:'.length) : undefined
  return type !== undefined && Object.hasOwn(HOSTS, type) ? (type as HostType) : undefined
}

function article(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`
}
