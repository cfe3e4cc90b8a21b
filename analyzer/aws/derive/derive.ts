import type { CrownJewel } from '../../../graph/index.ts'
import type { Derived, Loaded } from '../../cloud-analyzer.ts'
import type { AwsEngine } from '../evaluate/engine.ts'
import { administratorEdges, administrators } from './administrators.ts'
import { assumeRoleEdges } from './assume-role.ts'
import { clusterEdges } from './clusters.ts'
import { families, familyEdges } from './families.ts'
import { federation } from './federation.ts'
import { jewelEdges } from './jewels.ts'
import { Judge } from './judge.ts'
import { keyFacts } from './key-facts.ts'
import { escalations } from './escalation/escalations.ts'
import { openTrustFacts } from './open-trust-facts.ts'
import { administratorFacts, passAnyRoleFacts, privilegedFacts } from './power-facts.ts'
import { presentedIdentities } from './presented.ts'
import { RoleTrusts } from './role-trust.ts'
import { trusts } from './trusts.ts'
import { publicAclFacts } from './public-acl-facts.ts'
import { externalTrustFacts, publicAccessFacts } from './trust-facts.ts'

/** What follows from an AWS estate: who can become whom, who administers what, who reaches the crown jewels, and facts. */
export function derive(engine: AwsEngine, loaded: Loaded, jewels: readonly CrownJewel[]): Derived {
  const { estate } = engine
  const nodes = new Map(loaded.nodes.map((node) => [node.id, node]))
  const judge = new Judge(estate, loaded.edges)
  const admins = administrators(judge)
  const known = families(estate.state)
  const assumed = assumeRoleEdges(judge, admins, known)
  const others = [...trusts(estate)]
  const roles = new RoleTrusts(estate)
  const federated = federation(estate, others, roles)
  const open = openTrustFacts(estate, others, roles)
  const clusters = clusterEdges(estate, others, roles, nodes)
  const escalated = escalations(judge, loaded.nodes, admins, assumed)
  return {
    nodes: [...escalated.nodes, ...clusters.nodes],
    edges: [
      ...administratorEdges(judge, admins),
      ...assumed.edges,
      ...familyEdges(estate, known),
      ...federated.edges,
      ...clusters.edges,
      ...escalated.edges,
      ...jewelEdges(engine, nodes, jewels),
    ],
    facts: [
      ...administratorFacts(judge, admins),
      ...privilegedFacts(judge, admins),
      ...open,
      ...externalTrustFacts(estate, others, open),
      ...publicAccessFacts(estate, nodes, others),
      ...publicAclFacts(estate, nodes),
      ...passAnyRoleFacts(judge, admins),
      ...keyFacts(loaded.nodes),
    ],
    presents: presentedIdentities(estate, nodes),
    accepts: federated.accepts,
  }
}
