import { join } from 'node:path'
import { collectAws, planAws, readOnlyPolicy, roleTemplate } from '../../../../collectors/index.ts'
import { GomeisaError, type Instant, openEmbeddedStore } from '../../../../graph/index.ts'
import { envelope } from '../../envelope.ts'
import { jsonText } from '../../json-text.ts'
import { count } from '../../plain-text.ts'
import { renderPlan } from '../../render-plan.ts'
import type { Verb, VerbContext } from '../../verb.ts'
import { EXIT, type ExitCode } from '../../verb.ts'
import { progressInWords, tellCollected } from './told.ts'

interface Options {
  readonly profile?: string
  readonly region?: string
  readonly endpointUrl?: string
  readonly role?: string
  readonly externalId?: string
  readonly accounts?: readonly string[]
  readonly regions?: readonly string[]
  readonly usage: boolean
  readonly fresh?: boolean
  readonly plan?: boolean
  readonly policy?: boolean
  readonly template?: boolean
}

export const collectAwsVerb: Verb = {
  configure(command, run) {
    command
      .option('--profile <name>', 'profile of the AWS command line')
      .option('--region <name>', 'where global services are asked (default: the profile’s, else us-east-1)')
      .option('--role <name>', 'role to take in every account of the organization')
      .option('--external-id <id>', 'external id that the role asks for')
      .option('--accounts <ids>', 'only these accounts, separated by commas', list)
      .option('--regions <names>', 'only these regions (default: every enabled one)', list)
      .option('--no-usage', 'do not ask when permissions were last used')
      .option('--fresh', 'begin anew instead of going on with unfinished work')
      .option('--endpoint-url <url>', 'instead of AWS’s addresses (or AWS_ENDPOINT_URL)')
      .option('--plan', 'print the calls, make none')
      .option('--policy', 'print the IAM policy that allows exactly these calls')
      .option('--template', 'print the CloudFormation template of the role')
      .addHelpText(
        'after',
        `
Reads and never writes. Without --role the account of your credentials is read;
with it every account of the organization. A call that is refused becomes a gap
and the rest goes on: exit code 4. Stopped at any moment, the same command goes
on where it was. Environment variables, commands, parameters and other places
where people put secrets are never kept. docs/collect.md has the five minutes.

Examples:
  gomeisa collect aws --plan
  gomeisa collect aws --profile audit
  gomeisa collect aws --role GomeisaReadOnly --external-id EXAMPLE-ID`,
      )
      .action((options: Options) => run((context) => collect(context, options)))
  },
}

async function collect(context: VerbContext, options: Options): Promise<ExitCode> {
  const { terminal, global } = context
  if (options.policy === true) {
    terminal.out(JSON.stringify(readOnlyPolicy(), null, 2))
    return EXIT.ok
  }
  if (options.template === true) {
    terminal.out(roleTemplate().trimEnd())
    return EXIT.ok
  }
  if (options.plan === true) {
    const plan = planAws(options.usage)
    if (global.json) terminal.out(jsonText(envelope('collect', null, { plan })))
    else renderPlan(terminal, plan)
    return EXIT.ok
  }
  return made(context, checked(options))
}

async function made(context: VerbContext, options: Options): Promise<ExitCode> {
  const { terminal, global, now } = context
  const store = openEmbeddedStore(global.data)
  const { role, externalId, endpointUrl = process.env['AWS_ENDPOINT_URL'], ...others } = options
  try {
    const report = await collectAws({
      ...others,
      store,
      work: join(global.data, 'collect'),
      now: now.toISOString().replace(/\.\d+Z$/, 'Z') as Instant,
      clock: Date.now,
      fresh: options.fresh ?? false,
      ...(role === undefined
        ? {}
        : { role: { name: role, ...(externalId === undefined ? {} : { externalId }) } }),
      ...(endpointUrl === undefined || endpointUrl === '' ? {} : { endpoint: endpointUrl }),
      progress: (progress) => {
        terminal.progress(`reading … ${progressInWords(progress)}`)
      },
    })
    const { accounts, resumed } = report
    const of = count(accounts.length, 'account')
    return tellCollected(context, { report, resumed, of, more: { accounts } })
  } finally {
    await store.close()
  }
}

function checked(options: Options): Options {
  const wrong = options.accounts?.find((id) => !/^\d{12}$/.test(id))
  if (wrong !== undefined)
    throw usage(`\`${wrong}\` is no account`, 'write the twelve digits of each account')
  const region = options.regions?.find((name) => !/^[a-z]{2,}(?:-[a-z]+)+-\d+$/.test(name))
  if (region !== undefined) throw usage(`\`${region}\` is no region`, 'write names such as eu-central-1')
  if (options.role === undefined && options.accounts !== undefined)
    throw usage('--accounts needs --role', 'name the role that is to be taken in these accounts')
  if (options.role === undefined && options.externalId !== undefined)
    throw usage('--external-id needs --role', 'name the role that asks for it')
  if (options.role !== undefined && !/^[\w+=,.@/-]{1,512}$/.test(options.role))
    throw usage(`\`${options.role}\` is no name of a role`, 'write the name (with its path), not the ARN')
  return options
}

function usage(message: string, remedy: string): GomeisaError {
  return new GomeisaError('USAGE', message, { remedy })
}

function list(text: string): readonly string[] {
  return text.split(',').map((part) => part.trim())
}
