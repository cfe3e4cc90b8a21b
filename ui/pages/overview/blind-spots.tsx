import type { ReactNode } from 'react'
import type { ApiOverview } from '../../../app/server/api.ts'
import { Card } from '../../parts/card.tsx'
import { Empty } from '../../parts/states.tsx'
import { CloudTag } from '../../parts/tag.tsx'
import { number } from '../../parts/words.ts'
import css from './blind-spots.module.css'

/** What the answers do not know: calls that were refused or not made, constructs that are not evaluated yet. */
export function BlindSpots({ overview }: { readonly overview: ApiOverview }): ReactNode {
  const { gaps, notEvaluated, counts } = overview
  const unseen = counts.gaps - gaps.length
  return (
    <Card
      title="What could not be seen"
      id="blind-spots"
      hint="Answers that depend on these say “unknown”; they never say “no”"
    >
      {gaps.length + notEvaluated.length === 0 ? (
        <Empty icon="check" title="Nothing is missing">
          <p>Every call of the exports was answered and every construct was evaluated.</p>
        </Empty>
      ) : (
        <div className={css['columns']}>
          <section className={css['gaps']}>
            <h3>Missing from the exports</h3>
            <ul>
              {gaps.map((gap) => (
                <li key={`${gap.scope} ${gap.what.replaceAll('-', ' ')}`} className={css['gap']}>
                  <p className={css['what']}>
                    <CloudTag cloud={gap.cloud} /> {gap.what.replaceAll('-', ' ')}
                    <span className={css['kind']}>
                      {' '}
                      {gap.kind.replaceAll('-', ' ')}
                      {gap.scope === '' ? '' : ` in ${gap.scope}`}
                    </span>
                  </p>
                  <p className={css['consequence']}>{gap.consequence}</p>
                  <p className={css['remedy']}>{gap.remedy}</p>
                </li>
              ))}
            </ul>
            {unseen > 0 ? <p className={css['kind']}>and {number(unseen)} more</p> : null}
          </section>
          <section>
            <h3>Not evaluated yet</h3>
            <ul>
              {notEvaluated.map(({ cloud, title, count }) => (
                <li key={`${cloud} ${title}`} className={css['construct']}>
                  <span>
                    <CloudTag cloud={cloud} /> {title}
                  </span>
                  <span className={css['count']}>{number(count)}</span>
                </li>
              ))}
            </ul>
          </section>
        </div>
      )}
    </Card>
  )
}
