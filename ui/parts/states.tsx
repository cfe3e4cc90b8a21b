import type { ReactNode } from 'react'
import type { ApiProblem } from '../../app/server/api.ts'
import { Link } from '../routing/link.tsx'
import { Button } from './button.tsx'
import { Icon, type IconName } from './icons.tsx'
import { NodeName } from './node-name.tsx'
import css from './states.module.css'

/** Grey bars in the place of what is being loaded; `lines` sets the height so that nothing jumps. */
export function Skeleton({
  lines = 3,
  label = 'Loading',
}: {
  readonly lines?: number
  readonly label?: string
}): ReactNode {
  return (
    <div className={css['skeleton']} role="status">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className={css['bar']} />
      ))}
    </div>
  )
}

interface EmptyProps {
  readonly icon?: IconName
  readonly title: string
  readonly children?: ReactNode
}

/** Why there is nothing, and what to do about it. */
export function Empty({ icon = 'search', title, children }: EmptyProps): ReactNode {
  return (
    <div className={css['empty']}>
      <span className={css['icon']}>
        <Icon name={icon} size={20} />
      </span>
      <p className={css['title']}>{title}</p>
      {children === undefined ? null : <div className={css['text']}>{children}</div>}
    </div>
  )
}

/** Errors quote what was asked in backticks. */
function withCode(text: string): ReactNode[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))
}

interface FailureProps {
  readonly problem: ApiProblem
  readonly retry?: () => void
  /** When the name fits several nodes: the address that asks again with one of them. */
  readonly again?: (id: string) => string
}

/** What went wrong in words, and the way on: retry, one of the candidates, or the start. */
export function Failure({ problem, retry, again }: FailureProps): ReactNode {
  const missing = problem.status === 404
  const candidates = problem.candidates ?? []
  return (
    <div className={css['empty']} role="alert">
      <span className={css['icon']}>
        <Icon name={missing ? 'search' : 'question'} size={20} />
      </span>
      <p className={css['title']}>{problem.title}</p>
      <p className={css['text']}>{withCode(problem.detail)}</p>
      {candidates.length > 0 && again ? (
        <ul className={css['candidates']}>
          {candidates.map((node) => (
            <li key={node.id}>
              <Link href={again(node.id)}>
                <NodeName node={node} plain />
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      <div className={css['actions']}>
        {!missing && retry && candidates.length === 0 ? <Button onClick={retry}>Try again</Button> : null}
        {missing ? (
          <Link className={css['home']} href="/">
            Back to the overview
          </Link>
        ) : null}
      </div>
    </div>
  )
}
