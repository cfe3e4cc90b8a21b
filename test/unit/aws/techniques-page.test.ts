import { format } from 'prettier'
import { expect, it } from 'vitest'
import { hostName } from '../../../analyzer/aws/techniques/host-types.ts'
import { TECHNIQUES } from '../../../analyzer/aws/techniques/registry.ts'
import { actionsOf, type Technique } from '../../../analyzer/aws/techniques/technique.ts'

const HEAD = `# Escalation techniques (AWS)

Every technique, generated from \`analyzer/aws/techniques/registry.ts\`: one data file each under \`paths/\`. The id is the rule
of the edges that it makes; the second column is the path at [pathfinding.cloud](https://pathfinding.cloud) (Datadog,
Apache-2.0), whose required permissions and prerequisites it follows; without one, it comes from AWS's documentation alone.

Google Cloud: [techniques-gcp.md](techniques-gcp.md).

- Each permission is asked of the decision engine on the very resource: the role that is passed (with
  \`iam:PassedToService\`), the resource that runs with it, the user, group or policy; what the actor makes or chooses
  itself, on some resource of the pattern. Denials, boundaries, control policies and conditions count.
- **State that no export tells is a condition or a gap, never a no.** Where nobody listed the functions, instances or projects
  of an account, whoever may change one has an \`unknown\` way to every role that one could run with; the way leads through one
  node for all of them. A type counts as listed for an account when AWS Config has resources of it there, or when the answers
  of \`gomeisa collect aws\` hold its listing and none was refused.
- Actors that can become the very same five or more targets share one node for these. A way is left out where one that is as
  sure already leads to an administrator of the account.
- A service may act as a role when the role's trust policy lets it, for a request from the role's own account; other conditions
  of the trust policy are conditions of the edge.
- Of a stack set, the role that is passed is its administration role; what it can do beyond assuming execution roles cannot be
  used through a stack set.
- Not evaluated: resource control policies that deny \`sts:AssumeRole\` to services, quotas, network paths, sessions of other
  people, and resources that are shared through Resource Access Manager.
`

function page(): string {
  const row = (technique: Technique) =>
    `| \`${technique.id}\` | ${technique.pathfinding ?? ''} | ${actionsOf(technique)
      .map((action) => `\`${action}\``)
      .join(', ')} | ${stateOf(technique)} | ${technique.remedy} | [AWS](${technique.source}) |`
  const section = (title: string, what: string, is: (technique: Technique) => boolean) =>
    [
      `## ${title}\n\n${what}\n`,
      '| Rule | Path | Permissions | And | Remedy | Source |\n| - | - | - | - | - | - |',
      ...TECHNIQUES.filter(is).map(row),
    ].join('\n')
  return [
    HEAD,
    section('Every right for itself', 'The actor administers its account.', (t) => t.whom.kind === 'self'),
    section(
      'Every right for another identity, and that one',
      'The actor administers the account of the identity.',
      (t) => t.effect === 'administer' && t.whom.kind !== 'self',
    ),
    section(
      'Becoming another identity',
      'The actor acts as the user, role or group.',
      (t) => t.effect === 'become' && ['user', 'role', 'group', 'assumable-role'].includes(t.whom.kind),
    ),
    section(
      'Handing a role to a service',
      'The actor acts as the role, which must trust the service.',
      (t) => t.whom.kind === 'passed-role',
    ),
    section(
      'Taking over what runs with a role',
      'The actor acts as the role of an existing resource.',
      (t) => t.whom.kind === 'host',
    ),
  ].join('\n\n')
}

const FACTS: ReadonlyMap<string, string> = new Map([
  ['fewer-than-two-keys', 'fewer than two access keys'],
  ['two-keys', 'two access keys'],
  ['password', 'a console password'],
  ['no-password', 'no console password'],
  ['instance-profile', 'the role is in an instance profile'],
  ['assumes-roles', 'the role can assume others'],
  ['fewer-than-five-versions', 'the policy has fewer than five versions'],
  ['five-versions', 'the policy has five versions'],
  ['broad-version', 'another version of the policy allows everything'],
  ['running', 'it is running'],
  ['session-manager', 'Systems Manager reaches it'],
  ['exists:ecs:cluster', 'an ECS cluster'],
  ['exists:ecs:container-instance', 'an ECS container instance'],
])

function stateOf({ whom, state, needs, assumes }: Technique): string {
  const existing = needs.flatMap(({ on }) =>
    typeof on === 'object' && 'some' in on ? [hostName(on.some)] : [],
  )
  return [
    ...(whom.kind === 'passed-role' ? [`trusts ${whom.services.map((s) => `\`${s}\``).join(' or ')}`] : []),
    ...(whom.kind === 'host' ? [`the role of the ${hostName(whom.type)}`] : []),
    ...new Set(existing.map((name) => `a ${name} is there`)),
    ...state.map((fact) => FACTS.get(fact) ?? 'NOT DESCRIBED'),
    ...(assumes === undefined ? [] : [`_condition:_ ${assumes}`]),
  ].join('; ')
}

it('docs/techniques.md lists every technique as it is', async () => {
  expect(page()).not.toContain('NOT DESCRIBED')
  await expect(await format(page(), { parser: 'markdown' })).toMatchFileSnapshot(
    '../../../docs/techniques.md',
  )
})

it('techniques have different ids and paths, short labels, and a page of AWS', () => {
  expect(new Set(TECHNIQUES.map(({ id }) => id)).size).toBe(TECHNIQUES.length)
  const paths = TECHNIQUES.flatMap(({ pathfinding }) => pathfinding ?? [])
  expect(new Set(paths).size).toBe(paths.length)
  for (const { id, label, source, says, whom } of TECHNIQUES) {
    expect(label.length, id).toBeLessThanOrEqual(27)
    expect(source, id).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//)
    expect(says.includes('{whom}'), id).toBe(whom.kind !== 'self')
  }
})
