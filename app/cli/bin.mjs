#!/usr/bin/env node
/**
 * Starts the command line. Plain JavaScript without new syntax, so that an old Node can read it and say what is wrong.
 * A clone runs the TypeScript as it is; the published package carries the compiled form in `dist/`.
 */
import { existsSync } from 'node:fs'
import module from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

const NEEDED = 24
const found = Number(process.versions.node.split('.')[0])

if (found < NEEDED) {
  process.stderr.write(
    `gomeisa needs Node ${NEEDED} or newer and found ${process.versions.node}: ` +
      `install Node ${NEEDED} (https://nodejs.org), or in a clone run \`npm ci\` and use \`npx gomeisa\`\n`,
  )
  process.exit(1)
}

// Compiled code is kept for the next start, which is then three times faster. In the user's own folder: what lies there
// is executed, so a folder that others may write to will not do.
module.enableCompileCache(join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'gomeisa'))

const source = new URL('./main.ts', import.meta.url)
const compiled = new URL('../../dist/app/cli/main.js', import.meta.url)
const start = existsSync(source) ? source : compiled
const home = new URL('../../', start).href
const foreign = `${home}node_modules/`

// Our files name each other exactly, so there is nothing to look for: Node would ask the disk four times for each of
// hundreds of them, which took a third of the time until a command begins.
module.registerHooks({
  resolve(specifier, context, next) {
    const { parentURL = '' } = context
    const isOurs = parentURL.startsWith(home) && !parentURL.startsWith(foreign)
    const [, extension] = (isOurs && /^\.\.?\/.*\.(ts|js)$/.exec(specifier)) || []
    if (extension === undefined) return next(specifier, context)
    const format = extension === 'ts' ? 'module-typescript' : 'module'
    return { url: new URL(specifier, parentURL).href, format, shortCircuit: true }
  },
})

const { main } = await import(start.href)
const code = await main(process.argv.slice(2))
// Once everything is written there is nothing to wait for: to take the heap of a large estate apart takes a while.
for (const stream of [process.stdout, process.stderr]) await new Promise((done) => stream.write('', done))
process.exit(code)
