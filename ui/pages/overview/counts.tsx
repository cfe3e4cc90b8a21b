import type { ReactNode } from 'react'
import type { ApiOverview } from '../../../app/server/api.ts'
import { Card } from '../../parts/card.tsx'
import { SeverityShape } from '../../parts/severity.tsx'
import { counted, number, SEVERITIES, SEVERITY_NAME } from '../../parts/words.ts'
import { Link } from '../../routing/link.tsx'
import { address } from '../../routing/location.ts'
import css from './counts.module.css'

/** How big the estate is, and how many findings of each severity it has. */
export function Counts({ overview }: { readonly overview: ApiOverview }): ReactNode {
  const { counts } = overview
  const most = Math.max(1, ...SEVERITIES.map((severity) => counts.findings[severity]))
  const size = [
    { name: 'Identities', value: counts.principals },
    { name: 'People', value: counts.people },
    { name: 'Resources', value: counts.resources },
    { name: 'Accounts and projects', value: counts.containers },
  ]
  return (
    <Card title="In this snapshot" id="counts">
      <dl className={css['size']}>
        {size.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{number(value)}</dd>
          </div>
        ))}
      </dl>
      <h3 className={css['heading']}>Findings</h3>
      <ul className={css['bars']}>
        {SEVERITIES.filter((severity) => severity !== 'info' || counts.findings.info > 0).map((severity) => (
          <li key={severity}>
            <Link href={address('/findings', { severity })} className={css['bar']}>
              <span className={css['name']}>
                <SeverityShape severity={severity} />
                {SEVERITY_NAME[severity]}
              </span>
              <svg className={css[severity]} width="100%" height="6" aria-hidden="true">
                <rect width="100%" height="6" rx="3" className={css['rest']} />
                <rect
                  width={`${(100 * counts.findings[severity]) / most}%`}
                  height="6"
                  rx="3"
                  fill="currentColor"
                />
              </svg>
              <span className={css['number']}>{number(counts.findings[severity])}</span>
            </Link>
          </li>
        ))}
      </ul>
      <p className={css['gaps']}>
        <a href="#blind-spots">
          {counts.gaps + counts.notEvaluated === 0
            ? 'Everything in the exports was evaluated'
            : `Not seen: ${counted(counts.gaps, 'gap')}, ${counted(counts.notEvaluated, 'construct')} not evaluated`}
        </a>
      </p>
    </Card>
  )
}
