import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Lets a broker of its own process issue grants into a ledger (a file, or an address of PostgreSQL), kills it (SIGKILL), and gives the ids that it called active. */
export async function killedGrants(
  file: string,
  options: { readonly atOnce: number; readonly seconds: number },
): Promise<{ readonly active: readonly string[]; readonly seconds: number; readonly signal: string | null }> {
  const script = join(import.meta.dirname, 'grants-child.ts')
  const child = spawn(process.execPath, [script, file, String(options.atOnce)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let [text, began] = ['', 0]
  child.stdout.on('data', (chunk: Buffer) => {
    began ||= performance.now()
    text += chunk.toString()
  })
  while (began === 0 && child.exitCode === null) await sleep(10)
  await sleep(options.seconds * 1000)
  const seconds = (performance.now() - began) / 1000
  const gone = once(child, 'close') as Promise<[number | null, string | null]>
  child.kill('SIGKILL')
  const [, signal] = await gone
  return { active: text.split('\n').slice(0, -1), seconds, signal }
}
