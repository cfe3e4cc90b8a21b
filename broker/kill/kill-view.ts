import type { JsonObject } from '../../graph/index.ts'
import type { KilledGrant, KillReport } from './kill-report.ts'

const iso = (at: number): string => new Date(at).toISOString()

/** A report as the HTTP API and `gomeisa kill --json` give it. `remaining`: grants that may still be there. */
export function killView(report: KillReport): JsonObject {
  const { id, aim, reason, by, at, lock, grants } = report
  const remaining = grants.filter(({ left }) => left === 'removing' || left === 'failing').length
  const order = { id, kind: aim.kind, target: aim.id, reason, by, at: iso(at), lock: lock ?? null }
  return { ...order, remaining, grants: grants.map(grantView) }
}

function grantView(killed: KilledGrant): JsonObject {
  const { grant, left, useStopped, why, proof, deadBy, residual } = killed
  return {
    id: grant.id,
    person: grant.person,
    entitlement: grant.entitlement,
    connector: grant.connector,
    left,
    useStopped,
    why: why ?? null,
    failures: grant.failures,
    proof: proof === undefined ? null : { record: proof.record, hash: proof.hash, at: iso(proof.at) },
    deadBy: deadBy === undefined ? null : { usually: iso(deadBy.usually), worst: iso(deadBy.worst) },
    residual: residual ?? null,
  }
}
