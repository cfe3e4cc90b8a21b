import { applicationsIn } from '../company/applications.ts'
import type { Application } from '../company/applications.ts'
import { COMPANY } from '../company/company.ts'
import { found } from '../found.ts'

export type UnitName = 'root' | 'security' | 'infrastructure' | 'prod' | 'staging' | 'dev' | 'sandbox'
export type Environment = 'prod' | 'staging' | 'dev' | 'sandbox'

/** One AWS account of the organization. */
export type AwsAccount = {
  readonly name: string
  readonly id: string
  readonly unit: UnitName
  readonly environment: Environment
  /** Teams whose applications run here; empty for accounts without applications. */
  readonly teams: readonly string[]
  readonly joined: 'CREATED' | 'INVITED'
}

type Row = readonly [name: string, unit: UnitName, environment: Environment, teams: readonly string[]]

const PRODUCT = ['payments', 'payroll', 'ledger', 'search', 'web', 'mobile', 'integrations']

const ROWS: readonly Row[] = [
  ['management', 'root', 'prod', []],
  ['security-tooling', 'security', 'prod', []],
  ['log-archive', 'security', 'prod', []],
  ['tooling', 'infrastructure', 'prod', []],
  ['platform-prod', 'infrastructure', 'prod', []],
  ['network', 'infrastructure', 'prod', []],
  ['payments-prod', 'prod', 'prod', ['payments']],
  ['payroll-prod', 'prod', 'prod', ['payroll']],
  ['ledger-prod', 'prod', 'prod', ['ledger']],
  ['search-prod', 'prod', 'prod', ['search']],
  ['web-prod', 'prod', 'prod', ['web', 'mobile', 'integrations']],
  ['data-prod', 'prod', 'prod', ['data-platform']],
  ['product-staging', 'staging', 'staging', PRODUCT],
  ['data-staging', 'staging', 'staging', ['data-platform']],
  ['product-dev', 'dev', 'dev', PRODUCT],
  ['data-dev', 'dev', 'dev', ['data-platform']],
  ['sandbox-engineering', 'sandbox', 'sandbox', []],
  ['sandbox-labs', 'sandbox', 'sandbox', []],
]

/** Payroll was an acquisition: its account was invited, so it has no OrganizationAccountAccessRole. */
const INVITED = new Set(['payroll-prod'])

/** The organization's accounts, the management account first. */
export const ACCOUNTS: readonly AwsAccount[] = ROWS.map(([name, unit, environment, teams], index) => ({
  name,
  id: `1111222200${String(index + 1).padStart(2, '0')}`,
  unit,
  environment,
  teams,
  joined: INVITED.has(name) ? 'INVITED' : 'CREATED',
}))

/** Where everything runs; Identity Center lives there too. */
export const HOME_REGION = 'eu-west-1'

export const ORGANIZATION_ID = 'o-l7mexk2q9d'

export function accountNamed(name: string): AwsAccount {
  return found(
    ACCOUNTS.find((account) => account.name === name),
    `AWS account ${name}`,
  )
}

/** The applications that run in the account. */
export function applicationsOf(account: AwsAccount): Application[] {
  return applicationsIn('aws').filter((application) => account.teams.includes(application.team))
}

/** The full name of the account, as Organizations lists it. */
export function accountTitle(account: AwsAccount): string {
  return `${COMPANY.slug}-${account.name}`
}
