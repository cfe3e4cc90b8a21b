import type { Technique } from '../technique.ts'

export const debugApp: Technique = {
  id: 'debug-app',
  label: 'signs in to its app',
  says: 'opens a shell on an App Engine instance that runs as {whom}',
  whom: { kind: 'host', types: ['appengine.googleapis.com/Version'] },
  effect: 'become',
  ways: [[{ permission: 'appengine.instances.enableDebug', on: 'resource' }]],
  assumes: 'the version is of the flexible environment',
  remedy: 'grant appengine.instances.enableDebug to nobody',
  source: 'https://cloud.google.com/appengine/docs/flexible/debugging-an-instance',
}
