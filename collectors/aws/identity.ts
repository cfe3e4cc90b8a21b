import { isObject, type Json, own, ownObject, ownString } from '../../graph/index.ts'
import { STS } from './calls/services.ts'
import type { Clients, Keys, Where } from './clients.ts'
import { noEntry } from './failures.ts'

/** Whose credentials the collector was given. */
export interface Caller {
  readonly account: string
  readonly arn: string
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string
}

/** The role that is taken in every account. */
export interface RoleToTake {
  readonly name: string
  readonly externalId?: string
}

/** Asks who the caller is; needs no permission. Throws `CLOUD_UNUSABLE`. */
export async function callerOf(clients: Clients, region: string): Promise<Caller> {
  let answer: Json
  try {
    answer = await clients.send(STS, 'GetCallerIdentity', {}, { account: 'caller', region })
  } catch (error) {
    throw noEntry(error)
  }
  const account = isObject(answer) ? ownString(answer, 'Account') : undefined
  const arn = isObject(answer) ? ownString(answer, 'Arn') : undefined
  if (account === undefined || arn === undefined) throw noEntry(undefined)
  return { account, arn, partition: arn.split(':')[1] ?? 'aws' }
}

/** Takes a role, at first now, and again shortly before it ends. Rejects with the SDK's error when it is refused. */
export async function take(
  clients: Clients,
  caller: Caller,
  role: RoleToTake,
  where: Where,
): Promise<() => Promise<Keys>> {
  const assume = async () => {
    const answer = await clients.send(
      STS,
      'AssumeRole',
      {
        RoleArn: `arn:${caller.partition}:iam::${where.account}:role/${role.name}`,
        RoleSessionName: 'gomeisa',
        ...(role.externalId === undefined ? {} : { ExternalId: role.externalId }),
      },
      { account: 'caller', region: where.region },
    )
    return keysIn(answer)
  }
  let current = assume()
  await current
  return async () => {
    const { expiration } = await current
    if (expiration !== undefined && expiration.getTime() - clients.clock() < SPARE_MS) current = assume()
    return current
  }
}

const SPARE_MS = 5 * 60_000

function keysIn(answer: Json): Keys {
  const given = isObject(answer) ? ownObject(answer, 'Credentials') : undefined
  const text = (name: string) => (given === undefined ? '' : (ownString(given, name) ?? ''))
  const expires = given === undefined ? undefined : own(given, 'Expiration')
  return {
    accessKeyId: text('AccessKeyId'),
    secretAccessKey: text('SecretAccessKey'),
    sessionToken: text('SessionToken'),
    ...(typeof expires === 'string' ? { expiration: new Date(expires) } : {}),
  }
}
