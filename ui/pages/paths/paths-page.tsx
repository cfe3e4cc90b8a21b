import type { ReactNode } from 'react'
import type { ApiPaths } from '../../../app/server/api.ts'
import { useAnswer } from '../../ask/use-answer.ts'
import { PageTitle } from '../../parts/page-title.tsx'
import { Empty, Failure, Skeleton } from '../../parts/states.tsx'
import { counted } from '../../parts/words.ts'
import { address, navigate } from '../../routing/location.ts'
import { Ends } from './ends.tsx'
import { PathExplorer } from './path-explorer.tsx'
import css from './paths-page.module.css'

/** The question in words: what the paths below are the answer to. */
function question(answer: ApiPaths): string {
  const { from, to } = answer
  if (from && to) return `How ${from.name} reaches ${to.name}`
  if (to) return `Who reaches ${to.name}`
  return from ? `Where ${from.name} leads` : 'Who reaches the crown jewels'
}

function reached(answer: ApiPaths): string {
  const parts = [counted(answer.total, 'path')]
  if (answer.paths.length < answer.total) parts.push(`the shortest ${answer.paths.length} are shown`)
  if (answer.reach) {
    parts.unshift(
      `${counted(answer.reach.people, 'person', 'people')} and ${counted(answer.reach.workloads, 'workload')}`,
    )
  }
  return parts.join(' · ')
}

/** Proof first: the stop that is shown unless another is asked for is the first step. */
const FIRST_STEP = 1

/** A whole number within bounds from the address, else the fallback. */
function position(text: string | null, count: number, fallback: number): number {
  const value = Number(text ?? fallback)
  return Number.isInteger(value) && value >= 0 && value < count ? value : Math.min(fallback, count - 1)
}

function Found({
  answer,
  params,
}: {
  readonly answer: ApiPaths
  readonly params: URLSearchParams
}): ReactNode {
  const chosen = position(params.get('path'), answer.paths.length, 0)
  const path = answer.paths[chosen]
  if (path === undefined) {
    return (
      <div className={css['card']}>
        <Empty icon="path" title="No path was found">
          <p>
            Nothing in this snapshot leads from one to the other. Calls that are missing from the exports can
            hide a path: the overview lists them.
          </p>
        </Empty>
      </div>
    )
  }
  const go = (next: number, at: number): void =>
    navigate(
      address('/paths', {
        from: params.get('from'),
        to: params.get('to'),
        path: next || null,
        at: at === FIRST_STEP ? null : at,
      }),
      { replace: true },
    )
  return (
    <PathExplorer
      paths={answer.paths}
      chosen={chosen}
      at={position(params.get('at'), path.nodes.length + path.steps.length, FIRST_STEP)}
      onGo={go}
    />
  )
}

/** How power travels from one node to another: drawn from left to right, and as a list with the proof of each step. */
export function PathsPage({ params }: { readonly params: URLSearchParams }): ReactNode {
  const ends = { from: params.get('from') ?? '', to: params.get('to') ?? '' }
  const answer = useAnswer<ApiPaths>(address('/paths', ends))
  const found = answer.state === 'ready' ? answer.value : undefined
  return (
    <>
      <PageTitle title={found ? question(found) : 'Paths'}>
        {found ? reached(found) : answer.state === 'failed' ? 'No answer' : 'Looking for paths…'}
      </PageTitle>
      <Ends
        from={found?.from ?? null}
        to={found?.to ?? null}
        asked={ends}
        key={`${ends.from} ${ends.to} ${answer.state}`}
      />
      {answer.state === 'failed' ? (
        <div className={css['card']}>
          <Failure
            problem={answer.problem}
            retry={answer.retry}
            again={(id) => address('/paths', ambiguous(ends, id, answer.problem.detail))}
          />
        </div>
      ) : null}
      {answer.state === 'loading' ? (
        <div className={css['card']}>
          <Skeleton lines={18} label="Looking for paths" />
        </div>
      ) : null}
      {found ? <Found answer={found} params={params} /> : null}
    </>
  )
}

/** The end whose name the problem quotes is the one to replace. */
function ambiguous(
  ends: { readonly from: string; readonly to: string },
  id: string,
  detail: string,
): { readonly from: string; readonly to: string } {
  return ends.from !== '' && detail.includes(ends.from) ? { ...ends, from: id } : { ...ends, to: id }
}
