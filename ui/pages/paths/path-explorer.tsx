import { lazy, Suspense, useEffect, useRef, type ReactNode } from 'react'
import type { ApiPath } from '../../../app/server/api.ts'
import { Card } from '../../parts/card.tsx'
import { Skeleton } from '../../parts/states.tsx'
import { CertaintyMark, NewTag } from '../../parts/tag.tsx'
import { counted } from '../../parts/words.ts'
import css from './path-explorer.module.css'
import { PathSteps } from './path-steps.tsx'
import { StopPanel } from './stop-panel.tsx'
import { stopsOf } from './stops.ts'

const PathCanvas = lazy(async () => ({ default: (await import('./canvas/path-canvas.tsx')).PathCanvas }))

interface PathExplorerProps {
  readonly paths: readonly ApiPath[]
  /** Index of the path that is looked at. */
  readonly chosen: number
  /** Position of the stop that is looked at. */
  readonly at: number
  readonly onGo: (chosen: number, at: number) => void
}

/** Drawing, list and proof of the same paths; what is chosen in one is chosen in all. */
export function PathExplorer({ paths, chosen, at, onGo }: PathExplorerProps): ReactNode {
  const panel = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLOListElement>(null)
  const path = paths[chosen]
  if (path === undefined) return null
  const stops = stopsOf(path)
  const stop = stops[at] ?? stops[0]
  if (stop === undefined) return null
  const read = (): void => panel.current?.focus()
  const back = (): void => list.current?.querySelector<HTMLElement>('[aria-current]')?.focus()
  return (
    <div className={css['explorer']}>
      <div className={css['switch']}>
        <Switcher paths={paths} chosen={chosen} onChoose={(next) => onGo(next, 1)} />
      </div>
      <div className={css['canvas']}>
        <Suspense fallback={<Skeleton lines={9} label="Drawing" />}>
          <PathCanvas paths={paths} chosen={chosen} at={stop.at} onGo={onGo} onRead={read} />
        </Suspense>
      </div>
      <div className={css['steps']}>
        <Card title="Step by step" flush>
          <PathSteps
            stops={stops}
            at={stop.at}
            listRef={list}
            onGo={(next) => onGo(chosen, next)}
            onRead={read}
          />
        </Card>
      </div>
      <div className={css['panel']}>
        <StopPanel stop={stop} panelRef={panel} onLeave={back} />
      </div>
    </div>
  )
}

interface SwitcherProps {
  readonly paths: readonly ApiPath[]
  readonly chosen: number
  readonly onChoose: (index: number) => void
}

function Switcher({ paths, chosen, onChoose }: SwitcherProps): ReactNode {
  const row = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const tab = row.current?.children[chosen]
    if (!row.current || !(tab instanceof HTMLElement)) return
    // Only the row scrolls: scrollIntoView would move the page as well.
    row.current.scrollLeft =
      tab.offsetLeft - row.current.offsetLeft - (row.current.clientWidth - tab.clientWidth) / 2
  }, [chosen])
  return (
    <ul ref={row} className={css['tabs']} aria-label="Paths, shortest first">
      {paths.map((path, index) => (
        <li key={index}>
          <button
            type="button"
            className={css['tab']}
            aria-pressed={index === chosen}
            onClick={() => onChoose(index)}
          >
            <span className={css['start']}>
              <span className={css['name']}>{path.nodes[0]?.name}</span>
              {path.isNew ? <NewTag /> : null}
            </span>
            <span className={css['length']}>
              {counted(path.steps.length, 'step')}
              <CertaintyMark certainty={path.certainty} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
