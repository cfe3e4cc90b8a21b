import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { CLOUD_TOOLS, ESTATE_VERSION, openEmbeddedStore, readEstate, STORE_FILE } from '../../graph/index.ts'
import { packageRoot, packageVersion } from '../package-root.ts'
import { commandLine } from './hint.ts'
import { count } from './plain-text.ts'
import type { GlobalOptions } from './verb.ts'

/** One thing looked at. `problem` makes `doctor` fail, `remark` does not. */
export interface Check {
  readonly what: string
  readonly state: 'ok' | 'remark' | 'problem'
  readonly says: string
}

/** Everything that `doctor` looks at. Never throws: what cannot be read is a problem. */
export async function checks(global: GlobalOptions): Promise<Check[]> {
  return [node(), ...(await store(global)), pages(), ...tools()]
}

function node(): Check {
  const says = `${packageVersion()} on Node ${process.versions.node}, ${process.platform} ${process.arch}`
  return { what: 'gomeisa', state: 'ok', says }
}

async function store(global: GlobalOptions): Promise<Check[]> {
  const directory = global.data
  const file = join(directory, STORE_FILE)
  if (!existsSync(file)) {
    const says = `none in ${directory}; ${commandLine(global, 'import', 'PATH…')} makes it`
    return [{ what: 'store', state: 'remark', says }]
  }
  try {
    accessSync(file, constants.R_OK | constants.W_OK)
    const store = openEmbeddedStore(directory, { create: false })
    try {
      const snapshots = await store.snapshots()
      for (const source of snapshots.flatMap((each) => each.sources)) await store.content(source.content)
      const found: Check[] = [
        {
          what: 'store',
          state: 'ok',
          says: `${file}, ${sizeOf(file)}; every kept file matches its checksum`,
        },
      ]
      for (const snapshot of snapshots) {
        const analysed = (await readEstate(store, snapshot.id)) !== undefined
        const id = snapshot.id.slice(0, 12)
        const about = `${id} taken ${snapshot.takenAt}, ${count(snapshot.sources.length, 'source')}`
        const command = commandLine(global, 'analyze', '--snapshot', id)
        found.push(
          analysed
            ? { what: 'snapshot', state: 'ok', says: `${about}, analysed` }
            : {
                what: 'snapshot',
                state: 'remark',
                says: `${about}, not analysed (layout ${ESTATE_VERSION}): ${command}`,
              },
        )
      }
      if ((statSync(directory).mode & 0o077) !== 0) {
        found.push({
          what: 'store',
          state: 'remark',
          says: `others may enter ${directory}: chmod 700 ${directory}`,
        })
      }
      return found
    } finally {
      await store.close()
    }
  } catch (error) {
    return [{ what: 'store', state: 'problem', says: error instanceof Error ? error.message : String(error) }]
  }
}

function sizeOf(file: string): string {
  return `${(statSync(file).size / 1e6).toFixed(1)} MB`
}

function pages(): Check {
  const root = packageRoot()
  if (existsSync(join(root, 'ui', 'dist', 'index.html'))) return { what: 'pages', state: 'ok', says: 'built' }
  const isClone = existsSync(join(root, 'ui', 'index.html'))
  return isClone
    ? {
        what: 'pages',
        state: 'remark',
        says: 'not built yet: npm run build:ui (npm start does it by itself)',
      }
    : { what: 'pages', state: 'problem', says: 'missing from the package: install it again' }
}

/** The clouds' own tools make the exports; none is needed to analyse them. They are looked for and not run. */
function tools(): Check[] {
  return [...Object.values(CLOUD_TOOLS), 'jq'].map((tool) => {
    const found = onPath(tool)
    return found
      ? { what: tool, state: 'ok', says: 'found; makes exports (docs/import.md)' }
      : { what: tool, state: 'remark', says: 'not found; only needed where exports are made' }
  })
}

function onPath(tool: string): boolean {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : ['']
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.some((folder) => endings.some((ending) => isProgram(join(folder, `${tool}${ending}`))))
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
