import { GomeisaError } from '../../graph/index.ts'
import { plainCode } from '../transport/error-parts.ts'

/** The code of an error of the SDK or of the network, for people: never its message, which may quote a request. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Unknown'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const name = error.name === 'Error' || error.name === 'AggregateError' ? (code ?? 'Unknown') : error.name
  return plainCode(name)
}

/** Whether the service has no such endpoint: the name of it does not exist. */
export function isNoEndpoint(error: unknown): boolean {
  return codeOf(error) === 'ENOTFOUND' || codeOf(error) === 'EndpointError'
}

const NO_CREDENTIALS = /^(?:CredentialsProviderError|TokenProviderError|ProviderError)$/
const EXPIRED = /^(?:ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/

/** An error after which no call can be answered: it ends the collection, which can go on later. */
export function fatal(error: unknown): GomeisaError | undefined {
  if (error instanceof GomeisaError) return error
  const code = codeOf(error)
  if (NO_CREDENTIALS.test(code)) {
    return new GomeisaError('CLOUD_UNUSABLE', 'there are no usable AWS credentials', {
      remedy:
        'sign in (aws sso login), name a profile with --profile, or set AWS_ACCESS_KEY_ID and its secret',
    })
  }
  if (EXPIRED.test(code)) {
    return new GomeisaError('CLOUD_UNUSABLE', `the AWS credentials have expired (${code})`, {
      remedy: 'sign in again and run the same command: it goes on where it was',
    })
  }
  return undefined
}

/** Why the collector could not find out who it is. */
export function noEntry(error: unknown): GomeisaError {
  return (
    fatal(error) ??
    new GomeisaError('CLOUD_UNUSABLE', `AWS did not say whose credentials these are (${codeOf(error)})`, {
      remedy: 'try `aws sts get-caller-identity` with the same profile, region and endpoint',
    })
  )
}
