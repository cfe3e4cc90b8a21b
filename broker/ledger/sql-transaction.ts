import { hasEnded, type Access, type Grant } from '../grants/grant.ts'
import type { AccessRequest } from '../requests/request.ts'
import type { RequestTransaction } from '../requests/request-ledger.ts'
import { accessOf, documentOf, grantOf } from './grant-rows.ts'
import { requestOf } from './request-rows.ts'

export type SqlValue = string | number | null

/** Statements within the transaction that is open; a value stands where its `?` is. */
export interface SqlStatements {
  /** Rows that changed. */
  run(sql: string, ...values: readonly SqlValue[]): number | Promise<number>
  /** The first column of each row. */
  all(sql: string, ...values: readonly SqlValue[]): readonly string[] | Promise<readonly string[]>
}

const GRANT = 'SELECT document FROM grant_row'
const REQUEST = 'SELECT document FROM request'
const NEWEST = 'ORDER BY starts_at DESC, id'

/** Grants, accesses and requests in tables; the same statements for every database, so that there is one meaning of them. */
export const sqlTransaction = (db: SqlStatements): Omit<RequestTransaction, 'audit'> => ({
  grant: async (id) => (await db.all(`${GRANT} WHERE id = ?`, id)).map(grantOf)[0],
  insert: async (grant) => {
    await db.run('INSERT INTO grant_row VALUES (?, ?, ?, ?, ?, ?, ?, ?)', grant.id, ...columns(grant))
  },
  update: async (grant) => {
    const next: Grant = { ...grant, version: grant.version + 1 }
    const sql =
      'UPDATE grant_row SET person = ?, access = ?, living = ?, due_at = ?, starts_at = ?, version = ?, document = ? ' +
      'WHERE id = ? AND version = ?'
    return (await db.run(sql, ...columns(next), grant.id, grant.version)) === 1 ? next : undefined
  },
  living: async (access) =>
    (await db.all(`${GRANT} WHERE living = 1 AND access = ? ORDER BY id`, access)).map(grantOf),
  due: async (now, limit) =>
    db.all(
      'SELECT id FROM grant_row WHERE living = 1 AND due_at <= ? ORDER BY due_at, id LIMIT ?',
      now,
      limit,
    ),
  grants: async (person) => {
    const rows =
      person === undefined
        ? await db.all(`${GRANT} ${NEWEST}`)
        : await db.all(`${GRANT} WHERE person = ? ${NEWEST}`, person)
    return rows.map(grantOf)
  },
  access: async (key) => (await db.all('SELECT document FROM access WHERE key = ?', key)).map(accessOf)[0],
  putAccess: async (access: Access) => {
    const sql =
      'INSERT INTO access VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET document = excluded.document'
    await db.run(sql, access.key, documentOf(access))
  },
  dropAccess: async (key) => {
    await db.run('DELETE FROM access WHERE key = ?', key)
  },
  noted: async (source) => Number((await db.all('SELECT seq FROM noted WHERE source = ?', source))[0] ?? 0),
  putNoted: async (source, seq) => {
    const sql = 'INSERT INTO noted VALUES (?, ?) ON CONFLICT (source) DO UPDATE SET seq = excluded.seq'
    await db.run(sql, source, seq)
  },
  request: async (id) => (await db.all(`${REQUEST} WHERE id = ?`, id)).map(requestOf)[0],
  insertRequest: async (request) => {
    await db.run('INSERT INTO request VALUES (?, ?, ?, ?, ?, ?, ?)', request.id, ...requestColumns(request))
  },
  updateRequest: async (request) => {
    const next: AccessRequest = { ...request, version: request.version + 1 }
    const sql =
      'UPDATE request SET person = ?, state = ?, asked_at = ?, grant_id = ?, version = ?, document = ? ' +
      'WHERE id = ? AND version = ?'
    const changed = await db.run(sql, ...requestColumns(next), request.id, request.version)
    return changed === 1 ? next : undefined
  },
  openRequests: async () =>
    (await db.all(`${REQUEST} WHERE state = 'awaiting' ORDER BY asked_at, id`)).map(requestOf),
  requestsOf: async (person, limit) => {
    const sql = `${REQUEST} WHERE person = ? ORDER BY asked_at DESC, id LIMIT ?`
    return (await db.all(sql, person, limit)).map(requestOf)
  },
  requestsOfGrant: async (grant) => {
    const sql = `${REQUEST} WHERE grant_id = ? ORDER BY asked_at DESC, id`
    return (await db.all(sql, grant)).map(requestOf)
  },
})

const columns = (grant: Grant): readonly SqlValue[] => [
  grant.person,
  grant.access,
  hasEnded(grant.state) ? 0 : 1,
  grant.dueAt,
  grant.startsAt,
  grant.version,
  documentOf(grant),
]

const requestColumns = (request: AccessRequest): readonly SqlValue[] => [
  request.person,
  request.state,
  request.askedAt,
  request.grant ?? null,
  request.version,
  documentOf(request),
]
