import { readFileSync } from 'node:fs'
import { TECHNIQUES } from '../../../analyzer/azure/techniques/registry.ts'
import type { Technique } from '../../../analyzer/azure/techniques/technique.ts'
import { itListsTechniques } from '../technique-page.ts'

const HEAD = `# Escalation techniques (Azure)

Every technique, generated from \`analyzer/azure/techniques/registry.ts\`: one data file each under \`paths/\`. The id is the rule of
the edges that it makes.

- Each permission is asked of the decision engine on the very identity, scope or resource: blocks, not-actions, data actions,
  conditions and deny assignments count; what is left of them is a condition of the edge. A permission can come from one group and
  the next from another: who is in both stands behind a node of its own.
- _Somewhere_ is one scope on which all of these are allowed: a container, or an existing resource of that type.
- **State that no export tells is a condition, never a no.** Where no resource was imported at all, whoever may change one has an
  \`unknown\` way to the user-assigned identities of the group.
- Five or more identities that are alike in their grants share one node. A way is left out where one that is as sure already leads
  there, or to the administration of what is above. Resources count when they are crown jewels.
`

/** What other lists have, and why it stands differently here, or not at all: kept as text of its own. */
const TAIL = readFileSync(new URL('../../golden/azure-techniques/left-out.md', import.meta.url), 'utf8')

const SECTIONS: readonly (readonly [Technique['whom']['kind'], string, string])[] = [
  ['container', 'Administering a scope', 'The actor decides who has access to it and to all below.'],
  ['custom-role', 'Changing a role of its own', 'The actor administers what the role is assigned on.'],
  ['identity', 'Becoming a managed identity', 'The actor signs in as it, or starts a workload that is it.'],
  ['host', 'Taking over a workload', 'The actor acts as the identity that an existing resource runs as.'],
  ['jewel', 'Resources', 'The actor reaches what a crown jewel holds.'],
  ['directory', 'Administering the directory', 'The actor gives directory roles to whom it wants.'],
  ['application', 'Becoming an application', 'The actor signs in as its service principal.'],
  ['group', 'Joining a group', 'The actor has what the group has.'],
  ['user', 'Becoming a user', 'The actor signs in as the user.'],
]

function permissionsOf({ ways }: Technique): string {
  return ways
    .map((way) => way.map(({ permission, on }) => `\`${permission}\` ${PLACES[on]}`).join(', '))
    .join('; or ')
}

const PLACES = {
  whom: 'on the target',
  resource: 'on the resource',
  place: 'somewhere',
  role: 'on each assignable scope of the role',
  application: 'on the application',
  directory: 'on the directory',
  graph: 'of Microsoft Graph',
} as const

const GROUPS = {
  assigned: 'members are assigned; it takes no directory roles',
  security: 'a security group whose members are assigned; it takes no directory roles',
  unified: 'a Microsoft 365 group whose members are assigned; it takes no directory roles',
  dynamic: 'a rule tells its members; it takes no directory roles',
  role: 'it takes directory roles',
} as const

const USERS = {
  all: 'any user',
  'by-role': 'a user whom the role of the actor may reset',
  'without-role': 'a user without directory roles, in no group that takes them',
} as const

function stateOf({ whom, assumes, missing }: Technique): string {
  const group = whom.kind === 'group' ? [GROUPS[whom.of]] : whom.kind === 'user' ? [USERS[whom.of]] : []
  const types = whom.kind === 'host' ? whom.types : whom.kind === 'jewel' ? [whom.type] : []
  return [
    ...group,
    ...types.map((type) => `\`${type}\``),
    ...(assumes === undefined ? [] : [`_condition:_ ${assumes}`]),
    ...(missing === undefined ? [] : [`_unknown:_ ${missing}`]),
  ].join('; ')
}

itListsTechniques({
  path: '../../../docs/techniques-azure.md',
  vendor: 'Microsoft',
  documented: 'https://learn.microsoft.com/',
  techniques: TECHNIQUES,
  head: HEAD,
  sections: SECTIONS,
  tail: TAIL,
  permissionsOf,
  stateOf,
})
