import type { Technique } from '../technique.ts'

export const setTopicPolicy: Technique = {
  id: 'set-topic-policy',
  label: 'sets who has access',
  says: 'sets the allow policy of {whom}',
  whom: { kind: 'jewel', type: 'pubsub.googleapis.com/Topic' },
  effect: 'administer',
  ways: [[{ permission: 'pubsub.topics.setIamPolicy', on: 'whom' }]],
  remedy: 'grant roles that set allow policies to few',
  source: 'https://cloud.google.com/pubsub/docs/access-control',
}
