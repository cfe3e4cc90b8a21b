import { useEffect, type ReactNode } from 'react'
import css from './page-title.module.css'

interface PageTitleProps {
  readonly title: string
  readonly children?: ReactNode
  /** Buttons beside it. */
  readonly actions?: ReactNode
}

/** The heading of a page, and its name in the browser's tab. */
export function PageTitle({ title, children, actions }: PageTitleProps): ReactNode {
  useEffect(() => {
    document.title = `${title} – Gomeisa`
  }, [title])
  return (
    <div className={css['head']}>
      <div className={css['titles']}>
        <h1>{title}</h1>
        {children === undefined ? null : <div className={css['sub']}>{children}</div>}
      </div>
      {actions === undefined ? null : <div className={css['actions']}>{actions}</div>}
    </div>
  )
}
