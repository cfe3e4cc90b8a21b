import { existsSync } from 'node:fs'

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * The browser that the tests drive: `CHROMIUM`, or one in a usual place. Undefined when there is none: a test may then
 * skip itself, but not in CI, where a browser that is missing is a failure.
 */
export function chromiumPath(): string | undefined {
  const named = process.env['CHROMIUM']
  const found = [...(named ? [named] : []), ...USUAL_PLACES].find((path) => existsSync(path))
  if (found === undefined && process.env['CI']) {
    throw new Error('CI needs Chromium for the browser tests: install it or set CHROMIUM')
  }
  return found
}
