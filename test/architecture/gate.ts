import { execFileSync, type ExecFileSyncOptions } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../..')
/** Every room a finished house has; `policies` and `broker` come later. */
export const PRODUCT_ROOMS = ['graph', 'collectors', 'analyzer', 'policies', 'broker', 'ui', 'app']

const CODE = /\.(?:ts|tsx|mjs|cjs|js)$/
const NOT_OURS = new Set(['node_modules', 'dist'])

/** The files under `folder`, relative to `root`, without what is built or installed. */
export function filesUnder(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !NOT_OURS.has(entry.name) && !entry.name.startsWith('.'))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      return entry.isDirectory() ? filesUnder(root, path) : [path]
    })
}

export function codeUnder(root: string, rooms: readonly string[]): string[] {
  return rooms.flatMap((room) => filesUnder(root, room)).filter((path) => CODE.test(path))
}

/** What the gate said about a tree: the modules it read, and each offence as `rule: from -> to`. */
export interface Verdict {
  readonly modules: ReadonlySet<string>
  readonly offences: readonly string[]
}

interface CruiseResult {
  readonly modules: readonly { readonly source: string }[]
  readonly summary: {
    readonly violations: readonly {
      readonly rule: { readonly name: string }
      readonly from: string
      readonly to: string
    }[]
  }
}

/** Runs dependency-cruiser with the rules of this checkout over the rooms of `root`. */
export function runGate(root: string): Verdict {
  const rooms = [...PRODUCT_ROOMS, 'test'].filter((room) => existsSync(join(root, room)))
  const config = join(ROOT, '.dependency-cruiser.cjs')
  const args = [...rooms, '--config', config, '--output-type', 'json']
  const options: ExecFileSyncOptions = { cwd: root, maxBuffer: 256 * 1024 * 1024 }
  const output = execFileSync(join(ROOT, 'node_modules/.bin/depcruise'), args, options)
  const { modules, summary } = JSON.parse(output.toString()) as CruiseResult
  return {
    modules: new Set(modules.map(({ source }) => source)),
    offences: summary.violations.map(({ rule, from, to }) =>
      from === to ? `${rule.name}: ${from}` : `${rule.name}: ${from} -> ${to}`,
    ),
  }
}
