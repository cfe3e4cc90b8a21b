import { spawn, spawnSync } from 'node:child_process'
import { LAUNCHER, plainEnvironment, type Ran } from '../command.ts'

const ROOT = new URL('../../../', import.meta.url)

/** Azure's CLI: `GOMEISA_AZ`, or `az` in the path. */
export const AZ = process.env['GOMEISA_AZ'] ?? 'az'
export const hasAz = (): boolean => spawnSync(AZ, ['version']).status === 0
export const HOW_TO_GET_AZ =
  'skipped: there is no Azure CLI (python3 -m venv az && az/bin/pip install azure-cli==2.91.0, then GOMEISA_AZ=az/bin/az)'

/** A program that takes a token by Microsoft's own library, and lists resource groups with it. */
const LISTS = `
import { ManagedIdentityCredential, DefaultAzureCredential } from '@azure/identity'
for (const credential of [new ManagedIdentityCredential(), new DefaultAzureCredential()]) {
  try {
    const { token, expiresOnTimestamp } = await credential.getToken('https://management.azure.com/.default')
    const answer = await fetch(process.env.GROUPS, { headers: { Authorization: 'Bearer ' + token } })
    const { value = [] } = await answer.json()
    console.log(answer.status, value.map(({ name }) => name).join(), expiresOnTimestamp > Date.now())
  } catch (error) {
    console.log('error', error.message)
  }
}`
/** The same, to stand behind `exec`. */
export const LISTING = [process.execPath, '--input-type=module', '-e', LISTS]

/** What a person runs: nothing of whoever runs the tests, and none of the broker's own credentials. */
export function person(env: Readonly<Record<string, string>>) {
  const run = (file: string, args: readonly string[]): Promise<Ran> => {
    const usual = Object.entries(plainEnvironment(env)).filter(([name]) => !name.startsWith('IDENTITY_'))
    const all = { ...Object.fromEntries(usual), AZURE_CORE_COLLECT_TELEMETRY: 'false' }
    const child = spawn(file, args, { env: all, stdio: ['ignore', 'pipe', 'pipe'], cwd: ROOT })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (part: Buffer) => (stdout += part.toString()))
    child.stderr.on('data', (part: Buffer) => (stderr += part.toString()))
    return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })))
  }
  return { run, gomeisa: (...args: readonly string[]) => run(process.execPath, [LAUNCHER, ...args]) }
}
