import type { ReactNode } from 'react'
import type { ApiIdentity, ApiLink } from '../../../app/server/api.ts'
import { Card } from '../../parts/card.tsx'
import { NodeName } from '../../parts/node-name.tsx'
import { Score } from '../../parts/score.tsx'
import { CertaintyMark } from '../../parts/tag.tsx'
import { Link } from '../../routing/link.tsx'
import css from './identity-aside.module.css'

export function RiskCard({ score, because }: Pick<ApiIdentity, 'score' | 'because'>): ReactNode {
  return (
    <Card title="Risk">
      <Score score={score} large />
      {because.length === 0 ? null : (
        <ol className={css['because']}>
          {because.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ol>
      )}
    </Card>
  )
}

/** The mark says in shape what the tone says in colour. */
const TONE_MARK = { plain: '', good: '✓', bad: '!', unknown: '?' } as const

export function Facts({ facts }: Pick<ApiIdentity, 'facts'>): ReactNode {
  if (facts.length === 0) return null
  return (
    <Card title="About">
      <dl className={css['facts']}>
        {facts.map(({ label, value, tone }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className={css[tone]}>
              {tone === 'plain' ? null : (
                <span className={css['mark']} aria-hidden="true">
                  {TONE_MARK[tone]}
                </span>
              )}
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

interface LinkListProps {
  readonly title: string
  readonly hint?: string
  readonly links: readonly ApiLink[]
  /** Said when there are none; absent: the whole card is left out. */
  readonly none?: string
  /** Where the words of a link lead: the path that proves it. */
  readonly address?: (id: string) => string
}

/** Other identities this one is tied to, each with how. */
export function LinkList({ title, hint, links, none, address }: LinkListProps): ReactNode {
  if (links.length === 0 && none === undefined) return null
  return (
    <Card title={title} count={links.length} hint={links.length === 0 ? undefined : hint} flush>
      {links.length === 0 ? <p className={css['none']}>{none}</p> : null}
      <ul>
        {links.map(({ node, label, certainty }) => (
          <li key={`${node.id} ${label}`} className={css['link']}>
            <NodeName node={node} />
            <span className={css['how']}>
              {address ? (
                <Link href={address(node.id)} className={css['path']}>
                  {label}
                </Link>
              ) : (
                label
              )}
              {certainty === 'certain' ? null : <CertaintyMark certainty={certainty} />}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
