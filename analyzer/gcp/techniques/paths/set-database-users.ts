import type { Technique } from '../technique.ts'

export const setDatabaseUsers: Technique = {
  id: 'set-database-users',
  label: 'makes a database user',
  says: 'makes or resets a user of {whom}',
  whom: { kind: 'jewel', type: 'sqladmin.googleapis.com/Instance' },
  effect: 'administer',
  ways: [
    [{ permission: 'cloudsql.users.create', on: 'whom' }],
    [{ permission: 'cloudsql.users.update', on: 'whom' }],
  ],
  remedy: 'grant it on the single resource, to who needs it',
  source: 'https://cloud.google.com/sql/docs/mysql/iam-permissions',
}
