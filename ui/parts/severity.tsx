import type { ReactNode } from 'react'
import type { ApiSeverity } from '../../app/server/api.ts'
import css from './severity.module.css'
import { SEVERITIES, SEVERITY_NAME } from './words.ts'

/** Each severity has its own shape, so that colour says nothing alone. */
function shape(severity: ApiSeverity): ReactNode {
  switch (severity) {
    case 'critical':
      return (
        <>
          <path d="M3.9.75h4.2l3.15 3.15v4.2l-3.15 3.15H3.9L.75 8.1V3.9Z" fill="currentColor" />
          <path d="M6 3.2v3.1M6 8.5v.2" className={css['cut']} />
        </>
      )
    case 'high':
      return <path d="M6 1 11.5 10.75H.5Z" fill="currentColor" />
    case 'medium':
      return <path d="M6 .75 11.25 6 6 11.25.75 6Z" fill="currentColor" />
    case 'low':
      return <circle cx="6" cy="6" r="4.25" fill="currentColor" />
    case 'info':
      return <circle cx="6" cy="6" r="3.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
  }
}

export function SeverityShape({ severity }: { readonly severity: ApiSeverity }): ReactNode {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" className={css[severity]} aria-hidden="true">
      {shape(severity)}
    </svg>
  )
}

/** Shape and word. */
export function SeverityBadge({ severity }: { readonly severity: ApiSeverity }): ReactNode {
  return (
    <span className={`${css['badge']} ${css[severity]} ${css[`${severity}Tint`]}`}>
      <SeverityShape severity={severity} />
      {SEVERITY_NAME[severity]}
    </span>
  )
}

interface CountsProps {
  readonly counts: Readonly<Record<ApiSeverity, number>>
}

/** Those that are not zero, worst first: shape and number. */
export function SeverityCounts({ counts }: CountsProps): ReactNode {
  const present = SEVERITIES.filter((severity) => counts[severity] > 0)
  if (present.length === 0) return <span className={css['none']}>none</span>
  return (
    <ul className={css['counts']}>
      {present.map((severity) => (
        <li key={severity} className={css[severity]}>
          <SeverityShape severity={severity} />
          {counts[severity]}
          <span className="visually-hidden"> {SEVERITY_NAME[severity].toLowerCase()}</span>
        </li>
      ))}
    </ul>
  )
}
