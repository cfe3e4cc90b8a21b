import type { NodeId } from '../../../graph/index.ts'
import { worse } from '../../findings/merge.ts'
import { counted, listed, nameOf } from '../../findings/words.ts'
import { type EstateView, type Headline, type HeadlineInput, sinceBefore } from './headline.ts'

const RULE = 'standing-administrator'

/** Who administers something now and administered nothing in the snapshot before. */
export function newAdministrators({ current, previous }: HeadlineInput): readonly Headline[] {
  if (previous === null) return []
  const before = administrators(previous)
  const found = current.findings.filter((f) => f.rule === RULE && !before.has(f.subject))
  const subjects = [...new Set(found.map((f) => f.subject))]
  if (subjects.length === 0) return []
  const names = listed(subjects.map((id) => nameOf(current.nodes, id)))
  const certain = found.some((f) => f.confidence === 'certain')
  return [
    {
      text: `${counted(subjects.length, 'new administrator')} ${sinceBefore(current, previous)}: ${names}${certain ? '' : ' (assumed)'}`,
      severity: found.map((f) => f.severity).reduce(worse),
      link: `/findings?rule=${RULE}`,
    },
  ]
}

function administrators(view: EstateView): ReadonlySet<NodeId> {
  return new Set(view.findings.filter((f) => f.rule === RULE).map((f) => f.subject))
}
