/**
 * Issuers of tokens that many tenants use together: the issuer alone does not tell whose token it is, a claim does. AWS lists
 * them, with the claim that names the tenant, as "identity-provider controls"; it checks them when a trust policy is written, not
 * those that are there already.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 *
 * Which claims are condition keys:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export interface SharedIssuer {
  /** As it stands behind `oidc-provider/`, or as the name of the federated principal. */
  readonly issuer: string
  readonly title: string
  /** Who a stranger is, in words: `any repository of GitHub`. */
  readonly anyone: string
  readonly claims: readonly Claim[]
  /** What a trust policy should ask for: operator, claim and a value to be replaced. */
  readonly ask: readonly [operator: string, claim: string, value: string]
  /** Where the form of the claims is documented. */
  readonly source: string
}

/** A claim as a stranger's token has it. */
export interface Claim {
  /** Of `ISSUER:name`; a name with a colon is a whole condition key. */
  readonly name: string
  /** Some value of a stranger's token; none: it may be anything the stranger likes. */
  readonly example?: string
  /**
   * The forms of a stranger's value. `{tenant}` is a name that somebody else may still take, `{name}` one that its owner chooses,
   * `{path}` the same with slashes. Without forms, only the example is tried.
   */
  readonly forms?: readonly string[]
  /** The stranger may leave it out. */
  readonly optional?: true
  /** Of a claim with several values at once: every set of values that a stranger's token may have. */
  readonly sets?: readonly (readonly string[])[]
}

const SECURE_BY_DEFAULT =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html'
const GITHUB = 'https://docs.github.com/en/actions/reference/security/oidc'
/** Whoever asks for a token says for whom it is meant. */
const CHOSEN_AUDIENCE: Claim = { name: 'aud' }

/** Each owner may choose which claims the subject of its own tokens is made of: some name no owner. */
const GITHUB_SUBJECTS = [
  ...['ref:refs/heads/{path}', 'ref:refs/tags/{path}', 'environment:{path}', 'pull_request'].map(
    (context) => `repo:{tenant}/{name}:${context}`,
  ),
  'repository_owner:{tenant}',
  'repository_owner:{tenant}:environment:{path}',
  'repository:{tenant}/{name}',
  'environment:{path}',
  'workflow:{path}',
  'ref:refs/heads/{path}',
]

const SUBJECT_ONLY: readonly (readonly [issuer: string, title: string, example: string])[] = [
  ['vstoken.actions.githubusercontent.com', 'GitHub (vstoken)', 'repo:stranger/repository'],
  ['oidc-configuration.audit-log.githubusercontent.com', 'GitHub audit log streaming', 'stranger'],
  ['oidc.codefresh.io', 'Codefresh', 'account:stranger:pipeline:stranger'],
  ['studio.datachain.ai/api', 'DVC Studio', 'credentials:stranger/stranger'],
  ['scalr.io', 'Scalr', 'account:stranger:environment:stranger:workspace:stranger'],
  ['tokens.cloud.shisho.dev', 'Shisho Cloud', 'job:stranger'],
  ['proidc.upbound.io', 'Upbound', 'mcp:stranger/stranger:provider:provider-aws'],
  ['oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb', 'IBM Turbonomic', 'stranger'],
]
const AUDIENCE_ONLY: readonly (readonly [issuer: string, title: string, example: string])[] = [
  ['oidc.vercel.com', 'Vercel', 'https://vercel.com/stranger'],
  ['api.pulumi.com/oidc', 'Pulumi Cloud', 'aws:stranger'],
  ['sandboxes.cloud', 'sandboxes.cloud', 'stranger'],
]

/** How Cognito says that somebody has not signed in. */
export const COGNITO_GUEST: readonly string[] = ['unauthenticated']
export const COGNITO = 'cognito-identity.amazonaws.com'

/** Every shared issuer that is known. */
export const SHARED_ISSUERS: readonly SharedIssuer[] = [
  {
    issuer: 'token.actions.githubusercontent.com',
    title: 'GitHub Actions',
    anyone: 'a repository of anybody on GitHub',
    claims: [
      {
        name: 'sub',
        example: 'repo:stranger/repository:ref:refs/heads/main',
        forms: GITHUB_SUBJECTS,
      },
      CHOSEN_AUDIENCE,
      { name: 'repository', example: 'stranger/repository', forms: ['{tenant}/{name}'] },
      { name: 'repository_id', example: '4242424242' },
      { name: 'enterprise_id', example: '4242424242', optional: true },
      { name: 'actor', example: 'stranger', forms: ['{tenant}'] },
      { name: 'actor_id', example: '4242424242' },
      {
        name: 'job_workflow_ref',
        example: 'stranger/repository/.github/workflows/any.yml@refs/heads/main',
        forms: ['{tenant}/{name}/.github/workflows/{path}@refs/heads/{path}'],
      },
      { name: 'workflow' },
      { name: 'ref', forms: ['refs/heads/{path}', 'refs/tags/{path}'], example: 'refs/heads/main' },
      { name: 'environment', optional: true },
    ],
    ask: ['StringEquals', 'sub', 'repo:YOUR-ORGANIZATION/YOUR-REPOSITORY:ref:refs/heads/main'],
    source: GITHUB,
  },
  {
    issuer: 'gitlab.com',
    title: 'GitLab',
    anyone: 'a project of anybody on GitLab',
    claims: [
      {
        name: 'sub',
        example: 'project_path:stranger/project:ref_type:branch:ref:main',
        forms: [
          'project_path:{tenant}/{path}:ref_type:branch:ref:{path}',
          'project_path:{tenant}/{path}:ref_type:tag:ref:{path}',
        ],
      },
      CHOSEN_AUDIENCE,
    ],
    ask: ['StringEquals', 'sub', 'project_path:YOUR-GROUP/YOUR-PROJECT:ref_type:branch:ref:main'],
    source: 'https://docs.gitlab.com/ci/secrets/id_token_authentication/',
  },
  {
    issuer: 'app.terraform.io',
    title: 'HCP Terraform',
    anyone: 'an organization of anybody in HCP Terraform',
    claims: [
      {
        name: 'sub',
        example: 'organization:stranger:project:any:workspace:any:run_phase:apply',
        forms: ['organization:{tenant}:project:{name}:workspace:{name}:run_phase:{name}'],
      },
      CHOSEN_AUDIENCE,
    ],
    ask: [
      'StringLike',
      'sub',
      'organization:YOUR-ORGANIZATION:project:YOUR-PROJECT:workspace:YOUR-WORKSPACE:run_phase:*',
    ],
    source:
      'https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration',
  },
  {
    issuer: 'agent.buildkite.com',
    title: 'Buildkite',
    anyone: 'an organization of anybody in Buildkite',
    claims: [
      {
        name: 'sub',
        example: 'organization:stranger:pipeline:any:ref:refs/heads/main:commit:any:step:any',
        forms: ['organization:{tenant}:pipeline:{name}:ref:refs/heads/{path}:commit:{name}:step:{name}'],
      },
      CHOSEN_AUDIENCE,
    ],
    ask: ['StringLike', 'sub', 'organization:YOUR-ORGANIZATION:pipeline:YOUR-PIPELINE:*'],
    source: 'https://buildkite.com/docs/agent/v3/cli-oidc',
  },
  ...SUBJECT_ONLY.map(([issuer, title, example]): SharedIssuer => ({
    issuer,
    title,
    anyone: `any customer of ${title}`,
    claims: [{ name: 'sub', example }, CHOSEN_AUDIENCE],
    ask: ['StringEquals', 'sub', 'YOUR-SUBJECT'],
    source: SECURE_BY_DEFAULT,
  })),
  ...AUDIENCE_ONLY.map(([issuer, title, example]): SharedIssuer => ({
    issuer,
    title,
    anyone: `any customer of ${title}`,
    claims: [
      { name: 'aud', example },
      { name: 'sub', example },
    ],
    ask: ['StringEquals', 'aud', 'YOUR-AUDIENCE'],
    source: SECURE_BY_DEFAULT,
  })),
  {
    issuer: 'sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d',
    title: 'Microsoft Sentinel',
    anyone: 'a workspace of anybody in Microsoft Sentinel',
    // Sentinel gives the session the name of the workspace that it works for.
    claims: [
      { name: 'sts:RoleSessionName', example: 'MicrosoftSentinel_stranger' },
      { name: 'aud' },
      { name: 'sub' },
    ],
    ask: ['StringEquals', 'sts:RoleSessionName', 'MicrosoftSentinel_YOUR-WORKSPACE-ID'],
    source: SECURE_BY_DEFAULT,
  },
  {
    issuer: COGNITO,
    title: 'Amazon Cognito',
    anyone: 'an identity pool of anybody with an AWS account',
    claims: [
      { name: 'aud', example: 'us-east-1:99999999-9999-4999-8999-999999999999' },
      { name: 'sub', example: 'us-east-1:88888888-8888-4888-8888-888888888888' },
      {
        name: 'amr',
        sets: [COGNITO_GUEST, ['authenticated', 'graph.facebook.com', 'graph.facebook.com:1:1']],
      },
    ],
    ask: ['StringEquals', 'aud', 'YOUR-IDENTITY-POOL-ID'],
    source: 'https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html',
  },
  {
    issuer: 'accounts.google.com',
    title: 'Google',
    anyone: 'anybody with a Google account, through any application',
    claims: [
      { name: 'aud', example: 'stranger.apps.googleusercontent.com' },
      { name: 'oaud', example: 'stranger.apps.googleusercontent.com' },
      { name: 'sub', example: '999999999999999999999' },
    ],
    ask: ['StringEquals', 'aud', 'YOUR-CLIENT-ID.apps.googleusercontent.com'],
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif',
  },
  ...(
    [
      ['graph.facebook.com', 'Facebook', 'id'],
      ['www.amazon.com', 'Login with Amazon', 'user_id'],
    ] as const
  ).map(([issuer, title, user]): SharedIssuer => ({
    issuer,
    title,
    anyone: `anybody with an account of ${title}, through any application`,
    claims: [
      { name: 'app_id', example: 'stranger' },
      { name: user, example: 'stranger' },
    ],
    ask: ['StringEquals', 'app_id', 'YOUR-APPLICATION-ID'],
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif',
  })),
]

const BY_ISSUER = new Map(SHARED_ISSUERS.map((shared) => [shared.issuer, shared]))

/** The issuer of a federated principal: what stands behind `oidc-provider/`, or the name itself; folded. */
export function issuerOf(provider: string): string {
  return (/:oidc-provider\/(.+)$/.exec(provider)?.[1] ?? provider).toLowerCase()
}

/** The shared issuer that a federated principal stands for; `undefined`: it is of one tenant, or not known. */
export function sharedIssuer(provider: string): SharedIssuer | undefined {
  return BY_ISSUER.get(issuerOf(provider))
}

/** The condition key of a claim, folded. */
export function claimKey(issuer: string, name: string): string {
  return (name.includes(':') ? name : `${issuer}:${name}`).toLowerCase()
}
