import type { Json, JsonObject } from '../../graph/index.ts'
import { missingFrom, NO_EVIDENCE, type Way } from '../../policies/index.ts'
import type { Grant } from '../grants/grant.ts'
import type { Prompt } from './evidence-source.ts'
import type { Preview } from './preview.ts'
import type { AccessRequest } from './request.ts'
import type { Standing } from './requests.ts'

/** What the HTTP API answers; the schemas are in `api-schemas.ts`. */
const iso = (at: number): string => new Date(at).toISOString()
const isoOr = (at: number | undefined): string | null => (at === undefined ? null : iso(at))

export function requestView(request: AccessRequest): JsonObject {
  return {
    id: request.id,
    person: request.person,
    entitlement: request.entitlement,
    durationSeconds: request.durationSeconds,
    reason: request.reason ?? null,
    ticket: request.ticket ?? null,
    startsAt: isoOr(request.startsAt),
    breakGlass: request.breakGlass,
    extends: request.extends ?? null,
    state: request.state,
    askedAt: iso(request.askedAt),
    openUntil: iso(request.openUntil),
    approvedBy: request.votes.map(({ person }) => person),
    activatedAt: isoOr(request.activatedAt),
    grant: request.grant ?? null,
    deniedBy: request.deniedBy ?? null,
    why: request.why ?? null,
  }
}

export const promptView = (prompt: Prompt | undefined): Json =>
  prompt === undefined ? null : { open: prompt.open, expiresAt: iso(prompt.expiresAt) }

export const standingView = ({ request, missing, prompt }: Standing): JsonObject => ({
  request: requestView(request),
  missing: missing.map((way) => [...way]),
  prompt: promptView(prompt),
})

/** A grant is about to end: its person is told from here on. */
const WARN_BEFORE = 600_000

/** Milliseconds before its end at which a grant is called ending: ten minutes, or a third of a shorter one. */
const warnBefore = ({ deadline, startsAt }: Grant): number => Math.min(WARN_BEFORE, (deadline - startsAt) / 3)

export function grantView(grant: Grant, extensionsLeft: number, now: number): JsonObject {
  const active = grant.state === 'active' && grant.deadline > now
  return {
    id: grant.id,
    entitlement: grant.entitlement,
    state: grant.state,
    startsAt: iso(grant.startsAt),
    deadline: iso(grant.deadline),
    ending: active && grant.deadline - now <= warnBefore(grant),
    extensionsLeft,
    kept: grant.kept ?? null,
    externallyModified: grant.externallyModified,
    uncertain: grant.uncertain,
    trouble: grant.trouble ?? null,
  }
}

const wayView = ({ evidence, rung, because, ask, notify }: Way): JsonObject => ({
  takes: [...missingFrom(NO_EVIDENCE, evidence)],
  rung,
  because: [...because],
  ask: [...ask],
  notify: [...notify],
})

export function previewView(preview: Preview): JsonObject {
  const { requirement, entitlement, approvers, has, traits } = preview
  const { id, cloud, role, scope, environment, reachesAdministrator, opensCrownJewelPath } = entitlement
  return {
    rung: requirement.ways[0]?.rung ?? null,
    ways: requirement.ways.map(wayView),
    breakGlass: requirement.breakGlass.map(wayView),
    refused: requirement.refused
      ? { because: [...requirement.refused.because], advice: [...requirement.refused.advice] }
      : null,
    approvers: [...approvers],
    adds: { entitlement: id, cloud, role, scope, environment, reachesAdministrator, opensCrownJewelPath },
    has: [...has],
    revoke: traits
      ? {
          typicalSeconds: traits.revoke.typical / 1000,
          worstSeconds: traits.revoke.worst / 1000,
          residual: traits.revoke.residual,
          providerExpiry: traits.providerExpiry,
          narrowing: [...traits.narrowing],
        }
      : null,
  }
}
