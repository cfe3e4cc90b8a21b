import type { Technique } from '../technique.ts'

export const updateFunction: Technique = {
  id: 'update-function',
  label: 'changes its function',
  says: 'changes the code of a function that runs as {whom}',
  whom: {
    kind: 'host',
    types: ['cloudfunctions.googleapis.com/CloudFunction', 'cloudfunctions.googleapis.com/Function'],
  },
  effect: 'become',
  ways: [
    [
      { permission: 'cloudfunctions.functions.update', on: 'resource' },
      { permission: 'cloudfunctions.functions.sourceCodeSet', on: 'resource' },
      { permission: 'iam.serviceAccounts.actAs', on: 'whom' },
    ],
  ],
  remedy: 'grant changes to workloads only to who may act as their service account',
  source: 'https://cloud.google.com/functions/docs/reference/iam/permissions',
}
