import type { ReactNode } from 'react'
import type { ApiOverview } from '../../../app/server/api.ts'
import { useAnswer } from '../../ask/use-answer.ts'
import { Card } from '../../parts/card.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Empty, Failure, Skeleton } from '../../parts/states.tsx'
import { moment } from '../../parts/words.ts'
import { BlindSpots } from './blind-spots.tsx'
import { Counts } from './counts.tsx'
import { Headlines } from './headlines.tsx'
import { Heatmap } from './heatmap.tsx'
import css from './overview-page.module.css'
import { Riskiest } from './riskiest.tsx'

function Loading(): ReactNode {
  return (
    <div className={css['grid']}>
      <div className={css['lead']}>
        <Card title="Worth forwarding" flush>
          <Skeleton lines={8} />
        </Card>
      </div>
      <div className={css['side']}>
        <Card title="In this snapshot" flush>
          <Skeleton lines={8} />
        </Card>
      </div>
      <div className={css['wide']}>
        <Card title="Riskiest identities" flush>
          <Skeleton lines={20} />
        </Card>
      </div>
    </div>
  )
}

function Loaded({ overview }: { readonly overview: ApiOverview }): ReactNode {
  return (
    <div className={css['grid']}>
      <div className={css['lead']}>
        <Headlines headlines={overview.headlines} />
      </div>
      <div className={css['side']}>
        <Counts overview={overview} />
      </div>
      <div className={css['wide']}>
        <Riskiest identities={overview.riskiest} />
      </div>
      <div className={css['wide']}>
        <Heatmap heatmap={overview.heatmap} />
      </div>
      <div className={css['wide']}>
        <BlindSpots overview={overview} />
      </div>
    </div>
  )
}

/** The landing page: what matters most, in words and in order. */
export function OverviewPage(): ReactNode {
  const answer = useAnswer<ApiOverview>('/overview')
  const overview = answer.state === 'ready' ? answer.value : undefined
  return (
    <>
      <PageTitle title="What an attacker could do">
        {overview
          ? `Snapshot of ${moment(overview.snapshot.takenAt)}${
              overview.previous ? `, compared with ${moment(overview.previous.takenAt)}` : ''
            }`
          : 'Reading the snapshot…'}
      </PageTitle>
      {answer.state === 'failed' ? <Failure problem={answer.problem} retry={answer.retry} /> : null}
      {answer.state === 'loading' ? <Loading /> : null}
      {overview && overview.counts.principals > 0 ? <Loaded overview={overview} /> : null}
      {overview && overview.counts.principals === 0 ? (
        <Empty icon="container" title="This snapshot holds no identities">
          <p>
            Import the exports of an account: <code>gomeisa import PATH</code>
          </p>
        </Empty>
      ) : null}
    </>
  )
}
