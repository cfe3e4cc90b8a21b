import { TOKEN, type Also } from './resource-manager.ts'

interface FakeGroup {
  readonly about: Readonly<Record<string, unknown>>
  readonly members: Set<string>
}

/** Groups as Graph keeps them: direct members in pages of two, and 400 for one who is a member already. */
export function groupsService() {
  const groups = new Map<string, FakeGroup>()
  const seen: string[] = []
  const made = {
    groups,
    seen,
    trouble: (() => undefined) as (method: string) => number | undefined,
    /** A change is done, and answered with this status. */
    after: undefined as number | undefined,
    also: (() => undefined) as Also,
  }
  const fail = (status: number, code: string): readonly [number, object] => [
    status,
    { error: { code, message: 'One or more added object references already exist: secret text' } },
  ]
  const changed = (): readonly [number, object] =>
    made.after === undefined ? [204, {}] : fail(made.after, 'serviceNotAvailable')

  const answer = (method: string, url: URL, body: string): readonly [number, object] => {
    const [, id = '', rest = ''] = /^\/v1\.0\/groups\/([\w-]+)(.*)$/.exec(url.pathname) ?? []
    const group = groups.get(id)
    const trouble = made.trouble(method)
    if (trouble !== undefined) return fail(trouble, 'Authorization_RequestDenied')
    if (group === undefined) return fail(404, 'Request_ResourceNotFound')
    if (method === 'GET' && rest === '') return [200, { id, ...group.about }]
    if (method === 'GET' && rest === '/members') {
      const from = Number(url.searchParams.get('$skiptoken') ?? 0)
      const [all, next] = [[...group.members], new URL(url)]
      next.searchParams.set('$skiptoken', String(from + 2))
      const value = all.slice(from, from + 2).map((member) => ({ id: member }))
      return [200, { value, ...(from + 2 < all.length && { '@odata.nextLink': next.href }) }]
    }
    if (method === 'POST' && rest === '/members/$ref') {
      const said = (JSON.parse(body) as Record<string, string>)['@odata.id'] ?? ''
      const [, who] =
        /^https:\/\/graph\.microsoft\.com\/v1\.0\/directoryObjects\/([\w-]{36})$/.exec(said) ?? []
      if (who === undefined || group.members.has(who)) return fail(400, 'Request_BadRequest')
      group.members.add(who)
      return changed()
    }
    const [, who = ''] = /^\/members\/([\w-]{36})\/\$ref$/.exec(rest) ?? []
    // Without `$ref` Graph deletes the user: nothing here may ask that.
    if (method !== 'DELETE' || who === '') return fail(405, 'Request_BadRequest')
    return group.members.delete(who) ? changed() : fail(404, 'Request_ResourceNotFound')
  }

  made.also = (method, url, body, bearer) => {
    if (!url.pathname.startsWith('/v1.0/groups/')) return undefined
    seen.push(`${method} ${url.pathname}`)
    const denied = fail(401, 'InvalidAuthenticationToken')
    return Promise.resolve(bearer === `Bearer ${TOKEN}` ? answer(method, url, body) : denied)
  }
  return made
}
