import type { Technique } from '../technique.ts'

export const serviceBusKeys: Technique = {
  id: 'service-bus-keys',
  label: 'reads its keys',
  says: 'reads the keys of {whom}',
  whom: { kind: 'jewel', type: 'Microsoft.ServiceBus/namespaces' },
  effect: 'write',
  ways: [[{ permission: 'Microsoft.ServiceBus/namespaces/authorizationRules/listKeys/action', on: 'whom' }]],
  remedy: 'turn off local authentication',
  source: 'https://learn.microsoft.com/azure/service-bus-messaging/service-bus-sas',
}
