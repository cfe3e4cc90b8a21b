import { useEffect, useId, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react'
import type { ApiNodeRef, ApiSearch } from '../../app/server/api.ts'
import { useAnswer } from '../ask/use-answer.ts'
import { address } from '../routing/location.ts'
import css from './node-combobox.module.css'
import { NodeName } from './node-name.tsx'

const PAUSE = 120
const SHOWN = 8

interface NodeComboboxProps {
  readonly label: string
  readonly value: string
  readonly onText: (text: string) => void
  readonly onPick: (node: ApiNodeRef) => void
  /** Enter without a chosen option. */
  readonly onEnter?: (text: string) => void
  readonly placeholder?: string
  readonly className?: string | undefined
  readonly inputRef?: Ref<HTMLInputElement>
  /** Last row of the list, told how many there are. */
  readonly more?: (total: number) => string
  readonly keyShortcuts?: string
}

function useDelayed(text: string): string {
  const [delayed, setDelayed] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(text), PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  return delayed
}

/**
 * A text field that finds nodes while one types (WAI-ARIA combobox with a list popup): arrows choose, Enter takes,
 * Escape closes. The focus stays in the field.
 */
export function NodeCombobox(props: NodeComboboxProps): ReactNode {
  const { label, value, onText, onPick, onEnter, placeholder, className, inputRef, more, keyShortcuts } =
    props
  const id = useId()
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState(-1)
  const query = useDelayed(value.trim())
  const answer = useAnswer<ApiSearch>(
    open && query !== '' ? address('/search', { q: query, limit: SHOWN }) : null,
  )
  const found = answer.state === 'ready' ? answer.value : answer.state === 'loading' ? answer.last : undefined
  const options = found?.results ?? []
  const extra = more && found && options.length > 0 ? 1 : 0
  const shown = open && value.trim() !== ''

  const close = (): void => {
    setOpen(false)
    setChosen(-1)
  }
  const take = (index: number): void => {
    const node = options[index]
    if (node) onPick(node)
    else onEnter?.(value.trim())
    close()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const count = options.length + extra
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      if (count > 0)
        setChosen((chosen + (event.key === 'ArrowDown' ? 1 : chosen < 0 ? 0 : -1) + count) % count)
    } else if (event.key === 'Enter' && value.trim() !== '' && (chosen >= 0 || onEnter)) {
      event.preventDefault()
      take(chosen)
    } else if (event.key === 'Escape' && open) {
      event.preventDefault()
      close()
    }
  }

  return (
    <div
      className={`${css['combobox']} ${className ?? ''}`}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close()
      }}
    >
      <input
        ref={inputRef}
        className={css['input']}
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={shown}
        aria-controls={shown ? id : undefined}
        aria-autocomplete="list"
        aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
        aria-keyshortcuts={keyShortcuts}
        placeholder={placeholder}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={value}
        onChange={(event) => {
          onText(event.target.value)
          setOpen(true)
          setChosen(-1)
        }}
        onKeyDown={onKeyDown}
      />
      {shown ? (
        <div className={css['popup']}>
          <ul id={id} role="listbox" aria-label={label}>
            {options.map((node, index) => (
              <li
                key={node.id}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === chosen}
                className={css['option']}
                onMouseDown={(event) => event.preventDefault()}
                onMouseMove={() => setChosen(index)}
                onClick={() => take(index)}
              >
                <NodeName node={node} plain />
              </li>
            ))}
            {extra === 1 && found && more ? (
              <li
                id={`${id}-${options.length}`}
                role="option"
                aria-selected={chosen === options.length}
                className={`${css['option']} ${css['more']}`}
                onMouseDown={(event) => event.preventDefault()}
                onMouseMove={() => setChosen(options.length)}
                onClick={() => take(options.length)}
              >
                {more(found.total)}
              </li>
            ) : null}
          </ul>
          {options.length === 0 ? (
            <p className={css['nothing']}>
              {answer.state === 'ready'
                ? 'Nothing here has that in its name or id.'
                : answer.state === 'failed'
                  ? answer.problem.detail
                  : 'Searching…'}
            </p>
          ) : null}
        </div>
      ) : null}
      <span className="visually-hidden" role="status">
        {shown && answer.state === 'ready' ? `${answer.value.total} found` : ''}
      </span>
    </div>
  )
}
