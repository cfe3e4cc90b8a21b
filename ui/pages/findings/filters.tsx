import { useEffect, useState, type ReactNode } from 'react'
import type { ApiFindings } from '../../../app/server/api.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icons.tsx'
import { SeverityShape } from '../../parts/severity.tsx'
import { CLOUD_NAME, CLOUDS, SEVERITIES, SEVERITY_NAME } from '../../parts/words.ts'
import { narrow, type FindingFilters } from './filter-state.ts'
import css from './filters.module.css'

const PAUSE = 250

interface FiltersProps {
  readonly filters: FindingFilters
  readonly rules: ApiFindings['rules']
  readonly scopeName: string | undefined
}

function Severities({ filters }: { readonly filters: FindingFilters }): ReactNode {
  const chosen = filters.severity === '' ? [] : filters.severity.split(',')
  return (
    <fieldset className={css['severities']}>
      <legend className="visually-hidden">Severity</legend>
      {SEVERITIES.map((severity) => {
        const on = chosen.includes(severity)
        const next = SEVERITIES.filter((one) => (one === severity ? !on : chosen.includes(one)))
        return (
          <label key={severity} className={css['severity']}>
            <input
              type="checkbox"
              checked={on}
              onChange={() => narrow({ ...filters, severity: next.join(',') })}
            />
            <SeverityShape severity={severity} />
            {SEVERITY_NAME[severity]}
          </label>
        )
      })}
    </fieldset>
  )
}

function Words({ filters }: { readonly filters: FindingFilters }): ReactNode {
  const [text, setText] = useState(filters.q)
  const [before, setBefore] = useState(filters.q)
  if (before !== filters.q) {
    // The address changed by other means (back, a link): follow it.
    setBefore(filters.q)
    setText(filters.q)
  }
  useEffect(() => {
    if (text === filters.q) return
    const timer = setTimeout(() => narrow({ ...filters, q: text }, { replace: true }), PAUSE)
    return () => clearTimeout(timer)
  }, [text, filters])
  return (
    <span className={css['words']}>
      <Icon name="search" />
      <input
        type="search"
        aria-label="Words in the finding"
        placeholder="Filter by words"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </span>
  )
}

/** What to narrow the findings to; every choice is part of the address. */
export function Filters({ filters, rules, scopeName }: FiltersProps): ReactNode {
  const any = Object.values(filters).some((value) => value !== '')
  const known = rules.some(({ rule }) => rule === filters.rule)
  return (
    <div className={css['filters']} role="group" aria-label="Filters">
      <Words filters={filters} />
      <select
        aria-label="Rule"
        value={filters.rule}
        onChange={(event) => narrow({ ...filters, rule: event.target.value })}
      >
        <option value="">All rules</option>
        {filters.rule !== '' && !known ? <option value={filters.rule}>{filters.rule}</option> : null}
        {rules.map(({ rule, title, count }) => (
          <option key={rule} value={rule}>
            {title} ({count})
          </option>
        ))}
      </select>
      <select
        aria-label="Cloud"
        value={filters.cloud}
        onChange={(event) => narrow({ ...filters, cloud: event.target.value })}
      >
        <option value="">All clouds</option>
        {CLOUDS.map((cloud) => (
          <option key={cloud} value={cloud}>
            {CLOUD_NAME[cloud]}
          </option>
        ))}
      </select>
      <Severities filters={filters} />
      {filters.scope === '' ? null : (
        <Button className={css['scope'] ?? ''} onClick={() => narrow({ ...filters, scope: '' })}>
          In {scopeName ?? filters.scope}
          <Icon name="cross" size={12} />
          <span className="visually-hidden">remove</span>
        </Button>
      )}
      {any ? (
        <Button look="quiet" onClick={() => narrow({ severity: '', rule: '', cloud: '', scope: '', q: '' })}>
          Clear
        </Button>
      ) : null}
    </div>
  )
}
