import { spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** The server of moto, a stand-in for AWS on its own wire protocols: `GOMEISA_MOTO`, or `moto_server` in the path. */
export const MOTO = process.env['GOMEISA_MOTO'] ?? 'moto_server'

export function hasMoto(): boolean {
  return spawnSync(MOTO, ['--help']).status === 0
}

export const HOW_TO_GET_MOTO =
  "skipped: there is no moto_server (python3 -m venv moto && moto/bin/pip install 'moto[server]==5.2.5', then GOMEISA_MOTO=moto/bin/moto_server)"

export interface Server {
  readonly url: string
  stop(): void
}

/** Starts a server of its own, with nothing in it. */
export async function startMoto(): Promise<Server> {
  const port = await freePort()
  const child = spawn(MOTO, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  for (let i = 0; i < 200; i++) {
    const up = await fetch(`${url}/moto-api/data.json`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (up) break
    await pause(100)
  }
  return {
    url,
    stop: () => {
      child.kill('SIGKILL')
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  })
}
