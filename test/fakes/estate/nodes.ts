import type { ApiCloud, ApiNodeRef } from '../../../app/server/api.ts'

/** A hand-made company: three clouds, a dozen containers, and the people and workloads of its four stories. */

const container = (id: string, cloud: ApiCloud, type: string, name: string): ApiNodeRef => ({
  id,
  cloud,
  kind: 'container',
  type,
  name,
  scope: '',
  scopeId: null,
  human: null,
  crownJewel: false,
})

export const scopes = {
  organization: container('aws:org/o-a1b2c3', 'aws', 'organization', 'lumen-parcel'),
  management: container('aws:account/100000000001', 'aws', 'account', 'management'),
  payments: container('aws:account/210987654321', 'aws', 'account', 'payments-prod'),
  platform: container('aws:account/310987654322', 'aws', 'account', 'platform-prod'),
  sandbox: container('aws:account/410987654323', 'aws', 'account', 'sandbox'),
  hr: container('aws:account/510987654324', 'aws', 'account', 'people-systems'),
  analytics: container('gcp:projects/analytics-prod', 'gcp', 'project', 'analytics-prod'),
  warehouse: container('gcp:projects/warehouse-eu', 'gcp', 'project', 'warehouse-eu'),
  tenant: container('azure:tenant/8c1d', 'azure', 'tenant', 'lumenparcel.example'),
  corporate: container('azure:subscriptions/5f0e', 'azure', 'subscription', 'corporate-it'),
  retail: container('azure:subscriptions/77aa', 'azure', 'subscription', 'retail-eu'),
}

const node = (
  kind: 'principal' | 'resource',
  id: string,
  type: string,
  name: string,
  scope: ApiNodeRef,
  more: { readonly human?: boolean; readonly jewel?: boolean } = {},
): ApiNodeRef => ({
  id,
  cloud: scope.cloud,
  kind,
  type,
  name,
  scope: scope.name,
  scopeId: scope.id,
  human: kind === 'principal' ? (more.human ?? false) : null,
  crownJewel: more.jewel ?? false,
})

const arn = (account: string, rest: string): string => `aws:arn:aws:iam::${account}:${rest}`

export const nodes = {
  ana: node('principal', arn('100000000001', 'user/ana.kovacs'), 'user', 'ana.kovacs', scopes.management, {
    human: true,
  }),
  joris: node(
    'principal',
    arn('310987654322', 'user/joris.devries'),
    'user',
    'joris.devries',
    scopes.platform,
    { human: true },
  ),
  leaver: node('principal', arn('210987654321', 'user/m.ferrante'), 'user', 'm.ferrante', scopes.payments, {
    human: true,
  }),
  github: node(
    'principal',
    'aws:oidc/token.actions.githubusercontent.com/lumen/deploy',
    'oidc subject',
    'repo:lumen/deploy:*',
    scopes.platform,
  ),
  ci: node('principal', arn('310987654322', 'role/ci-deploy'), 'role', 'ci-deploy', scopes.platform),
  builder: node(
    'principal',
    arn('310987654322', 'role/lambda-release-runner'),
    'role',
    'lambda-release-runner',
    scopes.platform,
  ),
  orgAdmin: node('principal', arn('100000000001', 'role/OrgAdmin'), 'role', 'OrgAdmin', scopes.management),
  access: node(
    'principal',
    arn('510987654324', 'role/OrganizationAccountAccessRole'),
    'role',
    'OrganizationAccountAccessRole',
    scopes.hr,
  ),
  vendor: node(
    'principal',
    'aws:account/998877665544',
    'external account',
    '998877665544 (vendor)',
    scopes.payments,
  ),
  monitor: node(
    'principal',
    arn('210987654321', 'role/vendor-monitoring'),
    'role',
    'vendor-monitoring',
    scopes.payments,
  ),
  admins: node(
    'principal',
    arn('100000000001', 'group/administrators'),
    'group',
    'administrators',
    scopes.management,
  ),
  entraOwner: node('principal', 'azure:users/4d2c', 'user', 'Priya Raman', scopes.tenant, { human: true }),
  app: node('principal', 'azure:applications/77c0', 'application', 'reporting-sync', scopes.tenant),
  servicePrincipal: node(
    'principal',
    'azure:servicePrincipals/90ab',
    'service principal',
    'reporting-sync',
    scopes.tenant,
  ),
  guest: node('principal', 'azure:users/ext-31', 'guest', 'consultant@partner.example', scopes.corporate, {
    human: true,
  }),
  federated: node(
    'principal',
    'gcp:serviceAccounts/bq-reader',
    'service account',
    'bq-reader@analytics-prod',
    scopes.analytics,
  ),
  editor: node(
    'principal',
    'gcp:serviceAccounts/default-compute',
    'service account',
    '84311-compute@developer',
    scopes.warehouse,
  ),
  payroll: node(
    'resource',
    'aws:arn:aws:s3:::lumen-payroll-2026',
    's3:bucket',
    'lumen-payroll-2026',
    scopes.hr,
    { jewel: true },
  ),
  cards: node(
    'resource',
    'aws:arn:aws:dynamodb:eu-west-1:210987654321:table/card-tokens',
    'dynamodb:table',
    'card-tokens',
    scopes.payments,
    { jewel: true },
  ),
  dataset: node(
    'resource',
    'gcp:datasets/analytics-prod.customers',
    'bigquery:dataset',
    'analytics-prod.customers',
    scopes.analytics,
    { jewel: true },
  ),
  logs: node(
    'resource',
    'aws:arn:aws:s3:::lumen-build-logs',
    's3:bucket',
    'lumen-build-logs',
    scopes.platform,
  ),
}

export const everything: readonly ApiNodeRef[] = [...Object.values(nodes), ...Object.values(scopes)]
