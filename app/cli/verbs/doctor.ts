import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import {
  CLOUD_TOOLS,
  ESTATE_VERSION,
  openEmbeddedStore,
  readEstate,
  STORE_FILE,
} from '../../../graph/index.ts'
import { packageRoot, packageVersion } from '../../package-root.ts'
import { envelope } from '../envelope.ts'
import { count, printable } from '../terminal.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

/** One thing looked at. `problem` makes the command fail, `remark` does not. */
interface Check {
  readonly what: string
  readonly state: 'ok' | 'remark' | 'problem'
  readonly says: string
}

export const doctor: Verb = {
  configure(command, run) {
    command
      .addHelpText(
        'after',
        '\nChecks Node, the store, the pages and the optional tools, and says what to do.',
      )
      .action(() =>
        run(async ({ terminal, global }) => {
          const checks = [node(), ...(await store(global.data)), pages(), ...tools()]
          if (global.json) {
            terminal.out(JSON.stringify(envelope('doctor', null, { checks }), null, 2))
          } else {
            const marks = {
              ok: terminal.style('green', 'ok     '),
              remark: terminal.style('yellow', 'remark '),
              problem: terminal.style('red', 'problem'),
            }
            for (const check of checks)
              terminal.out(`${marks[check.state]}  ${check.what.padEnd(10)} ${printable(check.says)}`)
          }
          return checks.some((check) => check.state === 'problem') ? EXIT.error : EXIT.ok
        }),
      )
  },
}

function node(): Check {
  return {
    what: 'gomeisa',
    state: 'ok',
    says: `${packageVersion()} on Node ${process.versions.node}, ${process.platform} ${process.arch}`,
  }
}

async function store(directory: string): Promise<Check[]> {
  const file = join(directory, STORE_FILE)
  if (!existsSync(file))
    return [{ what: 'store', state: 'remark', says: `none in ${directory}: gomeisa import makes it` }]
  try {
    accessSync(file, constants.R_OK | constants.W_OK)
    const store = openEmbeddedStore(directory, { create: false })
    try {
      const snapshots = await store.snapshots()
      const size = Math.round(statSync(file).size / 1e5) / 10
      const checks: Check[] = [
        { what: 'store', state: 'ok', says: `${file}: ${count(snapshots.length, 'snapshot')}, ${size} MB` },
      ]
      for (const source of snapshots.flatMap((s) => s.sources)) await store.content(source.content)
      for (const snapshot of snapshots) {
        if ((await readEstate(store, snapshot.id)) === undefined) {
          const says = `snapshot ${snapshot.id.slice(0, 12)} is not analysed (layout ${ESTATE_VERSION}): gomeisa analyze`
          checks.push({ what: 'estate', state: 'remark', says })
        }
      }
      const mode = statSync(directory).mode & 0o077
      if (mode !== 0)
        checks.push({
          what: 'store',
          state: 'remark',
          says: `${directory} can be entered by others: chmod 700`,
        })
      return checks
    } finally {
      await store.close()
    }
  } catch (error) {
    return [{ what: 'store', state: 'problem', says: error instanceof Error ? error.message : String(error) }]
  }
}

function pages(): Check {
  const built = existsSync(join(packageRoot(), 'ui', 'dist', 'index.html'))
  return built
    ? { what: 'pages', state: 'ok', says: 'built' }
    : { what: 'pages', state: 'problem', says: 'not built: npm run build:ui (npm start does it by itself)' }
}

/** The clouds' own tools make the exports; none is needed to analyse them. */
function tools(): Check[] {
  return [...Object.values(CLOUD_TOOLS), 'jq'].map((tool) => {
    try {
      execFileSync(tool, ['--version'], { stdio: 'ignore', timeout: 20_000 })
      return { what: tool, state: 'ok', says: 'found, for making exports (docs/import.md)' }
    } catch {
      return { what: tool, state: 'remark', says: 'not found; only needed where exports are made' }
    }
  })
}
