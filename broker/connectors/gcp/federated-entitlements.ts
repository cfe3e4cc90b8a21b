import { byId, must } from '../entitlement-list.ts'
import { bindingsById } from './entitlements.ts'

/** A place in Google Cloud where tokens of the broker are believed. */
interface Federated {
  readonly id: string
  /** `projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER`, with `google.subject` mapped from `sub`. */
  readonly provider: string
}

/** A role on a project, folder or organization, for the subject of one grant. */
export interface DirectEntitlement extends Federated {
  readonly resource: string
  readonly role: string
}

/** A service account that the subject of one grant may impersonate. */
export interface ImpersonationEntitlement extends Federated {
  /** Its address; accounts that Google made by itself are too mighty to be lent. */
  readonly serviceAccount: string
  /** What a person's tools ask for, 600 to 3600; they could ask for an hour. */
  readonly lifetimeSeconds?: number
}

const PROVIDER =
  /^projects\/\d{1,20}\/locations\/global\/workloadIdentityPools\/[a-z0-9-]{4,32}\/providers\/[a-z0-9-]{4,32}$/
const ACCOUNT = /^[a-z0-9-]{3,30}@([a-z][a-z0-9-]{4,28}[a-z0-9])\.iam\.gserviceaccount\.com$/

/** By id. Throws `INPUT_SHAPE`, `INPUT_DUPLICATE` as `bindingsById` does. */
export function directById(all: readonly DirectEntitlement[]): ReadonlyMap<string, DirectEntitlement> {
  bindingsById(all.map((each) => ({ ...each, members: new Map<string, string>() })))
  for (const each of all) believed(each)
  return new Map(all.map((each) => [each.id, each]))
}

/** By id. Throws `INPUT_SHAPE` for what Google could not take, `INPUT_DUPLICATE` for an id that stands twice. */
export function impersonationsById(
  all: readonly ImpersonationEntitlement[],
): ReadonlyMap<string, ImpersonationEntitlement> {
  for (const each of all) {
    believed(each)
    const { id, serviceAccount, lifetimeSeconds: life = 3600 } = each
    must(ACCOUNT.test(serviceAccount), id, '`serviceAccount` should be …@PROJECT.iam.gserviceaccount.com')
    const lives = Number.isInteger(life) && life >= 600 && life <= 3600
    must(lives, id, '`lifetimeSeconds` should be a whole number from 600 to 3600')
  }
  return byId(all)
}

/** The project of a service account, by its address. */
export const projectOfAccount = (address: string): string | undefined => ACCOUNT.exec(address)?.[1]

function believed({ id, provider }: Federated): void {
  const form = 'projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER'
  must(PROVIDER.test(provider), id, `\`provider\` should be ${form}`)
}
