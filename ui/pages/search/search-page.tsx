import type { ReactNode } from 'react'
import type { ApiSearch } from '../../../app/server/api.ts'
import { useAnswer } from '../../ask/use-answer.ts'
import { NodeName } from '../../parts/node-name.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Empty, Failure, Skeleton } from '../../parts/states.tsx'
import { counted, nativeId, number } from '../../parts/words.ts'
import { address } from '../../routing/location.ts'
import css from './search-page.module.css'

const MOST = 50

/** Everything that has the words in its name or id. */
export function SearchPage({ params }: { readonly params: URLSearchParams }): ReactNode {
  const q = params.get('q')?.trim() ?? ''
  const answer = useAnswer<ApiSearch>(q === '' ? null : address('/search', { q, limit: MOST }))
  const found = answer.state === 'ready' ? answer.value : undefined
  return (
    <>
      <PageTitle title={q === '' ? 'Search' : `Search: ${q}`}>
        {found
          ? found.total > found.results.length
            ? `The first ${found.results.length} of ${number(found.total)}`
            : counted(found.total, 'result')
          : 'People, workloads, roles, groups, resources, accounts'}
      </PageTitle>
      <div className={css['card']}>
        {answer.state === 'loading' ? <Skeleton lines={12} label="Searching" /> : null}
        {answer.state === 'failed' ? <Failure problem={answer.problem} retry={answer.retry} /> : null}
        {answer.state === 'idle' || found?.total === 0 ? (
          <Empty title={q === '' ? 'What are you looking for?' : 'Nothing here has that in its name or id'}>
            <p>
              A part of a name, an e-mail address, an ARN or an id. A kind in front narrows it:{' '}
              <code>role:deploy</code>, <code>user:ana</code>.
            </p>
          </Empty>
        ) : null}
        {found && found.total > 0 ? (
          <ul>
            {found.results.map((node) => (
              <li key={node.id} className={css['result']}>
                <NodeName node={node} />
                <code className={css['id']}>{nativeId(node)}</code>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </>
  )
}
