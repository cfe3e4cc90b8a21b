import type { ReactNode } from 'react'
import type { ApiCan } from '../../../app/server/api.ts'
import { useAnswer } from '../../ask/use-answer.ts'
import { PageTitle } from '../../parts/page-title.tsx'
import { Empty, Failure, Skeleton } from '../../parts/states.tsx'
import { address } from '../../routing/location.ts'
import { CanAnswer } from './can-answer.tsx'
import { CanForm, type CanQuestion } from './can-form.tsx'
import css from './can-page.module.css'

const questionOf = (params: URLSearchParams): CanQuestion => ({
  principal: params.get('principal') ?? '',
  action: params.get('action') ?? '',
  resource: params.get('resource') ?? '',
})

/** “Can this identity do that there, and why?” */
export function CanPage({ params }: { readonly params: URLSearchParams }): ReactNode {
  const question = questionOf(params)
  const complete = question.principal !== '' && question.action !== '' && question.resource !== ''
  const answer = useAnswer<ApiCan>(complete ? address('/can', { ...question }) : null)
  return (
    <>
      <PageTitle title="Can it, and why?">
        One identity, one action, one resource: the answer with every policy layer that took part
      </PageTitle>
      <CanForm question={question} found={answer.state === 'ready' ? answer.value.principal : undefined} />
      {answer.state === 'ready' ? (
        <CanAnswer answer={answer.value} />
      ) : (
        <div className={css['card']}>
          {answer.state === 'idle' ? (
            <Empty icon="question" title="Ask about one request">
              <p>
                The action is written as the cloud writes it: <code>s3:GetObject</code>,{' '}
                <code>storage.objects.get</code>, <code>Microsoft.Storage/storageAccounts/read</code>. The
                resource is an ARN, a full resource name, or part of a name.
              </p>
            </Empty>
          ) : null}
          {answer.state === 'loading' ? <Skeleton lines={8} label="Working it out" /> : null}
          {answer.state === 'failed' ? (
            <Failure
              problem={answer.problem}
              retry={answer.retry}
              again={(id) =>
                address('/can', {
                  ...question,
                  [answer.problem.candidates?.[0]?.kind === 'principal' ? 'principal' : 'resource']: id,
                })
              }
            />
          ) : null}
        </div>
      )}
    </>
  )
}
