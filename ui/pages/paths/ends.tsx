import { useState, type ReactNode } from 'react'
import type { ApiNodeRef } from '../../../app/server/api.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icons.tsx'
import { NodeCombobox } from '../../parts/node-combobox.tsx'
import { pathsAddress } from '../../routing/addresses.ts'
import { navigate } from '../../routing/location.ts'
import css from './ends.module.css'

interface EndsProps {
  readonly from: ApiNodeRef | null
  readonly to: ApiNodeRef | null
  /** What the address says, ids or names; empty for none. */
  readonly asked: { readonly from: string; readonly to: string }
}

/** The two ends of the question. An empty field asks about everybody, or the crown jewels. */
export function Ends({ from, to, asked }: EndsProps): ReactNode {
  const [fromText, setFromText] = useState(from?.name ?? asked.from)
  const [toText, setToText] = useState(to?.name ?? asked.to)
  const go = (ends: { readonly from: string; readonly to: string }): void => navigate(pathsAddress(ends))
  // A text that still is the shown name means the node that was found, not a search for its name.
  const fromAsked = fromText === from?.name ? asked.from : fromText
  const toAsked = toText === to?.name ? asked.to : toText
  return (
    <form
      className={css['ends']}
      onSubmit={(event) => {
        event.preventDefault()
        go({ from: fromAsked, to: toAsked })
      }}
    >
      <div className={css['field']}>
        <span className={css['label']} aria-hidden="true">
          From
        </span>
        <NodeCombobox
          label="From"
          placeholder="Anyone"
          value={fromText}
          onText={setFromText}
          onPick={(node) => go({ from: node.id, to: toAsked })}
          onEnter={(text) => go({ from: text, to: toAsked })}
        />
      </div>
      <Button
        className={css['swap'] ?? ''}
        aria-label="Swap the ends"
        onClick={() => go({ from: toAsked, to: fromAsked })}
      >
        <Icon name="swap" />
      </Button>
      <div className={css['field']}>
        <span className={css['label']} aria-hidden="true">
          To
        </span>
        <NodeCombobox
          label="To"
          placeholder="The crown jewels"
          value={toText}
          onText={setToText}
          onPick={(node) => go({ from: fromAsked, to: node.id })}
          onEnter={(text) => go({ from: fromAsked, to: text })}
        />
      </div>
      <Button look="primary" type="submit" className={css['find'] ?? ''}>
        Find paths
      </Button>
    </form>
  )
}
