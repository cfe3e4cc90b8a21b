/** Set by the agent on what came from a browser over the loopback port, and taken off everything else: never believed from outside. */
export const VIA_HEADER = 'gomeisa-via'
export const VIA_BROWSER = 'browser'
/** Only what is below this path is passed on from a browser. */
export const BROWSER_ROOT = '/people/'
