import type { ReactNode, Ref } from 'react'
import type { ApiNodeRef, ApiStep } from '../../../app/server/api.ts'
import { CopyButton } from '../../parts/button.tsx'
import { Evidence } from '../../parts/evidence.tsx'
import { NodeName } from '../../parts/node-name.tsx'
import { CertaintyMark } from '../../parts/tag.tsx'
import { nativeId } from '../../parts/words.ts'
import { nodeAddress, pathsAddress } from '../../routing/addresses.ts'
import { Link } from '../../routing/link.tsx'
import css from './stop-panel.module.css'
import type { Stop } from './stops.ts'

interface StopPanelProps {
  readonly stop: Stop
  readonly panelRef: Ref<HTMLDivElement>
  /** Escape: back to the list. */
  readonly onLeave: () => void
}

/** What one stop of a path means, and the proof of it. */
export function StopPanel({ stop, panelRef, onLeave }: StopPanelProps): ReactNode {
  return (
    <section
      className={css['panel']}
      ref={panelRef}
      tabIndex={-1}
      aria-labelledby="stop-title"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onLeave()
      }}
    >
      {stop.is === 'node' ? (
        <NodeStop node={stop.node} />
      ) : (
        <StepStop step={stop.step} from={stop.from} to={stop.to} />
      )}
    </section>
  )
}

function StepStop({
  step,
  from,
  to,
}: {
  readonly step: ApiStep
  readonly from: ApiNodeRef
  readonly to: ApiNodeRef
}): ReactNode {
  return (
    <>
      <header className={css['head']}>
        <p className={css['kicker']}>
          <code>{step.rule}</code>
          <CertaintyMark certainty={step.certainty} />
        </p>
        <h2 id="stop-title" className={css['title']}>
          {step.label}
        </h2>
        <p className={css['ends']}>
          {from.name} <span aria-label="to">→</span> {to.name}
        </p>
      </header>
      <div className={css['part']}>
        <h3>What an attacker does</h3>
        <p>{step.meaning}</p>
      </div>
      {step.conditions.length === 0 ? null : (
        <div className={css['part']}>
          <h3>{step.certainty === 'unknown' ? 'What is missing' : 'Only if'}</h3>
          <ul className={css['conditions']}>
            {step.conditions.map((condition) => (
              <li key={condition}>{condition}</li>
            ))}
          </ul>
        </div>
      )}
      <div className={css['part']}>
        <h3>Evidence</h3>
        <Evidence evidence={step.evidence} />
      </div>
    </>
  )
}

function NodeStop({ node }: { readonly node: ApiNodeRef }): ReactNode {
  return (
    <>
      <header className={css['head']}>
        <h2 id="stop-title" className="visually-hidden">
          {node.name}
        </h2>
        <NodeName node={node} />
      </header>
      <div className={css['id']}>
        <code>{nativeId(node)}</code>
        <CopyButton text={nativeId(node)} label="Copy id" />
      </div>
      <ul className={css['links']}>
        {node.kind === 'principal' ? (
          <>
            <li>
              <Link href={nodeAddress(node)}>Who this is and what it can do</Link>
            </li>
            <li>
              <Link href={pathsAddress({ from: node.id })}>Where it leads</Link>
            </li>
          </>
        ) : null}
        <li>
          <Link href={pathsAddress({ to: node.id })}>Who gets here</Link>
        </li>
      </ul>
      <p className={css['hint']}>Choose a step between two nodes to see its proof.</p>
    </>
  )
}
