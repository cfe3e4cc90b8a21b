import { beforeAll, describe, expect, it } from 'vitest'
import { demoEstate } from '../../app/demo/index.ts'
import type { Week } from '../../app/demo/index.ts'
import { reachOf } from '../../analyzer/index.ts'
import type { Assessment } from '../../app/estate/assessment.ts'
import { assess } from '../../app/estate/assessment.ts'
import { openSnapshotEstate } from '../../app/estate/open-estate.ts'
import type { GraphNode, NodeId } from '../../graph/index.ts'
import { nodeId, openEmbeddedStore } from '../../graph/index.ts'
import { DATASET_RESOURCE } from '../../app/demo/stories/dataset-path.ts'
import { expectedStories } from '../unit/demo/expected-stories.ts'
import { demoStore } from './command.ts'

const weeks = new Map<Week, Assessment>()

beforeAll(async () => {
  const store = openEmbeddedStore(demoStore(), { create: false })
  for (const [i, snapshot] of (await store.snapshots()).entries()) {
    weeks.set(i === 0 ? 1 : 2, await assess(await openSnapshotEstate(store, snapshot)))
  }
  return () => store.close()
}, 120_000)

function week(number: Week): Assessment {
  const found = weeks.get(number)
  if (found === undefined) throw new RangeError(`no week ${number}`)
  return found
}

/** People who reach a crown jewel: e-mails, names where there is none. */
function people(number: Week, jewel: NodeId): string[] {
  const { attack, nodes } = week(number)
  const found = reachOf(attack, jewel).flatMap(({ node }) => {
    const principal = nodes.get(node)
    return principal?.kind === 'principal' && principal.human === true
      ? [principal.email ?? principal.name]
      : []
  })
  return [...new Set(found)].sort()
}

/** Findings of a rule as `name, scope`, sorted; a person's or role's name once for each scope. */
function found(number: Week, rule: string): string[] {
  const { findings, nodes } = week(number)
  const name = (node: GraphNode | undefined) =>
    node?.name.replace(/^(AWSReservedSSO_\w+)_[0-9a-f]{16}$/, '$1') ?? '?'
  return findings
    .filter((finding) => finding.rule === rule)
    .map(
      ({ subject, scope }) =>
        `${name(nodes.get(subject))}, ${name(scope === null ? undefined : nodes.get(scope))}`,
    )
    .map((text) => text.replaceAll('lumenly-', ''))
    .sort()
}

describe('the stories of docs/demo.md, in what the analysis says', () => {
  const payroll = nodeId('aws', 'arn:aws:s3:::lumenly-payroll-exports')

  it.each([1, 2] as const)('S1: exactly these people reach payroll in week %i', (number) => {
    expect(people(number, payroll)).toEqual([...expectedStories(number).payrollPeople].sort())
  })

  it('S2: a guest and four others reach customer data, and who could take the application over', () => {
    const dataset = nodeId('gcp', DATASET_RESOURCE)
    for (const number of [1, 2] as const) {
      const found = people(number, dataset)
      expect(found).toHaveLength(7)
      expect(found.filter((each) => /ravi\.menon|break.?glass/i.test(each))).toHaveLength(3)
    }
  })

  it('S3: the leaver is an administrator without MFA, with two old keys', () => {
    expect(found(2, 'long-lived-key-over-90-days').filter((each) => each.startsWith('oliver'))).toHaveLength(
      2,
    )
    expect(found(2, 'administrator-without-mfa')).toContain('oliver.brandt, data-prod')
  })

  it('S4: the vendor is trusted without a condition in three accounts, then in four', () => {
    const vendor = (number: Week) =>
      found(number, 'external-trust-without-condition').filter((each) => each.startsWith('spend'))
    expect(vendor(1)).toEqual(
      ['search-prod', 'ledger-prod', 'web-prod']
        .map((account) => `spendlight-cost-insights, ${account}`)
        .sort(),
    )
    expect(vendor(2)).toHaveLength(expectedStories(2).vendorRoles.length)
    expect(vendor(2)).toContain('spendlight-cost-insights, payments-prod')
  })
})

/** The table of docs/demo.md for week 2, line by line and in full. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'standing-administrator': [
    'AWSReservedSSO_Administrator, data-prod',
    'AWSReservedSSO_Administrator, sandbox-engineering',
    'AWSReservedSSO_Administrator, sandbox-labs',
    'AWSReservedSSO_Administrator, web-prod',
    'Break glass 1, Lumenly',
    'Break glass 2, Lumenly',
    'Louise Garnier, rg-erp-staging',
    'OrganizationAdministrator, ledger-prod',
    'OrganizationAdministrator, management',
    'OrganizationAdministrator, payments-prod',
    'OrganizationAdministrator, payroll-prod',
    'Samuel Adjei, sandbox',
    'Wanjiru Garcia, corp-it',
    'Wanjiru Hansen, support-dev',
    'backup-operator-2023, corp-it',
    'gcp-organization-admins@lumenly.example, lumenly.example',
    'katarzyna.bekele@lumenly.example, ml-dev',
    'ledger-migration-2024, ledger-prod',
    'lukas.keller, web-prod',
    'mai.larsen, web-prod',
    'oliver.brandt, data-prod',
    'omar.martens, data-prod',
    'power-connector, sandbox',
    'terraform-bootstrap, web-prod',
  ],
  'administrator-without-mfa': ['mai.larsen, web-prod', 'oliver.brandt, data-prod'],
  'unused-privileged-identity': [
    'Break glass 1, Lumenly',
    'Break glass 2, Lumenly',
    'Petra Novotna, Lumenly',
    'glue-experiments, data-dev',
    'ledger-migration-2024, ledger-prod',
    'omar.martens, data-prod',
    'terraform-bootstrap, web-prod',
  ],
  'external-trust-without-condition': [
    'pentest-2024, product-staging',
    'spendlight-cost-insights, ledger-prod',
    'spendlight-cost-insights, payments-prod',
    'spendlight-cost-insights, search-prod',
    'spendlight-cost-insights, web-prod',
  ],
  'public-access': [
    'demo-inbox, sandbox-engineering',
    'dev-fixtures, product-dev',
    'press-kit, marketing-prod',
    'public_demo, sandbox',
    'web-assets, web-prod',
    'webhook-echo, product-staging',
  ],
  'long-lived-key-over-90-days': [
    'aiko.hussain, sandbox-engineering',
    'mail-catcher, product-staging',
    'oliver.brandt, data-prod',
    'oliver.brandt, data-prod',
    'partner-drop, data-prod',
    'status-page, web-prod',
  ],
  'cross-environment-trust': [
    'index-seeder, search-prod',
    'lake-replay, data-prod',
    'smoke-test-target, web-prod',
  ],
  'guest-with-privileged-role': [
    'Louise Garnier, rg-erp-staging',
    'Petra Novotna, Lumenly',
    'Samuel Adjei, sandbox',
  ],
  'ownerless-privileged-service-principal': [
    'backup-operator-2023, Lumenly',
    'legacy-crm-sync, Lumenly',
    'power-connector, Lumenly',
  ],
}

describe('the findings of docs/demo.md', () => {
  it.each(Object.keys(EXPECTED))('%s: these and no others', (rule) => {
    expect(found(2, rule)).toEqual(EXPECTED[rule])
  })

  it('wildcard-pass-role: the planted ones, in their weeks', () => {
    const planted = [
      'batch-submitter, data-prod',
      'preview-environments, product-dev',
      'stack-deployer, data-dev',
    ]
    for (const number of [1, 2] as const)
      expect(found(number, 'wildcard-pass-role')).toEqual(expect.arrayContaining(planted))
    expect(found(1, 'wildcard-pass-role')).not.toContain('release-deployer, platform-prod')
    expect(found(2, 'wildcard-pass-role')).toContain('release-deployer, platform-prod')
  })

  it('basic-role-on-project: these roles on these projects', () => {
    const { findings, nodes } = week(2)
    const roles = findings
      .filter(({ rule }) => rule === 'basic-role-on-project')
      .map(
        ({ says, scope }) => `${/roles\/\w+/.exec(says)?.[0]} ${nodes.get(scope ?? nodeId('gcp', ''))?.name}`,
      )
    expect([...new Set(roles)].sort()).toEqual([
      'roles/editor lumenly-data-dev',
      'roles/editor lumenly-sandbox',
      'roles/owner lumenly-ml-dev',
      'roles/viewer lumenly-marketing-prod',
    ])
  })

  it('service-account-key-holder: five keys of service accounts', () => {
    expect(found(2, 'service-account-key-holder')).toEqual([
      'campaigns-export@marketing-prod.iam.gserviceaccount.com, marketing-prod',
      'notebooks@sandbox.iam.gserviceaccount.com, sandbox',
      'ranking-ci@search-stg.iam.gserviceaccount.com, search-stg',
      'ranking-ci@search-stg.iam.gserviceaccount.com, search-stg',
      'warehouse-loader@data-prod.iam.gserviceaccount.com, data-prod',
    ])
  })

  it('application-with-client-secret: every client secret in Entra', () => {
    const applications = demoEstate(2).find(({ path }) => path === 'azure/ad-app-list.json')
    const listed = JSON.parse(String(applications?.bytes)) as {
      passwordCredentials: unknown[]
      keyCredentials: unknown[]
    }[]
    const secrets = listed.reduce(
      (n, app) => n + app.passwordCredentials.length + app.keyCredentials.length,
      0,
    )
    expect(secrets).toBeGreaterThan(30)
    expect(found(2, 'application-with-client-secret')).toHaveLength(secrets)
  })
})
