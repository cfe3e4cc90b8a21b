import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Proxy } from '../../fakes/aws/proxy.ts'
import { LAUNCHER, plainEnvironment, type Ran } from '../command.ts'

/** Credentials that moto takes, and no others: not those of whoever runs the tests. */
export const ACCESS = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
}

function start(proxy: Proxy, args: readonly string[]) {
  const env = plainEnvironment({ ...ACCESS, AWS_ENDPOINT_URL: proxy.url })
  return spawn(process.execPath, [LAUNCHER, ...args], { env })
}

/** Runs the command line beside the proxy, which lives in this process. */
export function collecting(proxy: Proxy, args: readonly string[]): Promise<Ran> {
  const child = start(proxy, args)
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return new Promise((resolve) => {
    child.on('close', (status) => {
      resolve({ status, stdout, stderr })
    })
  })
}

/** Runs it until so many calls more are finished, then kills it (SIGKILL); gives the signal that ended it. */
export function killedAfter(
  proxy: Proxy,
  data: string,
  args: readonly string[],
  calls: number,
): Promise<string | null> {
  const before = finished(data)
  const child = start(proxy, args)
  const watch = setInterval(() => {
    if (finished(data) - before >= calls) child.kill('SIGKILL')
  }, 5)
  return new Promise((resolve) => {
    child.on('close', (_, signal) => {
      clearInterval(watch)
      resolve(signal)
    })
  })
}

/** Calls that the journal below a data directory has finished: its lines but the first. */
export function finished(data: string): number {
  const folder = join(data, 'collect')
  const works = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, 'work.jsonl')) : []
  const lines = works.filter((path) => existsSync(path)).map((path) => readFileSync(path, 'utf8').split('\n'))
  return lines.reduce((sum, each) => sum + Math.max(each.length - 2, 0), 0)
}
