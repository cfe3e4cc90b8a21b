import { spawn } from 'node:child_process'
import type { Proxy } from '../../fakes/aws/proxy.ts'
import { LAUNCHER, plainEnvironment, type Ran } from '../command.ts'

const ACCESS = {
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

/** Runs it until it was answered so many times, then kills it (SIGKILL); gives the signal that ended it. */
export function killedAfter(proxy: Proxy, args: readonly string[], calls: number): Promise<string | null> {
  const before = proxy.answered.length
  const child = start(proxy, args)
  const watch = setInterval(() => {
    if (proxy.answered.length - before >= calls) child.kill('SIGKILL')
  }, 2)
  return new Promise((resolve) => {
    child.on('close', (_, signal) => {
      clearInterval(watch)
      resolve(signal)
    })
  })
}
