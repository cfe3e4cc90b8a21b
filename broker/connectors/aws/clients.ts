import { IAMClient } from '@aws-sdk/client-iam'
import { SSOAdminClient } from '@aws-sdk/client-sso-admin'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { GomeisaError } from '../../../graph/index.ts'

/** How AWS is reached. Credentials come from where the SDK finds them: environment, profile, machine. */
export interface Reach {
  readonly region: string
  /** Instead of AWS's own addresses; for tests and private gateways. */
  readonly endpoint?: string
}

const settings = ({ region, endpoint }: Reach) => ({
  region,
  // The ledger counts on it that a call which was given up is not begun anew: retries are its own.
  maxAttempts: 1,
  ...(endpoint !== undefined && { endpoint }),
})

/** The official clients (AWS SDK for JavaScript v3), one a service, and one of IAM for each manager role. */
export class AwsClients {
  readonly sts: STSClient
  readonly center: SSOAdminClient
  readonly #reach: Reach
  readonly #iam = new Map<string, IAMClient>()

  constructor(reach: Reach) {
    this.#reach = reach
    this.sts = new STSClient(settings(reach))
    this.center = new SSOAdminClient(settings(reach))
  }

  /** IAM as the broker itself, or by a manager role whose sessions the SDK renews in memory. */
  iam(manager: string, externalId: string): IAMClient {
    const key = `${manager} ${externalId}`
    const made =
      this.#iam.get(key) ??
      new IAMClient({
        ...settings(this.#reach),
        ...(manager !== '' && { credentials: () => this.#managing(manager, externalId) }),
      })
    this.#iam.set(key, made)
    return made
  }

  async #managing(RoleArn: string, externalId: string) {
    const { Credentials: made } = await this.sts.send(
      new AssumeRoleCommand({
        RoleArn,
        RoleSessionName: 'gomeisa-broker',
        ...(externalId !== '' && { ExternalId: externalId }),
      }),
    )
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = made ?? {}
    if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined)
      throw new GomeisaError('CLOUD_UNUSABLE', 'AWS gave no credentials for the manager role')
    const secret = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
    return { ...secret, ...(Expiration && { expiration: Expiration }) }
  }
}
