import type { Offence, Policy } from '../cedar/policy.ts'

/** The annotations there are: words and routing. Cedar ignores them, so none can be an obligation. */
export const ANNOTATIONS: ReadonlyMap<string, string> = new Map([
  ['id', 'its name in every answer'],
  ['title', 'what it is for, for people'],
  ['advice', 'what to do where it forbids'],
  ['ask', 'whom to ask for approval'],
  ['notify', 'who is told'],
])

/** Annotations that nothing reads: a demand written as one would demand nothing. */
export function annotationOffences(policies: readonly Policy[]): readonly Offence[] {
  return policies.flatMap(({ id, annotations, place }) =>
    [...annotations].flatMap(([name, value]): readonly Offence[] => {
      const remedy = `annotations are words and routing (${[...ANNOTATIONS.keys()].join(', ')}): write a demand into \`when\``
      if (!ANNOTATIONS.has(name)) {
        return [{ rule: 'annotation', policy: id, says: `nothing reads \`@${name}\``, place, remedy }]
      }
      if (value.trim() !== '') return []
      return [
        {
          rule: 'annotation',
          policy: id,
          says: `\`@${name}\` is empty`,
          place,
          remedy: 'say it, or leave it out',
        },
      ]
    }),
  )
}
