import { TECHNIQUES } from '../../../analyzer/gcp/techniques/registry.ts'
import type { Technique } from '../../../analyzer/gcp/techniques/technique.ts'
import { itListsTechniques } from '../technique-page.ts'

const HEAD = `# Escalation techniques (Google Cloud)

Every technique, generated from \`analyzer/gcp/techniques/registry.ts\`: one data file each under \`paths/\`. The id is the rule of
the edges that it makes.

- Each permission is asked of the decision engine on the very service account, project or resource. Deny policies, principal
  access boundaries and conditions count; what is left of them is a condition of the edge. A permission can come from one group
  and the next from another: who is in both stands behind a node of its own.
- **State that no export tells is a condition or a gap, never a no.** _Condition:_ no export tells it. _Unknown:_ this version does
  not read it. Where no resource of a kind was imported at all, whoever may change one has an \`unknown\` way to the accounts of the
  project.
- Five or more accounts that are alike in their grants share one node. A way is left out where one that is as sure already leads
  there, or to the administration of what is above. Resources count when they are crown jewels.
- A workload is started in the project of the account: attaching accounts of other projects needs an organization policy that is
  not part of the exports.
`

/** What other lists have, and why it stands differently here, or not at all. */
const TAIL = `## What other lists have differently

- **actAs alone** gives nothing: it is a part of each technique that starts or changes a workload. Held on a whole container it is
  a finding (\`pass-any-role\`).
- **Signing in to a VM, or changing its metadata,** needs \`iam.serviceAccounts.actAs\` too, when it runs as an account.
- **Cloud Run services and functions**: no right to invoke them or to open them is needed. A revision is started when it is
  deployed, and its code with it.
- **A VM** needs no \`compute.subnetworks.useExternalIp\`: it can do its work without an external address.
- **Composer environments** need \`actAs\` on the account that they are made with.
- **Dataproc**: \`jobs.create\` and \`clusters.use\` suffice; the code can lie in any bucket that the cluster reads.
- **A custom role and serviceAccounts.setIamPolicy**: the second alone suffices. **Deploying with a build**: with \`actAs\` any
  account, without it only the legacy one.
- **HMAC keys and ID tokens** give a part of what the account may: a condition of the edge.
- **Implicit delegation** gives nothing of the account that it is held on; it leads to those of which that one may get tokens.
- **Keys** are under the condition that no organization policy forbids them: new organizations have one that does.
- **Pool providers** are written \`iam.googleapis.com/workloadIdentityPoolProviders.update\` in roles; both spellings count.

## Not drawn

- **Domain-wide delegation**: no interface lists which accounts have it. Whoever becomes such an account acts as every person of
  the Workspace, within the scopes that stand in its console.
- **Group membership**: owners and managers of a group are members already. Groups that anybody may join are a setting that is not
  part of the exports.
- **What ends outside the graph**: API keys (\`apikeys.keys.create\`, \`getKeyString\`), secrets of OAuth clients, tokens of connected
  repositories (\`cloudbuild.repositories.accessReadToken\`).
- **What only weakens a guard**: \`orgpolicy.policy.set\` (a finding where it is held on a container), \`iam.denypolicies.update\`,
  \`iam.principalaccessboundarypolicies.update\`, tag bindings, moving a project, approving for others in Privileged Access Manager.
  Entitlements can be written only by who sets the allow policy as well.
- Policies of resources other than those listed, and of resources that are no crown jewels.
`

const SECTIONS: readonly (readonly [Technique['whom']['kind'], string, string])[] = [
  ['container', 'Administering a container', 'The actor decides who has access to it and to all below.'],
  ['custom-role', 'Changing a role of its own', 'The actor administers what the role is bound on.'],
  ['account', 'Becoming a service account', 'The actor acts as it, or starts a workload that does.'],
  ['delegated', 'Delegation', 'The actor acts as an account further on.'],
  ['host', 'Taking over a workload', 'The actor acts as the account that an existing resource runs as.'],
  ['agent', "Accounts of Google's services", 'The service does what the actor says with rights of its own.'],
  [
    'workload',
    'Clusters',
    'The actor acts as the Kubernetes identities of a project, and the accounts of its nodes.',
  ],
  ['pool', 'Workload identity pools', 'The actor makes tokens that stand for the identities of a pool.'],
  ['jewel', 'Resources', 'The actor reaches what a crown jewel holds.'],
]

function permissionsOf({ ways }: Technique): string {
  return ways
    .map((way) => way.map(({ permission, on }) => `\`${permission}\` on the ${PLACES[on]}`).join(', '))
    .join('; or ')
}

const PLACES = { whom: 'target', project: 'project', resource: 'resource', role: 'home of the role' } as const

function stateOf({ whom, exists, assumes, missing }: Technique): string {
  const types = whom.kind === 'host' ? whom.types : whom.kind === 'jewel' ? [whom.type] : []
  return [
    ...types.map((type) => `\`${type}\``),
    ...(exists ?? []).map((type) => `a \`${type}\` is in the project`),
    ...(assumes === undefined ? [] : [`_condition:_ ${assumes}`]),
    ...(missing === undefined ? [] : [`_unknown:_ ${missing}`]),
  ].join('; ')
}

itListsTechniques({
  path: '../../../docs/techniques-gcp.md',
  vendor: 'Google',
  documented: 'https://cloud.google.com/',
  techniques: TECHNIQUES,
  head: HEAD,
  sections: SECTIONS,
  tail: TAIL,
  permissionsOf,
  stateOf,
})
