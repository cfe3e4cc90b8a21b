import { GomeisaError, ownString } from '../../../graph/index.ts'
import type { LiveCredentials } from '../credential-desk.ts'

/** As the connector calls what it mints. */
export const AWS_CREDENTIALS = 'aws-role'

/** The document of a `credential_process` (AWS SDKs and Tools Reference Guide, "Process credential provider"). */
export function processDocument(live: LiveCredentials): string {
  const { id, key, token, account } = parts(live)
  const Expiration = new Date(live.expiresAt).toISOString()
  const all = { Version: 1, AccessKeyId: id, SecretAccessKey: key, SessionToken: token, Expiration }
  return JSON.stringify({ ...all, ...(account !== undefined && { AccountId: account }) })
}

/** The document of a container endpoint ("Container credential provider"): here the token is called `Token`. */
export function containerDocument(live: LiveCredentials): string {
  const { id, key, token, account, role } = parts(live)
  const Expiration = new Date(live.expiresAt).toISOString()
  const all = { AccessKeyId: id, SecretAccessKey: key, Token: token, Expiration }
  return JSON.stringify({ ...all, AccountId: account, RoleArn: role })
}

function parts({ kind, secret }: LiveCredentials) {
  const [id, key, token] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map((name) =>
    ownString(secret, name),
  )
  if (kind !== AWS_CREDENTIALS || id === undefined || key === undefined || token === undefined) {
    throw new GomeisaError('USAGE', 'this grant gives no credentials of AWS', {
      remedy: 'name a grant of a role in AWS',
    })
  }
  return { id, key, token, account: ownString(secret, 'AccountId'), role: ownString(secret, 'RoleArn') }
}
