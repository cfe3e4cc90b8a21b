import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'

export const LAUNCHER = join(import.meta.dirname, '../../app/cli/bin.mjs')

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Standard input; none unless given. */
  readonly input?: string
}

/** What the tests run in: nobody's colours, no debugging. */
export function plainEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const mine = ['FORCE_COLOR', 'NO_COLOR', 'GOMEISA_DEBUG']
  const rest = Object.entries(process.env).filter(([name]) => !mine.includes(name))
  return { ...Object.fromEntries(rest), ...extra }
}

/** Runs the real command line as a process of its own, without a terminal. */
export function gomeisa(args: readonly string[], { cwd, env, input }: RunOptions = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [LAUNCHER, ...args], {
    encoding: 'utf8',
    cwd: cwd ?? tmpdir(),
    env: plainEnvironment(env),
    ...(input === undefined ? {} : { input }),
    maxBuffer: 1e9,
  })
  return { status, stdout, stderr }
}

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gomeisa-cli-'))
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** Writes files below a folder; what is no text is written as JSON. */
export function exported(folder: string, files: Readonly<Record<string, unknown>>): string {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  }
  return folder
}

/** A store with both weeks of the demo, analysed. */
export function demoStore(): string {
  const folder = join(temporaryFolder(), 'demo')
  const { status, stderr } = gomeisa(['demo', '--once', '--keep', folder, '--quiet'])
  if (status !== 0) throw new Error(`the demo ended with ${status}: ${stderr}`)
  return folder
}

export interface AwsStatement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Action: string
  readonly Resource: string
  readonly [key: string]: unknown
}

/** `aws iam get-account-authorization-details` of one account: users with one inline policy each. */
export function accountDetails(users: Readonly<Record<string, AwsStatement>>, account = '111122223333') {
  return {
    UserDetailList: Object.entries(users).map(([name, statement], i) => ({
      Path: '/',
      UserName: name,
      UserId: `AIDA${i}`,
      Arn: `arn:aws:iam::${account}:user/${name}`,
      CreateDate: '2024-01-01T00:00:00+00:00',
      UserPolicyList: [
        { PolicyName: 'inline', PolicyDocument: { Version: '2012-10-17', Statement: [statement] } },
      ],
      GroupList: [],
      AttachedManagedPolicies: [],
    })),
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
  }
}

/** An organization in one file without control policies, so that no answer is unknown for want of them. */
export function wholeOrganization(account = '111122223333') {
  const all = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
  return {
    Id: 'o-test000001',
    MasterAccountId: account,
    RootId: 'r-root',
    Ous: { 'r-root': { parent: null, scps: ['p-FullAWSAccess'], rcps: ['p-RCPFullAWSAccess'] } },
    Accounts: {
      [account]: { name: 'main', ou: 'r-root', scps: ['p-FullAWSAccess'], rcps: ['p-RCPFullAWSAccess'] },
    },
    Scps: { 'p-FullAWSAccess': { name: 'FullAWSAccess', doc: all } },
    Rcps: { 'p-RCPFullAWSAccess': { name: 'RCPFullAWSAccess', doc: all } },
  }
}
