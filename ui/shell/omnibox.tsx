import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Icon } from '../parts/icons.tsx'
import { NodeCombobox } from '../parts/node-combobox.tsx'
import { counted } from '../parts/words.ts'
import { nodeAddress } from '../routing/addresses.ts'
import { address, navigate } from '../routing/location.ts'
import css from './omnibox.module.css'

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Search across everything, from everywhere: `/` or Ctrl+K. */
export function Omnibox(): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const withControl = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k'
      if (!withControl && (event.key !== '/' || event.ctrlKey || event.metaKey || typing(event.target)))
        return
      event.preventDefault()
      input.current?.focus()
      input.current?.select()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <search className={css['omnibox']}>
      <span className={css['icon']}>
        <Icon name="search" />
      </span>
      <NodeCombobox
        label="Search everything"
        placeholder="Search people, roles, resources"
        keyShortcuts="/ Control+K"
        className={css['field']}
        inputRef={input}
        value={text}
        onText={setText}
        onPick={(node) => {
          setText('')
          navigate(nodeAddress(node))
        }}
        onEnter={(q) => navigate(address('/search', { q }))}
        more={(total) => `See ${counted(total, 'result')}`}
      />
      {text === '' ? (
        <kbd className={css['key']} aria-hidden="true">
          /
        </kbd>
      ) : null}
    </search>
  )
}
