import type { KeyboardEvent, ReactNode } from 'react'
import type { ApiPath } from '../../../../app/server/api.ts'
import { Icon, type IconName } from '../../../parts/icons.tsx'
import { CertaintyMark } from '../../../parts/tag.tsx'
import { stopsOf, type Stop } from '../stops.ts'
import css from './path-canvas.module.css'
import { stopIds } from './elements.ts'
import { useCytoscape } from './use-cytoscape.ts'

interface PathCanvasProps {
  readonly paths: readonly ApiPath[]
  readonly chosen: number
  readonly at: number
  readonly onGo: (chosen: number, at: number) => void
  /** Go on to the proof of the stop. */
  readonly onRead: () => void
}

function spoken(stop: Stop | undefined): string {
  if (stop === undefined) return ''
  return stop.is === 'node'
    ? `${stop.node.name}, ${stop.node.type}`
    : `${stop.step.label}, to ${stop.to.name}`
}

/**
 * The drawing. Clicks choose; arrows left and right move along the path, up and down change the path, Enter goes to
 * the proof, plus, minus and 0 zoom: all that can be dragged can be had from a key or a button.
 */
export function PathCanvas({ paths, chosen, at, onGo, onRead }: PathCanvasProps): ReactNode {
  const path = paths[chosen]
  const pick = (id: string): void => {
    // What several paths share is looked at in the chosen one.
    const order = [chosen, ...paths.keys()]
    for (const index of order) {
      const candidate = paths[index]
      const place = candidate ? stopIds(candidate).indexOf(id) : -1
      if (place >= 0) {
        onGo(index, place)
        return
      }
    }
  }
  const canvas = useCytoscape({
    paths,
    path: path ?? { certainty: 'unknown', isNew: false, nodes: [], steps: [] },
    at,
    onPick: pick,
  })
  if (path === undefined) return null
  const stops = stopsOf(path)
  const step = (by: number): void => onGo(chosen, Math.max(0, Math.min(stops.length - 1, at + by)))
  const change = (by: number): void => onGo((chosen + by + paths.length) % paths.length, 1)
  const keys: Readonly<Record<string, () => void>> = {
    ArrowRight: () => step(1),
    ArrowLeft: () => step(-1),
    ArrowDown: () => change(1),
    ArrowUp: () => change(-1),
    Enter: onRead,
    '+': () => canvas.zoomBy(1.25),
    '-': () => canvas.zoomBy(0.8),
    '0': canvas.fit,
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const action = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    action()
  }
  const buttons: readonly { readonly name: string; readonly icon: IconName; readonly act: () => void }[] = [
    { name: 'Zoom in', icon: 'plus', act: () => canvas.zoomBy(1.25) },
    { name: 'Zoom out', icon: 'minus', act: () => canvas.zoomBy(0.8) },
    { name: 'Show all', icon: 'fit', act: canvas.fit },
  ]
  return (
    <>
      <div
        ref={canvas.box}
        className={css['canvas']}
        tabIndex={0}
        role="application"
        aria-label="Drawing of the paths"
        aria-describedby="canvas-help"
        onKeyDown={onKeyDown}
      />
      <p className="visually-hidden" aria-live="polite">
        {spoken(stops[at])}
      </p>
      <div className={css['bar']}>
        <p id="canvas-help" className={css['help']}>
          Arrow keys move along the path, Enter opens the evidence
        </p>
        <ul className={css['legend']} aria-label="Kinds of steps">
          {(['certain', 'conditional', 'unknown'] as const).map((certainty) => (
            <li key={certainty}>
              <CertaintyMark certainty={certainty} />
            </li>
          ))}
        </ul>
        <div className={css['buttons']}>
          {buttons.map(({ name, icon, act }) => (
            <button key={name} type="button" className={css['button']} aria-label={name} onClick={act}>
              <Icon name={icon} size={14} />
            </button>
          ))}
        </div>
      </div>
    </>
  )
}
