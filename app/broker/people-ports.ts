import { readFileSync } from 'node:fs'
import { GomeisaError } from '../../graph/index.ts'
import {
  openWebPort,
  startPeople,
  type DeviceRoutes,
  type DeviceStore,
  type People,
  type PeopleOptions,
  type PeopleStore,
  type WebPort,
  type WebPortOptions,
} from '../../broker/index.ts'

/** Options of `broker run` about people, as they were typed. */
export interface PeopleArguments {
  readonly browserPort: string
  readonly phoneOrigin?: string
  readonly oidcIssuer?: string
  readonly oidcClient?: string
  readonly oidcSecretFile?: string
  readonly oidcClaim?: string
  readonly oidcAcr?: readonly string[]
}

/** People at this broker, as the operator set them up; throws `USAGE` for a half of it. */
export async function peopleOf(
  stores: { readonly store: PeopleStore; readonly devices: DeviceStore },
  options: PeopleArguments,
  browserPort: number,
): Promise<{
  people: People
  routes: DeviceRoutes
  openWeb(at: Pick<WebPortOptions, 'host' | 'port' | 'report'>): Promise<WebPort>
}> {
  const { phoneOrigin } = options
  const provider = providerOf(options)
  const { people, routes } = await startPeople({
    ...stores,
    now: Date.now,
    desk: { rpId: 'localhost', origin: `http://localhost:${browserPort}` },
    ...(phoneOrigin !== undefined && { phone: siteOf(phoneOrigin) }),
    ...(provider && { provider }),
  })
  return { people, routes, openWeb: (at) => openWebPort({ people, ...at }) }
}

function siteOf(origin: string): NonNullable<PeopleOptions['phone']> {
  const url = URL.canParse(origin) ? new URL(origin) : undefined
  if (url?.protocol !== 'https:' || url.origin !== origin) {
    throw new GomeisaError('USAGE', `\`${origin}\` is no address for phones`, {
      remedy: 'write it as https://broker.example.com',
    })
  }
  return { rpId: url.hostname, origin }
}

function providerOf(options: PeopleArguments): PeopleOptions['provider'] {
  const { oidcIssuer: issuer, oidcClient: clientId, oidcSecretFile: file, oidcClaim, oidcAcr } = options
  if (issuer === undefined && clientId === undefined && file === undefined) return undefined
  if (issuer === undefined || clientId === undefined || file === undefined || !URL.canParse(issuer)) {
    throw new GomeisaError('USAGE', 'the identity provider is not described completely', {
      remedy: 'give --oidc-issuer URL, --oidc-client and --oidc-secret-file together',
    })
  }
  return {
    issuer,
    clientId,
    clientSecret: secretIn(file),
    ...(oidcClaim !== undefined && { personClaim: oidcClaim }),
    ...(oidcAcr && { acr: oidcAcr }),
  }
}

function secretIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw new GomeisaError('INPUT_UNREADABLE', `\`${file}\` cannot be read`, {
      place: { file },
      remedy: 'write the secret of the client into it, readable by you alone',
      cause,
    })
  }
}
