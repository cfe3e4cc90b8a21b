import type { ReactNode } from 'react'
import type { ApiCertainty, ApiCloud } from '../../app/server/api.ts'
import css from './tag.module.css'
import { CERTAINTY_NAME, CLOUD_NAME } from './words.ts'

export type Tone = 'plain' | 'accent' | 'jewel' | 'good' | 'warn' | 'bad'

export function Tag({
  tone = 'plain',
  children,
}: {
  readonly tone?: Tone
  readonly children: ReactNode
}): ReactNode {
  return <span className={`${css['tag']} ${css[tone]}`}>{children}</span>
}

export function CloudTag({ cloud }: { readonly cloud: ApiCloud }): ReactNode {
  return <span className={css['cloud']}>{CLOUD_NAME[cloud]}</span>
}

/** Not there in the snapshot before. */
export function NewTag(): ReactNode {
  return <Tag tone="accent">New</Tag>
}

/** A stroke as the path page draws it (solid, dashed, dotted) and the word. */
export function CertaintyMark({ certainty }: { readonly certainty: ApiCertainty }): ReactNode {
  const dash = { certain: undefined, conditional: '5 3', unknown: '1.5 3.5' }[certainty]
  return (
    <span className={`${css['certainty']} ${css[certainty]}`}>
      <svg width="22" height="8" viewBox="0 0 22 8" aria-hidden="true">
        <path
          d="M1 4h20"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeDasharray={dash}
        />
      </svg>
      {CERTAINTY_NAME[certainty]}
    </span>
  )
}
