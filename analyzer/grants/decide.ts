import type { Answer, Missing, NonEmpty, Reason, Residual } from '../../graph/index.ts'
import { isNonEmpty } from '../../graph/index.ts'
import type { Effect } from './model.ts'

/** A grant that means the principal and allows the action; with doubts it only might. */
export interface Hit {
  readonly reasons: readonly Reason[]
  readonly conditions: readonly Residual[]
  readonly doubts: readonly Missing[]
}

/**
 * The sum of grants. Any unconditional grant without doubt allows; grants in doubt can only add, so they leave that as
 * it is and make everything else unknown. A denial denies all, or adds what keeps it from applying; one of which that is
 * not known makes unknown whatever would not be denied.
 */
export function decide(
  hits: readonly Hit[],
  doubts: readonly Missing[],
  denials: readonly Effect[],
  nothing: Reason,
): Answer {
  const denying = denials.flatMap((effect) => (effect.kind === 'denies' ? [effect.reason] : []))
  if (isNonEmpty(denying)) return { decision: 'denied', because: denying }
  const sure = hits.filter((hit) => hit.doubts.length === 0)
  const free = sure.filter((hit) => hit.conditions.length === 0)
  const unless = denials.filter((effect) => effect.kind === 'denies-unless')
  const granted = free.length > 0 ? 'allowed' : sure.length > 0 ? 'allowed-if' : 'denied'
  const limits = granted === 'denied' ? [] : unless
  const conditions = distinct([
    ...(free.length > 0 ? [] : anyOf(sure)),
    ...limits.map(({ condition }) => condition),
  ])
  const grounds = (free.length > 0 ? free : sure).flatMap((hit) => hit.reasons)
  const because = distinct([...grounds, ...limits.map(({ reason }) => reason)])
  const otherwise = granted === 'allowed' && limits.length > 0 ? 'allowed-if' : granted
  const unsure = hits.filter((hit) => hit.doubts.length > 0)
  const adding = granted === 'allowed' ? [] : distinct([...doubts, ...unsure.flatMap((hit) => hit.doubts)])
  const unknown = denials.flatMap((effect) => (effect.kind === 'unknown' ? effect.missing : []))
  const missing = adding.length === 0 && granted === 'denied' ? [] : [...adding, ...distinct(unknown)]
  if (isNonEmpty(missing)) {
    const maybe = adding.length === 0 ? [] : unsure.flatMap((hit) => hit.reasons)
    return { decision: 'unknown', missing, otherwise, conditions, because: distinct([...because, ...maybe]) }
  }
  const reasons: NonEmpty<Reason> = isNonEmpty(because) ? because : [nothing]
  if (otherwise === 'allowed') return { decision: 'allowed', because: reasons }
  if (isNonEmpty(conditions)) return { decision: 'allowed-if', conditions, because: reasons }
  return { decision: 'denied', because: [nothing] }
}

/** The residual conditions of an answer are all to hold; of several grants it is enough that one's do. */
function anyOf(hits: readonly Hit[]): readonly Residual[] {
  const alternatives = new Map<string, readonly Residual[]>()
  for (const hit of hits) {
    const all = distinct(hit.conditions)
    alternatives.set(all.map((condition) => condition.says).join(', and '), all)
  }
  const [first] = alternatives.values()
  if (alternatives.size < 2) return first ?? []
  return [{ says: [...alternatives.keys()].join('; or ') }]
}

/** Each sentence once; of reasons, each sentence of each place. */
export function distinct<T extends { readonly says: string; readonly at?: Reason['at'] }>(
  list: readonly T[],
): T[] {
  if (list.length < 2) return [...list]
  const seen = new Map<string, T>()
  for (const item of list) {
    const place = item.at ?? null
    const key = place === null ? item.says : `${item.says}\n${place.source}${place.pointer}`
    if (!seen.has(key)) seen.set(key, item)
  }
  return [...seen.values()]
}
