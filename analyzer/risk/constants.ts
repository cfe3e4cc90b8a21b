import type { Certainty, ContainerNode, Severity } from '../../graph/index.ts'

/** Rises with every change to a number or a rule below: scores of different versions do not compare. */
export const RISK_MODEL_VERSION = 1

/** How much each sub-score (0 … 1) can take away from a clean slate: score = 100 · (1 − Π (1 − weight · sub-score)). */
export const SUB_SCORE_WEIGHTS = { reach: 0.8, blast: 0.75, excess: 0.3, hygiene: 0.6 } as const

/** A way to a crown jewel counts by its worst step. What is unknown counts so in the score, 0 in `low` and 1 in `high`. */
export const CERTAINTY_WEIGHTS: { readonly [C in Certainty]: number } = {
  certain: 1,
  conditional: 0.5,
  unknown: 0.5,
}

/** Each further hop of a way makes it count so much less. */
export const HOP_DECAY = 0.9

/** Hops beyond these make no further difference. */
export const HOP_LIMIT = 16

/** So many crown jewels, reached directly and certainly, make half of the reach sub-score. */
export const REACH_HALF = 2

/** Share of blast of an administrator of one container; of several: 1 − Π (1 − share). */
export const BLAST_WEIGHTS: { readonly [T in ContainerNode['type']]: number } = {
  organization: 0.95,
  folder: 0.7,
  account: 0.4,
  group: 0.2,
}

/** In production the share rises to at least this. */
export const BLAST_PRODUCTION = 0.6

/** Far-reaching rights without administration, and handing any role to a service, count so much of it. */
export const BLAST_PARTIAL = { privileged: 0.5, passAnyRole: 0.7 } as const

/** Share of hygiene of one finding by severity; of several: 1 − Π (1 − share). */
export const HYGIENE_WEIGHTS: { readonly [S in Severity]: number } = {
  critical: 0.6,
  high: 0.35,
  medium: 0.15,
  low: 0.05,
  info: 0,
}

/** Bad hygiene of an identity without known power counts this much; with full power all of it. */
export const HYGIENE_FLOOR = 0.1

/** An assumed finding or fact counts so in the score, 0 in `low` and 1 in `high`. */
export const ASSUMED = 0.5

/** Days without use after which all that is held is excess. */
export const EXCESS_DAYS = 90

/** A disabled identity can do nothing until somebody enables it. */
export const DISABLED = 0.25
