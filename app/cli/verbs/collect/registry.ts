import type { Verb } from '../../verb.ts'
import { collectAwsVerb } from './aws.ts'
import { collectAzureVerb } from './azure.ts'
import { collectGcpVerb } from './gcp.ts'

/** The clouds that can be read live. */
export const COLLECTORS: readonly {
  readonly name: string
  readonly summary: string
  readonly collector: Verb
}[] = [
  { name: 'aws', summary: 'Reads AWS live: one account or a whole organization', collector: collectAwsVerb },
  {
    name: 'gcp',
    summary: 'Reads Google Cloud live: an organization, folder or project',
    collector: collectGcpVerb,
  },
  { name: 'azure', summary: 'Reads Azure live: a tenant and its subscriptions', collector: collectAzureVerb },
]
