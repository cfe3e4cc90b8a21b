import type { ReactNode } from 'react'
import css from './score.module.css'

const level = (score: number): string =>
  score >= 80 ? 'critical' : score >= 60 ? 'high' : score >= 35 ? 'medium' : 'low'

/** Risk from 0 to 100: the number, and a bar as long. */
export function Score({
  score,
  large = false,
}: {
  readonly score: number
  readonly large?: boolean
}): ReactNode {
  const shown = Math.round(score)
  return (
    <span className={`${css['score']} ${large ? css['large'] : ''}`}>
      <span className={css['number']}>
        <span className="visually-hidden">Risk </span>
        {shown}
        {large ? <span className={css['of']}> of 100</span> : null}
      </span>
      <svg className={`${css['bar']} ${css[level(shown)]}`} height="6" aria-hidden="true">
        <rect width="100%" height="6" rx="3" className={css['rest']} />
        <rect width={`${Math.max(0, Math.min(100, shown))}%`} height="6" rx="3" fill="currentColor" />
      </svg>
    </span>
  )
}
