/**
 * Builds the UI when there is something to build and the last build is older than its sources (or with `--force`).
 * `npm start` and the tests run it first, so that a fresh clone needs no extra step and a second start loses no time.
 */
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const ui = dirname(fileURLToPath(import.meta.url))
const dist = join(ui, 'dist')
const isSource = (name) => name !== 'dist' && !name.startsWith('.')

function newest(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** What the bundle is made of: the room itself and the versions of the libraries it takes in. */
function sourcesChangedAt() {
  // The time of the folder itself is left out: replacing `dist` in it changes it.
  const inside = readdirSync(ui).filter(isSource)
  return Math.max(newest(join(ui, '../package-lock.json')), ...inside.map((name) => newest(join(ui, name))))
}

function isBuilt() {
  const page = join(dist, 'index.html')
  return existsSync(page) && statSync(page).mtimeMs >= sourcesChangedAt()
}

if (existsSync(join(ui, 'index.html')) && (process.argv.includes('--force') || !isBuilt())) {
  // Built aside and then put in place, so that a server that runs meanwhile never serves half of it.
  const aside = join(ui, `.dist-${process.pid}`)
  // Whoever calls (a test runner sets its own): the page gets React as it is for users, half as big and without checks.
  process.env.NODE_ENV = 'production'
  const { build } = await import('vite')
  try {
    await build({ configFile: join(ui, 'vite.config.ts'), logLevel: 'warn', build: { outDir: aside } })
    rmSync(dist, { recursive: true, force: true })
    renameSync(aside, dist)
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}
