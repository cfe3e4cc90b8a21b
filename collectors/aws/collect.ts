import { canonicalJson } from '../../graph/index.ts'
import type { ImportReport } from '../offline/report.ts'
import { type CollectOptions, journalFor, keep } from '../transport/collection.ts'
import type { Journal } from '../transport/journal.ts'
import { Limits } from '../transport/limits.ts'
import { Progress } from '../transport/progress.ts'
import { accountsToRead } from './accounts.ts'
import { chosenCalls } from './calls/table.ts'
import { Clients, type ClientOptions, type Where } from './clients.ts'
import { documents, type Remark } from './documents.ts'
import { codeOf, fatal } from './failures.ts'
import { type Caller, callerOf, type RoleToTake, take } from './identity.ts'
import { organizationReader } from './organization-reader.ts'
import { regionsOf } from './regions.ts'
import { all, Walk } from './walk.ts'

export interface CollectAwsOptions extends CollectOptions {
  /** Milliseconds since 1970, to know when credentials end. */
  readonly clock: () => number
  readonly profile?: string
  /** Where IAM, Organizations and the like are asked; by default what profile and environment say, else us-east-1. */
  readonly region?: string
  readonly endpoint?: string
  /** The role that is taken in each account of the organization; without one only the caller's own account is read. */
  readonly role?: RoleToTake
  /** Only these accounts. */
  readonly accounts?: readonly string[]
  /** Only these regions; else every region that is enabled. */
  readonly regions?: readonly string[]
  /** Whether the last use of actions is asked, two calls and more for each user and role. */
  readonly usage: boolean
}

export interface CollectReport extends ImportReport {
  readonly accounts: readonly string[]
  /** Calls that an earlier process had finished. */
  readonly resumed: number
}

/** Calls at once, of all accounts together; accounts at once. */
const CALLS_AT_ONCE = 48
const ACCOUNTS_AT_ONCE = 8

/**
 * Reads an account, or through a role all accounts of an organization, and keeps the answers as one snapshot. What was
 * refused is a gap of the snapshot. Killed at any moment, the same call goes on where it was. Throws `CLOUD_UNUSABLE` without
 * usable credentials, `STORE_UNUSABLE` when the work cannot be written.
 */
export async function collectAws(options: CollectAwsOptions): Promise<CollectReport> {
  const limits = new Limits(CALLS_AT_ONCE)
  const clients = new Clients(clientOptions(options), limits)
  const region = options.region ?? (await clients.homeRegion())
  const caller = await callerOf(clients, region)
  const journal = openJournal(options, caller, region)
  const resumed = journal.size
  const started = performance.now()
  const progress = new Progress(() => performance.now() - started, options.progress)
  const calls = chosenCalls(options.usage)
  const walk = new Walk(calls, clients, journal, progress)
  try {
    const remarks: Remark[] = []
    const own: Where = { account: caller.account, region }
    const reader = await organizationReader(clients, walk, caller, options.role, own)
    const regions = options.regions ?? (await regionsOf(walk, reader))
    const listed = await accountsToRead(walk, reader, caller, options)
    const organization = walk.through(['organization', 'organization-region'], reader, regions)
    const several = new Limits(ACCOUNTS_AT_ONCE)
    const accounts = listed.map((account) =>
      several.run('accounts', ACCOUNTS_AT_ONCE, async () => {
        const where = await enter(clients, caller, options.role, { account, region })
        if ('refused' in where) remarks.push(where)
        else {
          const there = options.regions ?? (await regionsOf(walk, where))
          if (options.regions !== undefined) remarks.push({ account, regions: options.regions })
          await walk.through(['account', 'region'], where, there)
        }
        // The organization may still be read through the connections of its reader.
        if (account !== reader.account) await clients.release(account)
      }),
    )
    await all([organization, ...accounts])
    remarks.sort((a, b) => (canonicalJson({ ...a }) < canonicalJson({ ...b }) ? -1 : 1))
    const report = await keep(documents(journal, remarks), journal, options)
    await clients.release(reader.account)
    return { ...report, accounts: listed, resumed }
  } catch (error) {
    journal.close()
    throw error
  }
}

function clientOptions({ profile, endpoint, attempts = 10, clock }: CollectAwsOptions): ClientOptions {
  return {
    attempts,
    clock,
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
  }
}

/** One journal for the same question: the caller, the role and what was chosen. */
function openJournal(options: CollectAwsOptions, caller: Caller, region: string): Journal {
  const { role, accounts, regions, usage, endpoint } = options
  const asked = {
    account: caller.account,
    role: role?.name,
    accounts,
    regions,
    usage,
    endpoint,
    region,
    version: 1,
  }
  return journalFor('aws', asked, options)
}

/** The caller's way into an account. Its own account it may read with its own credentials when the role is not there. */
async function enter(
  clients: Clients,
  caller: Caller,
  role: RoleToTake | undefined,
  where: Where,
): Promise<Where | (Remark & { readonly refused: string })> {
  if (role === undefined) return where
  try {
    return { ...where, keys: await take(clients, caller, role, where) }
  } catch (error) {
    const end = fatal(error)
    if (end !== undefined) throw end
    const { account, region } = where
    return account === caller.account
      ? where
      : { account, call: 'sts:AssumeRole', region, refused: codeOf(error) }
  }
}
