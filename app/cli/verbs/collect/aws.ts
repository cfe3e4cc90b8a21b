import { live } from '../../../../collectors/index.ts'
import { count } from '../../plain-text.ts'
import { renderPlan } from '../../render-plan.ts'
import type { ExitCode, Verb, VerbContext } from '../../verb.ts'
import { collecting, usage } from './collecting.ts'
import { tellPlan, tellText } from './told.ts'

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
  const { planAws, readOnlyPolicy, roleTemplate } = await live.aws()
  if (options.policy === true) return tellText(context, JSON.stringify(readOnlyPolicy(), null, 2))
  if (options.template === true) return tellText(context, roleTemplate())
  if (options.plan === true) return tellPlan(context, planAws(options.usage), renderPlan)
  return made(context, checked(options))
}

async function made(context: VerbContext, options: Options): Promise<ExitCode> {
  const { role, externalId, endpointUrl = process.env['AWS_ENDPOINT_URL'], fresh, ...others } = options
  const { collectAws } = await live.aws()
  return collecting(context, {
    fresh,
    collect: (usual) =>
      collectAws({
        ...others,
        ...usual,
        clock: Date.now,
        ...(role === undefined
          ? {}
          : { role: { name: role, ...(externalId === undefined ? {} : { externalId }) } }),
        ...(endpointUrl === undefined || endpointUrl === '' ? {} : { endpoint: endpointUrl }),
      }),
    tell: ({ accounts }) => ({ of: count(accounts.length, 'account'), more: { accounts } }),
  })
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

function list(text: string): readonly string[] {
  return text.split(',').map((part) => part.trim())
}
