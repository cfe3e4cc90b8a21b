/**
 * Makes the published form of the product in `dist/`: `tsc` compiles the rooms, data files are copied beside the code that
 * reads them, addresses of workers get their new ending. `npm pack` runs it first; nothing in a clone runs from `dist/`.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { GomeisaError } from '../../graph/index.ts'
import { packageRoot } from '../package-root.ts'

const ROOMS = ['graph', 'collectors', 'analyzer', 'policies', 'broker', 'app']
/** Only a clone needs these. */
const LEFT_OUT = /^app\/(?:packing|runtime)\/|\.d\.ts$|(?:^|\/)\./
const CODE = /\.[cm]?[jt]sx?$/

const WORKER = /(new URL\(\s*(['"])\.{1,2}\/[\w./-]+)\.ts\2/g
/** A relative path with the old ending, quoted: something that `tsc` and the line above have not understood. */
const LEFT_OVER = /(['"`])\.{1,2}\/[^'"`\n]*\.ts\1/

const root = packageRoot()
const dist = join(root, 'dist')

rmSync(dist, { recursive: true, force: true })
const tsc = join(root, 'node_modules/typescript/bin/tsc')
execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' })

for (const room of ROOMS.filter((name) => existsSync(join(root, name)))) {
  for (const entry of globSync(`${room}/**/*`, { cwd: root, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(root.length + 1)
    if (entry.isFile() && !CODE.test(path) && !LEFT_OUT.test(path)) cpSync(join(root, path), join(dist, path))
  }
}

for (const path of globSync('**/*.js', { cwd: dist })) {
  const compiled = readFileSync(join(dist, path), 'utf8')
  const corrected = compiled.replace(WORKER, '$1.js$2')
  const left = LEFT_OVER.exec(corrected)
  if (left) {
    throw new GomeisaError('INTERNAL', `compiled file \`${path}\` still refers to ${left[0]}`, {
      remedy: "import it, or address it as `new URL('./name.ts', import.meta.url)`",
    })
  }
  if (corrected !== compiled) writeFileSync(join(dist, path), corrected)
}
