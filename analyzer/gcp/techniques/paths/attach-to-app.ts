import type { Technique } from '../technique.ts'

export const attachToApp: Technique = {
  id: 'attach-to-app',
  label: 'runs an app as it',
  says: 'runs an App Engine version as {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [
    [
      { permission: 'appengine.versions.create', on: 'project' },
      { permission: 'cloudbuild.builds.get', on: 'project' },
      { permission: 'storage.objects.create', on: 'project' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  exists: ['appengine.googleapis.com/Application'],
  remedy: 'grant Service Account User on the accounts that are meant, not on the project',
  source: 'https://cloud.google.com/appengine/docs/standard/roles',
}
