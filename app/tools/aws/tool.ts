import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AWS_CREDENTIALS, containerDocument } from '../../../broker/index.ts'
import type { Tool } from '../tool.ts'
import { configFile, setUpProfile } from './profile-file.ts'

/** Everything by which a tool would take other credentials than those of the grant: they come first in the SDKs' order. */
const OTHERS = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_ROLE_ARN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
]

/** The AWS CLI, SDKs, Terraform and whatever else reads the container variables. */
export const awsTool: Tool = {
  name: 'aws',
  kind: AWS_CREDENTIALS,
  asksFirst: false,
  document: containerDocument,
  environment({ url, token, folder }) {
    const [tokenFile, empty] = [join(folder, 'token'), join(folder, 'empty')]
    writeFileSync(tokenFile, token, { mode: 0o600 })
    writeFileSync(empty, '', { mode: 0o600 })
    const region = usualRegion()
    return {
      ...Object.fromEntries(OTHERS.map((name) => [name, undefined])),
      AWS_CONTAINER_CREDENTIALS_FULL_URI: url,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: tokenFile,
      // Credentials of a profile would win over the endpoint's.
      AWS_SHARED_CREDENTIALS_FILE: empty,
      AWS_CONFIG_FILE: empty,
      // Some tools read the one, some the other.
      ...(region !== undefined && { AWS_REGION: region, AWS_DEFAULT_REGION: region }),
    }
  },
  setUp: setUpProfile,
}

/** The person's region: of the environment, else of the default profile, which the command will not see. */
function usualRegion(): string | undefined {
  const told = process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION']
  const file = configFile()
  if (told !== undefined || !existsSync(file)) return told
  const section = readFileSync(file, 'utf8')
    .split(/^\s*\[/m)
    .find((part) => part.startsWith('default]'))
  return /^region\s*=\s*([\w-]+)\s*$/m.exec(section ?? '')?.[1]
}
