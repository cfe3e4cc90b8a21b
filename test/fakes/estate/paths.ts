import type { ApiCertainty, ApiNodeRef, ApiPath, ApiStep } from '../../../app/server/api.ts'
import { derived, observed, proofs } from './evidence.ts'
import { nodes } from './nodes.ts'

function step(
  rule: string,
  label: string,
  meaning: string,
  evidence: ApiStep['evidence'],
  more: { readonly certainty?: ApiCertainty; readonly conditions?: readonly string[] } = {},
): ApiStep {
  return {
    rule,
    label,
    meaning,
    evidence,
    certainty: more.certainty ?? 'certain',
    conditions: more.conditions ?? [],
  }
}

const federation = step(
  'aws-oidc-federation',
  'CI federation',
  'Anyone who can push a branch to lumen/deploy gets a workflow token that AWS exchanges for the role AWSReservedSSO_ReleaseEngineer_616ba0e027ff3814.',
  proofs.trustGithub,
  { certainty: 'conditional', conditions: ['the token’s subject matches repo:lumen/deploy:*'] },
)
const passRole = step(
  'aws-lambda-pass-role',
  'pass role to Lambda',
  'The attacker creates a function that runs as lambda-release-runner, invokes it, and reads that role’s credentials from its environment.',
  derived('aws-lambda-pass-role', 'ci-deploy can run its own code as lambda-release-runner', [
    proofs.passRole,
    derived('aws-service-trust', 'Lambda may use the role', [proofs.trustLambda]),
  ]),
)
const toOrgAdmin = step(
  'aws-assume-role',
  'assume role',
  'Any principal of the platform account that may call sts:AssumeRole takes on OrgAdmin.',
  proofs.assumeOrgAdmin,
)
const toMember = step(
  'aws-organization-access',
  'organization access',
  'From the management account every member account opens through the role that came with it.',
  proofs.memberAccess,
)
const readPayroll = step(
  'aws-data-access',
  'reads objects',
  'The role may read and delete every object.',
  proofs.administrator,
)
const resetFactor = step(
  'azure-unknown',
  'may reset MFA',
  'The role that would allow this is custom, and its definition was not exported.',
  derived('azure-gap', 'role definition 5d1f is missing from the export', []),
  { certainty: 'unknown', conditions: ['export custom role definitions to decide it'] },
)

function path(
  list: readonly ApiNodeRef[],
  steps: readonly ApiStep[],
  certainty: ApiCertainty,
  isNew = false,
): ApiPath {
  return { certainty, isNew, nodes: list, steps }
}

const toPayroll: readonly ApiPath[] = [
  path([nodes.ana, nodes.access, nodes.payroll], [toMember, readPayroll], 'certain'),
  path(
    [nodes.github, nodes.ci, nodes.builder, nodes.orgAdmin, nodes.access, nodes.payroll],
    [federation, passRole, toOrgAdmin, toMember, readPayroll],
    'conditional',
    true,
  ),
  path(
    [nodes.joris, nodes.ci, nodes.builder, nodes.orgAdmin, nodes.access, nodes.payroll],
    [
      step(
        'aws-assume-role',
        'assume role',
        'joris.devries may assume ci-deploy to debug releases.',
        proofs.trustGithub,
      ),
      passRole,
      toOrgAdmin,
      toMember,
      readPayroll,
    ],
    'certain',
    true,
  ),
  path(
    [nodes.guest, nodes.entraOwner, nodes.orgAdmin, nodes.access, nodes.payroll],
    [
      resetFactor,
      step(
        'saml-federation',
        'single sign-on',
        'The directory signs the user in to the management account.',
        proofs.assumeOrgAdmin,
      ),
      toMember,
      readPayroll,
    ],
    'unknown',
  ),
]

const toDataset: readonly ApiPath[] = [
  path(
    [nodes.entraOwner, nodes.app, nodes.servicePrincipal, nodes.federated, nodes.dataset],
    [
      step(
        'azure-app-owner',
        'adds a secret',
        'The owner of an application may add a secret to it and sign in as it.',
        proofs.appOwner,
      ),
      step(
        'azure-app-instance',
        'is instance of',
        'Signing in as the application is acting as its service principal.',
        proofs.appOwner,
      ),
      step(
        'gcp-workload-federation',
        'token exchange',
        'The workload identity pool trusts every application of the tenant and lends them bq-reader.',
        observed(
          'The pool provider accepts any subject of the tenant',
          { origin: 'exports/gcp/iam-policies.jsonl', line: 903, pointer: '/iamPolicy/bindings/2' },
          {
            role: 'roles/iam.workloadIdentityUser',
            members: [
              'principalSet://iam.googleapis.com/projects/84311/locations/global/workloadIdentityPools/entra/*',
            ],
          },
        ),
      ),
      step(
        'gcp-data-access',
        'reads dataset',
        'roles/bigquery.dataViewer on the project reads every table.',
        observed(
          'bq-reader is dataViewer on the project',
          {
            origin: 'exports/gcp/iam-policies.jsonl',
            line: 417,
            pointer: '/iamPolicy/bindings/0',
            command: 'gcloud asset search-all-iam-policies',
          },
          {
            role: 'roles/bigquery.dataViewer',
            members: ['serviceAccount:bq-reader@analytics-prod.iam.gserviceaccount.com'],
          },
        ),
      ),
    ],
    'certain',
  ),
]

const toCards: readonly ApiPath[] = [
  path(
    [nodes.vendor, nodes.monitor, nodes.cards],
    [
      step(
        'aws-external-trust',
        'external trust',
        'Anyone in the vendor’s account can assume the role.',
        proofs.vendorTrust,
      ),
      step(
        'aws-data-access',
        'reads items',
        'ReadOnlyAccess includes reading table items.',
        proofs.administrator,
      ),
    ],
    'certain',
  ),
]

export const allPaths: readonly ApiPath[] = [...toPayroll, ...toDataset, ...toCards]
