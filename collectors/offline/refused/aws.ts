import { awsGap, coveredBy } from '../coverage/aws/table.ts'
import type { Refusal, RefusalReader } from './refusal.ts'

/**
 * Errors of the AWS command line: `An error occurred (CODE) when calling the OPERATION operation: MESSAGE`
 * (botocore.exceptions.ClientError). An account that is in no organization says so as an error, too.
 */
export const AWS_REFUSALS: RefusalReader = {
  inText(text): Refusal | undefined {
    const found =
      /An error occurred \(([\w.:]+)\) when calling the (\w+) operation(?: \([^)]*\))?: ?([^\r\n]*)/.exec(
        text,
      )
    const [, code = '', operation = '', message = ''] = found ?? []
    if (found === null) return undefined
    if (code === 'AWSOrganizationsNotInUseException') return { answer: '{"Organization":null}' }
    const isRefusal = /AccessDenied|Unauthorized|NotAuthorized|AuthFailure|Forbidden/i.test(code)
    const account = /arn:aws[\w-]*:(?:iam|sts)::(\d{12}):/.exec(message)?.[1] ?? '*'
    const action = /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1]
    const gap = awsGap(isRefusal ? 'refused' : 'not-collected', coveredBy(operation), account)
    const why = isRefusal ? `AWS refused ${operation}` : `${operation} failed with ${code}`
    return {
      gap: {
        ...gap,
        consequence: `${gap.consequence} (${why})`,
        remedy: action === undefined ? gap.remedy : `allow the exporter ${action}, then: ${gap.remedy}`,
      },
    }
  },
  inJson: () => undefined,
}
