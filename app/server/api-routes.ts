import { Hono, type Context } from 'hono'
import type { ApiHandlers } from './handlers.ts'
import { problem, problemOf } from './problem.ts'
import { QueryParams } from './query-params.ts'

const MOST_OFFSET = 10_000_000

const paramsOf = (context: Context): QueryParams => new QueryParams(new URL(context.req.url).searchParams)

/**
 * The endpoints of `api.ts` under `/api/v1`, as answers of the handlers. `report` hears of every error that is a bug.
 * Nothing is cached: the answers hold who may do what.
 */
export function apiRoutes(api: ApiHandlers, report: (error: unknown) => void): Hono {
  const routes = new Hono()
  routes.use(async (context, next) => {
    await next()
    context.res.headers.set('Cache-Control', 'no-store')
  })
  routes.get('/overview', async (context) => context.json(await api.overview()))
  routes.get('/search', async (context) => {
    const params = paramsOf(context)
    const limit = params.integer('limit', { least: 1, most: 50, fallback: 10 })
    return context.json(await api.search({ q: params.required('q'), limit }))
  })
  routes.get('/identities/:id', async (context) =>
    context.json(await api.identity({ id: context.req.param('id') })),
  )
  routes.get('/findings', async (context) => {
    const params = paramsOf(context)
    const answer = await api.findings({
      severity: params.severities('severity'),
      rule: params.text('rule'),
      cloud: params.cloud('cloud'),
      scope: params.text('scope'),
      q: params.text('q'),
      offset: params.integer('offset', { least: 0, most: MOST_OFFSET, fallback: 0 }),
      limit: params.integer('limit', { least: 1, most: 200, fallback: 50 }),
    })
    return context.json(answer)
  })
  routes.get('/paths', async (context) => {
    const params = paramsOf(context)
    const limit = params.integer('limit', { least: 1, most: 25, fallback: 10 })
    return context.json(await api.paths({ from: params.text('from'), to: params.text('to'), limit }))
  })
  routes.get('/can', async (context) => {
    const params = paramsOf(context)
    const principal = params.required('principal')
    const action = params.required('action')
    return context.json(await api.can({ principal, action, resource: params.required('resource') }))
  })
  routes.notFound((context) => context.json(problem(404, 'NOT_FOUND', 'there is no such endpoint'), 404))
  routes.onError((error, context) => {
    const answer = problemOf(error)
    if (answer.status === 500) report(error)
    return context.json(answer, answer.status, { 'Content-Type': 'application/problem+json' })
  })
  return routes
}
