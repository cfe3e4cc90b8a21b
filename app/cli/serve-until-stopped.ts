import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import type { Assessment } from '../estate/assessment.ts'
import { estateApi } from '../server/estate-api/index.ts'
import { startServer } from '../server/index.ts'
import type { Terminal } from './terminal.ts'

export interface ServeOptions {
  readonly port: number
  readonly open: boolean
  /** Told the link as soon as the pages are served. */
  readonly started: (url: string) => void
}

/** Serves the pages until the process is asked to stop (SIGINT, SIGTERM). */
export async function serveUntilStopped(
  terminal: Terminal,
  current: Assessment,
  previous: Assessment | undefined,
  options: ServeOptions,
): Promise<void> {
  const server = await startServer({
    api: estateApi(current, previous),
    host: '127.0.0.1',
    port: options.port,
    token: randomBytes(24).toString('base64url'),
    report: (error) => {
      terminal.note(`error in an answer: ${error instanceof Error ? error.message : String(error)}`)
    },
  })
  options.started(server.url)
  terminal.note('the link works once, on this machine; Ctrl+C stops')
  if (options.open) openBrowser(server.url)
  await new Promise<void>((stop) => {
    process.once('SIGINT', () => {
      stop()
    })
    process.once('SIGTERM', () => {
      stop()
    })
  })
  await server.close()
}

/** Opens the default browser where a person sits in front of one; anything else is no error. */
function openBrowser(url: string): void {
  const { env, platform, stdout } = process
  const graphical =
    platform !== 'linux' || env['DISPLAY'] !== undefined || env['WAYLAND_DISPLAY'] !== undefined
  if (!stdout.isTTY || !graphical || env['CI'] !== undefined || env['SSH_CONNECTION'] !== undefined) return
  const [command, args]: [string, string[]] =
    platform === 'darwin' ? ['open', [url]] : platform === 'win32' ? ['explorer', [url]] : ['xdg-open', [url]]
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref()
}
