import type { Technique } from '../technique.ts'

export const attachToTask: Technique = {
  id: 'attach-to-task',
  label: 'sends requests as it',
  says: 'has a task of a queue sent as {whom}',
  whom: { kind: 'account' },
  effect: 'become',
  ways: [
    [
      { permission: 'cloudtasks.tasks.create', on: 'project' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  exists: ['cloudtasks.googleapis.com/Queue'],
  remedy: 'grant Service Account User on the accounts that are meant, not on the project',
  source: 'https://cloud.google.com/tasks/docs/creating-http-target-tasks',
}
