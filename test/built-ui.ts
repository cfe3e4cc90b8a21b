import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** Before all tests: those that start the server serve the UI of these sources, not of an older build. */
export function setup(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, '../ui/build-if-needed.mjs')], {
    stdio: 'inherit',
  })
}
