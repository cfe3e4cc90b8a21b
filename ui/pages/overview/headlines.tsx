import type { ReactNode } from 'react'
import type { ApiHeadline } from '../../../app/server/api.ts'
import { CopyButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Icon } from '../../parts/icons.tsx'
import { SeverityShape } from '../../parts/severity.tsx'
import { Empty } from '../../parts/states.tsx'
import { SEVERITY_NAME } from '../../parts/words.ts'
import { inApp, Link } from '../../routing/link.tsx'
import css from './headlines.module.css'

/** Sentences that stand on their own, each leading to its proof. */
export function Headlines({ headlines }: { readonly headlines: readonly ApiHeadline[] }): ReactNode {
  const text = headlines.map((headline) => `• ${headline.text}`).join('\n')
  return (
    <Card
      title="Worth forwarding"
      flush
      action={headlines.length > 0 ? <CopyButton text={text} label="Copy all" /> : undefined}
    >
      {headlines.length === 0 ? (
        <Empty icon="check" title="Nothing stands out">
          <p>No identity reaches a crown jewel in this snapshot, as far as it could be evaluated.</p>
        </Empty>
      ) : (
        <ol className={css['list']}>
          {headlines.map((headline) => (
            <li key={headline.text}>
              <Link href={inApp(headline.link)} className={css['row']}>
                <span className={css['mark']}>
                  <SeverityShape severity={headline.severity} />
                  <span className="visually-hidden">{SEVERITY_NAME[headline.severity]}: </span>
                </span>
                <span className={css['text']}>{headline.text}</span>
                <span className={css['go']}>
                  <Icon name="chevron" size={14} />
                </span>
              </Link>
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
