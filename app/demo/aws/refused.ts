import { text } from '../demo-file.ts'
import type { DemoFile } from '../demo-file.ts'
import type { AwsAccount } from './accounts.ts'

/** The account whose owners did not let the exporter in: what is there stays unknown. */
export const REFUSED_ACCOUNT = 'sandbox-labs'

/** What the AWS CLI printed instead of an answer. */
export function refusedFiles(account: AwsAccount): DemoFile[] {
  const caller = `arn:aws:sts::${account.id}:assumed-role/gomeisa-export/export`
  const refused = (operation: string, action: string): string =>
    `An error occurred (AccessDenied) when calling the ${operation} operation: User: ${caller} is not authorized to perform: ` +
    `${action} on resource: * because no identity-based policy allows the ${action} action`
  const folder = `aws/accounts/${account.id}`
  return [
    text(`${folder}/gaad.json`, [
      '',
      refused('GetAccountAuthorizationDetails', 'iam:GetAccountAuthorizationDetails'),
    ]),
    text(`${folder}/credential-report.csv`, ['', refused('GetCredentialReport', 'iam:GetCredentialReport')]),
  ]
}
