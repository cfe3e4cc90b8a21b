import type { ReactNode } from 'react'
import type { ApiCan } from '../../../app/server/api.ts'
import { Card } from '../../parts/card.tsx'
import { Evidence } from '../../parts/evidence.tsx'
import { Icon, type IconName } from '../../parts/icons.tsx'
import { capitalised } from '../../parts/words.ts'
import { nodeAddress } from '../../routing/addresses.ts'
import { Link } from '../../routing/link.tsx'
import css from './can-answer.module.css'

const WORDS: Readonly<Record<ApiCan['decision'], { readonly answer: string; readonly icon: IconName }>> = {
  allowed: { answer: 'Yes', icon: 'check' },
  'allowed-if': { answer: 'Yes, if', icon: 'check' },
  denied: { answer: 'No', icon: 'cross' },
  unknown: { answer: 'Unknown', icon: 'question' },
}

const EFFECTS = {
  allow: { word: 'Allows', icon: 'check' },
  deny: { word: 'Denies', icon: 'cross' },
  none: { word: 'Says nothing', icon: 'minus' },
} as const

function Reasons({ title, list }: { readonly title: string; readonly list: readonly string[] }): ReactNode {
  if (list.length === 0) return null
  return (
    <div className={css['reasons']}>
      <h3>{title}</h3>
      <ul>
        {list.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </div>
  )
}

/** The decision in one word, what it hangs on, and the layers in the order in which they were asked. */
export function CanAnswer({ answer }: { readonly answer: ApiCan }): ReactNode {
  const { principal, action, resource, decision, conditions, missing, because } = answer
  const { answer: word, icon } = WORDS[decision]
  return (
    <div className={css['answer']}>
      <section className={`${css['verdict']} ${css[decision]}`} aria-label="Answer">
        <h2 className={css['word']}>
          <span className={css['icon']}>
            <Icon name={icon} size={20} />
          </span>
          {word}
        </h2>
        <p className={css['sentence']}>
          <Link href={nodeAddress(principal)} className={css['who']}>
            {principal.name}
          </Link>{' '}
          {decision === 'denied' ? 'may not' : decision === 'unknown' ? 'may or may not' : 'may'}{' '}
          <code>{action}</code> on <code>{resource}</code>
        </p>
        <Reasons title="Only if" list={conditions} />
        <Reasons title="What would decide it" list={missing} />
      </section>
      <Card title="Why" hint="The layers that took part">
        <ol className={css['layers']}>
          {because.map((layer, index) => (
            <li key={index} className={css['layer']}>
              <div className={css['side']}>
                <span className={css['name']}>{capitalised(layer.layer)}</span>
                <span className={`${css['effect']} ${css[layer.effect]}`}>
                  <Icon name={EFFECTS[layer.effect].icon} size={14} />
                  {EFFECTS[layer.effect].word}
                </span>
              </div>
              <Evidence evidence={layer} />
            </li>
          ))}
        </ol>
      </Card>
    </div>
  )
}
