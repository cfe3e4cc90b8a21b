import { expect, it } from 'vitest'
import { postgresAddress } from '../../broker/ledger/postgres/address.ts'

it('reads an address, and verifies a server that is not on this machine', () => {
  expect(postgresAddress('postgres://gomeisa:p%40ss%2F@db.example.com/ledger\n')).toEqual({
    ...{ host: 'db.example.com', port: 5432, database: 'ledger', user: 'gomeisa', password: 'p@ss/' },
    tls: { ca: undefined },
  })
  expect(postgresAddress('postgresql://g@[::1]:6543/l?sslmode=disable')).toMatchObject({
    ...{ host: '::1', port: 6543, password: undefined, tls: undefined },
  })
  expect(postgresAddress('postgres://g@localhost/l?host=/run/postgresql')).toMatchObject({
    ...{ host: '/run/postgresql', tls: undefined },
  })
})

it.each([
  ['postgres://u:hunter2@db.example.com/l?sslmode=disable', 'without TLS only a server on this machine'],
  [
    'postgres://u:hunter2@127.0.0.1.example.com/l?sslmode=disable',
    'without TLS only a server on this machine',
  ],
  ['postgres://u:hunter2@localhost/l?host=db.example.com', 'the folder of a socket'],
  ['postgres://u:hunter2@h/l?sslmode=require', 'sslmode is verify-full or disable'],
  ['postgres://u:hunter2@h/l?ssl_rootcert=x', 'a parameter that is not'],
  ['postgres://u:hunter2@h/l?sslrootcert=/no/such/hunter2', 'sslrootcert cannot be read'],
  ['postgres://u:hunter2%zz@h/l', 'a % in it'],
  ['postgres://u:hunter2@h', 'host, user or database is missing'],
  ['postgres://u:hunter2@h:99999/l', 'no address'],
  ['mysql://u:hunter2@h/l', 'no address of PostgreSQL'],
])('refuses %s without quoting it', (text, why) => {
  let said: unknown
  try {
    postgresAddress(text)
  } catch (error) {
    said = error
  }
  expect(said).toMatchObject({ code: 'USAGE' })
  expect(String(said)).toContain(why)
  expect(JSON.stringify(said, Object.getOwnPropertyNames(said))).not.toContain('hunter2')
})
