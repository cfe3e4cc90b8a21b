/**
 * Builds the UI when there is something to build and the last build is older than its sources.
 * `npm start` runs it first, so that a fresh clone needs no extra step and a second start loses no time.
 */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ui = dirname(fileURLToPath(import.meta.url))
const root = dirname(ui)
const built = join(ui, 'dist', 'index.html')

function newest(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  const inside = readdirSync(path).filter((name) => name !== 'dist' && name !== 'node_modules')
  return Math.max(stat.mtimeMs, ...inside.map((name) => newest(join(path, name))))
}

/** What the bundle is made of: the room itself and the versions of the libraries it takes in. */
function sourcesChangedAt() {
  // The folder's own time is left out: writing `dist` into it changes it.
  const inside = readdirSync(ui).filter((name) => name !== 'dist')
  return Math.max(...inside.map((name) => newest(join(ui, name))), newest(join(root, 'package-lock.json')))
}

if (
  existsSync(join(ui, 'index.html')) &&
  !(existsSync(built) && statSync(built).mtimeMs >= sourcesChangedAt())
) {
  const { build } = await import('vite')
  await build({ configFile: join(ui, 'vite.config.ts'), logLevel: 'warn' })
}
