import { spawn } from 'node:child_process'
import { LAUNCHER, plainEnvironment, type Ran } from '../command.ts'

const ROOT = new URL('../../../', import.meta.url)

/** A program that lists objects by Google's own library, with the credentials that it finds by itself. */
export const LISTS = `
import { GoogleAuth } from 'google-auth-library'
const auth = new GoogleAuth({ scopes: ['https://www.googleapis.com/auth/cloud-platform'] })
for (let i = 0; i < Number(process.env.TIMES ?? 1); i++) {
  try {
    const { data } = await auth.request({ url: process.env.OBJECTS, retry: false })
    console.log(data.seen)
  } catch (error) {
    console.log('error', error.response?.status ?? '', error.message)
  }
}`

/** What a person runs: nothing of whoever runs the tests, and none of the broker's own credentials. */
export function person(env: Readonly<Record<string, string>>) {
  const LEFT_OUT = ['GOOGLE_APPLICATION_CREDENTIALS', 'GOOGLE_CLOUD_PROJECT']
  const run = (file: string, args: readonly string[], extra: Record<string, string> = {}): Promise<Ran> => {
    const usual = Object.entries(plainEnvironment(env)).filter(([name]) => !LEFT_OUT.includes(name))
    const child = spawn(file, args, {
      env: { ...Object.fromEntries(usual), ...extra },
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: ROOT,
    })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (part: Buffer) => (stdout += part.toString()))
    child.stderr.on('data', (part: Buffer) => (stderr += part.toString()))
    return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })))
  }
  const node = ['--input-type=module', '-e', LISTS]
  return {
    run,
    gomeisa: (args: readonly string[], extra: Record<string, string> = {}) =>
      run(process.execPath, [LAUNCHER, ...args], extra),
    /** Google's library in a process of its own. */
    lists: (extra: Record<string, string> = {}) => run(process.execPath, node, extra),
    /** The same, to stand behind `exec`. */
    listing: [process.execPath, ...node],
  }
}
