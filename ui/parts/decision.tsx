import type { ReactNode } from 'react'
import type { ApiDecision } from '../../app/server/api.ts'
import css from './decision.module.css'
import { Icon, type IconName } from './icons.tsx'
import { DECISION_NAME } from './words.ts'

const ICON: Readonly<Record<ApiDecision, IconName>> = {
  allowed: 'check',
  'allowed-if': 'check',
  denied: 'cross',
  unknown: 'question',
}

export function DecisionMark({ decision }: { readonly decision: ApiDecision }): ReactNode {
  return (
    <span className={`${css['decision']} ${css[decision]}`}>
      <Icon name={ICON[decision]} size={14} />
      {DECISION_NAME[decision]}
    </span>
  )
}
