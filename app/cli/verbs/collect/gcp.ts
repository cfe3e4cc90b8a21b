import { type CollectGcpOptions, live } from '../../../../collectors/index.ts'
import { renderPagePlan } from '../../render-page-plan.ts'
import type { ExitCode, Verb, VerbContext } from '../../verb.ts'
import { collecting, secureAddress, usage } from './collecting.ts'
import { tellPlan, tellText } from './told.ts'

interface Options {
  readonly scope?: string
  readonly quotaProject?: string
  readonly policyReads?: string
  readonly denyPolicies: boolean
  readonly entitlements: boolean
  readonly groups: boolean
  readonly fresh?: boolean
  readonly plan?: boolean
  readonly role?: boolean
}

export const collectGcpVerb: Verb = {
  configure(command, run) {
    command
      .option('--scope <name>', 'organizations/ID, folders/ID or projects/ID (default: the organization)')
      .option('--quota-project <id>', 'project that quotas are counted for')
      .option('--policy-reads <n>', 'deny policy and boundary reads a minute (default: Google’s 5)')
      .option('--no-deny-policies', 'leave out deny policies, which take longest')
      .option('--no-entitlements', 'leave out Privileged Access Manager')
      .option('--no-groups', 'leave out who is in which group')
      .option('--fresh', 'begin anew instead of going on with unfinished work')
      .option('--plan', 'print the calls, make none')
      .option('--role', 'print the custom role that allows exactly these calls')
      .addHelpText(
        'after',
        `
Reads and never writes, with application default credentials (gcloud auth
application-default login). A call that is refused becomes a gap and the rest
goes on: exit code 4. Stopped at any moment, the same command goes on where it
was. Google answers five reads of deny policies a minute, and one is needed for
each project: 500 projects take some 100 minutes. Environment variables,
metadata and other places where people put secrets are never kept.
docs/collect.md has the five minutes.

Examples:
  gomeisa collect gcp --plan
  gomeisa collect gcp
  gomeisa collect gcp --scope projects/my-project --quota-project my-project`,
      )
      .action((options: Options) => run((context) => collect(context, options)))
  },
}

async function collect(context: VerbContext, options: Options): Promise<ExitCode> {
  const { planGcp, readOnlyRole } = await live.gcp()
  if (options.role === true) return tellText(context, readOnlyRole())
  if (options.plan === true) return tellPlan(context, planGcp(without(options)), renderPagePlan)
  return made(context, options)
}

async function made(context: VerbContext, options: Options): Promise<ExitCode> {
  const { scope, quotaProject, fresh } = options
  const policyReads = readsIn(options.policyReads)
  if (scope !== undefined && !/^(?:organizations\/\d+|folders\/\d+|projects\/[\w:.-]+)$/.test(scope))
    throw usage(`\`${scope}\` is no scope`, 'write organizations/123, folders/123 or projects/my-project')
  const endpoints = overridden()
  const { collectGcp } = await live.gcp()
  return collecting(context, {
    fresh,
    collect: (usual) =>
      collectGcp({
        ...usual,
        without: without(options),
        endpoints,
        ...(scope === undefined ? {} : { scope }),
        ...(quotaProject === undefined ? {} : { quotaProject }),
        ...(policyReads === undefined ? {} : { policyReads }),
      }),
    tell: (report) => ({ of: report.scope, more: { scope: report.scope } }),
  })
}

function without({ denyPolicies, entitlements, groups }: Options): CollectGcpOptions['without'] {
  return [
    ...(denyPolicies ? [] : (['deny-policies'] as const)),
    ...(entitlements ? [] : (['entitlements'] as const)),
    ...(groups ? [] : (['groups'] as const)),
  ]
}

function readsIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[1-9]\d{0,4}$/.test(text))
    throw usage(`\`${text}\` is no number of reads`, 'write how many a minute your quota allows')
  return Number(text)
}

const SERVICES = [
  'cloudasset',
  'cloudidentity',
  'cloudresourcemanager',
  'iam',
  'privilegedaccessmanager',
] as const

/** Addresses of private endpoints, as gcloud takes them: https://docs.cloud.google.com/sdk/gcloud/reference/config/set */
function overridden(): CollectGcpOptions['endpoints'] {
  return new Map(
    SERVICES.flatMap((service) => {
      const name = `CLOUDSDK_API_ENDPOINT_OVERRIDES_${service.toUpperCase()}`
      const text = process.env[name]
      if (text === undefined || text === '') return []
      return [[service, secureAddress(text, name, 'write https://host/, or unset it')] as const]
    }),
  )
}
