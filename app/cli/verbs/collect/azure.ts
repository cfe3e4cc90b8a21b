import { type CollectAzureOptions, live } from '../../../../collectors/index.ts'
import { renderPagePlan } from '../../render-page-plan.ts'
import type { ExitCode, Verb, VerbContext } from '../../verb.ts'
import { collecting, secureAddress, usage } from './collecting.ts'
import { tellPlan, tellText } from './told.ts'

interface Options {
  readonly tenant?: string
  readonly armUrl?: string
  readonly graphUrl?: string
  readonly eligibilities: boolean
  readonly groupMembers: boolean
  readonly fresh?: boolean
  readonly plan?: boolean
  readonly role?: boolean
  readonly graphPermissions?: boolean
}

export const collectAzureVerb: Verb = {
  configure(command, run) {
    command
      .option('--tenant <id>', 'the tenant (default: the one of the credentials)')
      .option('--arm-url <url>', 'Resource Manager of another cloud than the public one')
      .option('--graph-url <url>', 'Microsoft Graph of another cloud than the public one')
      .option('--no-eligibilities', 'leave out Privileged Identity Management')
      .option('--no-group-members', 'leave out who is in which group')
      .option('--fresh', 'begin anew instead of going on with unfinished work')
      .option('--plan', 'print the calls, make none')
      .option('--role', 'print the custom role that allows exactly these calls')
      .option('--graph-permissions', 'print the permissions of Microsoft Graph that they need')
      .addHelpText(
        'after',
        `
Reads and never writes, with the credentials that Azure's own libraries find:
environment, workload or managed identity, az login. A call that is refused
becomes a gap and the rest goes on: exit code 4. Stopped at any moment, the same
command goes on where it was. Keys and secrets are never kept, only their ids
and dates. docs/collect.md has the five minutes.

Examples:
  gomeisa collect azure --plan
  gomeisa collect azure
  gomeisa collect azure --tenant 00000000-0000-0000-0000-000000000000`,
      )
      .action((options: Options) => run((context) => collect(context, options)))
  },
}

async function collect(context: VerbContext, options: Options): Promise<ExitCode> {
  const { azureGraphPermissions, azureReadOnlyRole, planAzure } = await live.azure()
  if (options.role === true) return tellText(context, azureReadOnlyRole())
  if (options.graphPermissions === true) return tellText(context, azureGraphPermissions())
  if (options.plan === true) return tellPlan(context, planAzure(without(options)), renderPagePlan)
  return made(context, options)
}

async function made(context: VerbContext, options: Options): Promise<ExitCode> {
  const { tenant, fresh } = options
  if (tenant !== undefined && !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(tenant))
    throw usage(`\`${tenant}\` is no tenant`, 'write its id, as `az account show` prints it: tenantId')
  const endpoints = addresses(options)
  const authority = process.env['AZURE_AUTHORITY_HOST'] ?? ''
  const { collectAzure } = await live.azure()
  if (authority !== '') secureAddress(authority, 'AZURE_AUTHORITY_HOST', 'write https://host/, or unset it')
  return collecting(context, {
    fresh,
    collect: (usual) =>
      collectAzure({
        ...usual,
        without: without(options),
        endpoints,
        ...(authority === '' ? {} : { authority }),
        ...(tenant === undefined ? {} : { tenant: tenant.toLowerCase() }),
      }),
    tell: (report) => ({ of: `tenant ${report.tenant}`, more: { tenant: report.tenant } }),
  })
}

function without({ eligibilities, groupMembers }: Options): CollectAzureOptions['without'] {
  return [
    ...(eligibilities ? [] : (['eligibilities'] as const)),
    ...(groupMembers ? [] : (['group-members'] as const)),
  ]
}

/** Addresses of another cloud. */
function addresses({ armUrl, graphUrl }: Options): CollectAzureOptions['endpoints'] {
  const given = [
    ['arm', '--arm-url', armUrl],
    ['graph', '--graph-url', graphUrl],
  ] as const
  return new Map(
    given.flatMap(([service, option, text]) =>
      text === undefined ? [] : [[service, secureAddress(text, option, 'write https://host/')] as const],
    ),
  )
}
