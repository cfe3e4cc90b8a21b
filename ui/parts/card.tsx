import type { ReactNode } from 'react'
import css from './card.module.css'

interface CardProps {
  readonly title: string
  /** Number after the title. */
  readonly count?: string | number
  readonly hint?: ReactNode
  readonly action?: ReactNode
  readonly id?: string
  /** The content brings its own padding: a table, a list of rows. */
  readonly flush?: boolean
  readonly children: ReactNode
}

/** A titled region of a page. */
export function Card({ title, count, hint, action, id, flush = false, children }: CardProps): ReactNode {
  const heading = id ?? title.toLowerCase().replaceAll(/[^a-z]+/g, '-')
  return (
    <section className={css['card']} aria-labelledby={heading}>
      <header className={css['head']}>
        <div className={css['titles']}>
          <h2 id={heading}>
            {title}
            {count === undefined ? null : <span className={css['count']}>{count}</span>}
          </h2>
          {hint === undefined ? null : <p className={css['hint']}>{hint}</p>}
        </div>
        {action === undefined ? null : <div className={css['action']}>{action}</div>}
      </header>
      <div className={flush ? css['flush'] : css['body']}>{children}</div>
    </section>
  )
}
