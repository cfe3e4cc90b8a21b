import type { Proxy } from '../../fakes/aws/proxy.ts'

/** Credentials that moto takes, and no others: not those of whoever runs the tests. */
export const ACCESS = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
}

/** The environment in which every client of AWS asks the proxy. */
export function through(proxy: Proxy): Readonly<Record<string, string>> {
  return { ...ACCESS, AWS_ENDPOINT_URL: proxy.url }
}
