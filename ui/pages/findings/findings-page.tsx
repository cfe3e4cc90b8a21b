import type { ReactNode } from 'react'
import type { ApiFindings } from '../../../app/server/api.ts'
import { useAnswer } from '../../ask/use-answer.ts'
import { Button } from '../../parts/button.tsx'
import { FindingTable } from '../../parts/finding-table.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Empty, Failure, Skeleton } from '../../parts/states.tsx'
import { counted, number } from '../../parts/words.ts'
import { address, navigate } from '../../routing/location.ts'
import { Filters } from './filters.tsx'
import css from './findings-page.module.css'
import { filtersOf, type FindingFilters } from './filter-state.ts'

const PER_PAGE = 50

function Results({
  answer,
  filters,
  params,
}: {
  readonly answer: ApiFindings
  readonly filters: FindingFilters
  readonly params: URLSearchParams
}): ReactNode {
  if (answer.findings.length === 0) {
    return (
      <Empty icon="check" title="No finding fits">
        <p>Take a filter away, or be glad.</p>
      </Empty>
    )
  }
  const last = answer.offset + answer.findings.length
  const page = (offset: number): void => {
    navigate(address('/findings', { ...filters, offset: offset || null }))
    window.scrollTo(0, 0)
  }
  return (
    <>
      <FindingTable
        findings={answer.findings}
        open={params.get('open') ?? ''}
        onOpen={(open) =>
          navigate(address('/findings', { ...filters, offset: answer.offset || null, open }), {
            replace: true,
          })
        }
        withSubject
        label="Findings, worst first"
      />
      {answer.total > PER_PAGE ? (
        <nav className={css['pages']} aria-label="Pages of findings">
          <Button disabled={answer.offset === 0} onClick={() => page(Math.max(0, answer.offset - PER_PAGE))}>
            Previous
          </Button>
          <span>
            {number(answer.offset + 1)}–{number(last)} of {number(answer.total)}
          </span>
          <Button disabled={last >= answer.total} onClick={() => page(answer.offset + PER_PAGE)}>
            Next
          </Button>
        </nav>
      ) : null}
    </>
  )
}

/** All findings, filtered by what the address says; a row opens to its evidence and remedy. */
export function FindingsPage({ params }: { readonly params: URLSearchParams }): ReactNode {
  const filters = filtersOf(params)
  const offset = params.get('offset')
  const answer = useAnswer<ApiFindings>(address('/findings', { ...filters, offset, limit: PER_PAGE }))
  const shown = answer.state === 'ready' ? answer.value : answer.state === 'loading' ? answer.last : undefined
  return (
    <>
      <PageTitle title="Findings">{shown ? counted(shown.total, 'finding') : 'Reading…'}</PageTitle>
      <Filters filters={filters} rules={shown?.rules ?? []} scopeName={shown?.findings[0]?.scope?.name} />
      <h2 className="visually-hidden">Worst first</h2>
      <div className={css['card']} aria-busy={answer.state === 'loading'}>
        {answer.state === 'failed' ? <Failure problem={answer.problem} retry={answer.retry} /> : null}
        {answer.state === 'loading' && !shown ? <Skeleton lines={20} label="Reading the findings" /> : null}
        {shown ? <Results answer={shown} filters={filters} params={params} /> : null}
      </div>
    </>
  )
}
