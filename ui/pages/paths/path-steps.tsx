import type { KeyboardEvent, ReactNode, Ref } from 'react'
import { CertaintyMark } from '../../parts/tag.tsx'
import { NodeName } from '../../parts/node-name.tsx'
import css from './path-steps.module.css'
import type { Stop } from './stops.ts'

interface PathStepsProps {
  readonly stops: readonly Stop[]
  readonly at: number
  readonly listRef: Ref<HTMLOListElement>
  readonly onGo: (at: number) => void
  /** Go on to the proof of the stop. */
  readonly onRead: () => void
}

/** The path as an ordered list, equal to the drawing: arrows move along it, Enter goes to the proof. */
export function PathSteps({ stops, at, listRef, onGo, onRead }: PathStepsProps): ReactNode {
  const onKeyDown = (event: KeyboardEvent<HTMLOListElement>): void => {
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1 }[event.key]
    if (next !== undefined) {
      event.preventDefault()
      const to = Math.max(0, Math.min(stops.length - 1, next))
      onGo(to)
      event.currentTarget.querySelectorAll('button')[to]?.focus()
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const buttons = [...event.currentTarget.querySelectorAll('button')]
      const here = buttons.findIndex((button) => button === event.target)
      if (here >= 0) onGo(here)
      onRead()
    }
  }
  return (
    <ol className={css['steps']} ref={listRef} onKeyDown={onKeyDown}>
      {stops.map((stop) => (
        <li
          key={stop.at}
          className={stop.is === 'step' ? `${css['step']} ${css[stop.step.certainty]}` : css['node']}
        >
          <button
            type="button"
            className={css['stop']}
            aria-current={stop.at === at ? 'step' : undefined}
            onClick={() => onGo(stop.at)}
          >
            {stop.is === 'node' ? (
              <NodeName node={stop.node} plain />
            ) : (
              <span className={css['label']}>
                {stop.step.label}
                {stop.step.certainty === 'certain' ? null : <CertaintyMark certainty={stop.step.certainty} />}
              </span>
            )}
          </button>
        </li>
      ))}
    </ol>
  )
}
