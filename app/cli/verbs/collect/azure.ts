import { join } from 'node:path'
import {
  azureGraphPermissions,
  azureReadOnlyRole,
  collectAzure,
  type CollectAzureOptions,
  planAzure,
} from '../../../../collectors/index.ts'
import { GomeisaError, type Instant, openEmbeddedStore } from '../../../../graph/index.ts'
import { envelope } from '../../envelope.ts'
import { jsonText } from '../../json-text.ts'
import { renderPagePlan } from '../../render-page-plan.ts'
import type { Verb, VerbContext } from '../../verb.ts'
import { EXIT, type ExitCode } from '../../verb.ts'
import { progressInWords, tellCollected } from './told.ts'

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
  const { terminal, global } = context
  if (options.role === true) {
    terminal.out(azureReadOnlyRole().trimEnd())
    return EXIT.ok
  }
  if (options.graphPermissions === true) {
    terminal.out(azureGraphPermissions().trimEnd())
    return EXIT.ok
  }
  if (options.plan === true) {
    const plan = planAzure(without(options))
    if (global.json) terminal.out(jsonText(envelope('collect', null, { plan })))
    else renderPagePlan(terminal, plan)
    return EXIT.ok
  }
  return made(context, options)
}

async function made(context: VerbContext, options: Options): Promise<ExitCode> {
  const { terminal, global, now } = context
  const { tenant } = options
  if (tenant !== undefined && !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(tenant))
    throw usage(`\`${tenant}\` is no tenant`, 'write its id, as `az account show` prints it: tenantId')
  const endpoints = addresses(options)
  const authority = process.env['AZURE_AUTHORITY_HOST'] ?? ''
  if (authority !== '' && !isHttps(authority))
    throw usage('AZURE_AUTHORITY_HOST is no https address', 'write https://host/, or unset it')
  const store = openEmbeddedStore(global.data)
  try {
    const report = await collectAzure({
      store,
      work: join(global.data, 'collect'),
      now: now.toISOString().replace(/\.\d+Z$/, 'Z') as Instant,
      without: without(options),
      fresh: options.fresh ?? false,
      endpoints,
      ...(authority === '' ? {} : { authority }),
      ...(tenant === undefined ? {} : { tenant: tenant.toLowerCase() }),
      progress: (progress) => {
        terminal.progress(`reading … ${progressInWords(progress)}`)
      },
    })
    return tellCollected(context, {
      report,
      resumed: report.resumed,
      of: `tenant ${report.tenant}`,
      more: { tenant: report.tenant },
    })
  } finally {
    await store.close()
  }
}

function without({ eligibilities, groupMembers }: Options): CollectAzureOptions['without'] {
  return [
    ...(eligibilities ? [] : (['eligibilities'] as const)),
    ...(groupMembers ? [] : (['group-members'] as const)),
  ]
}

/** Addresses of another cloud; credentials go there, so nothing but https. */
function addresses({ armUrl, graphUrl }: Options): CollectAzureOptions['endpoints'] {
  const given = [
    ['arm', '--arm-url', armUrl],
    ['graph', '--graph-url', graphUrl],
  ] as const
  return new Map(
    given.flatMap(([service, option, text]) => {
      if (text === undefined) return []
      if (!isHttps(text)) throw usage(`${option} is no https address`, 'write https://host/')
      return [[service, new URL(text)] as const]
    }),
  )
}

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:'
}

function usage(message: string, remedy: string): GomeisaError {
  return new GomeisaError('USAGE', message, { remedy })
}
