import { readFileSync } from 'node:fs'
import { GomeisaError } from '../../../graph/index.ts'

/** Where the database is and who the broker is there. */
export interface PostgresAddress {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  /** Secret: it goes to the server and nowhere else. */
  readonly password: string | undefined
  /** PEM of the authorities of the server's certificate, or those that Node trusts; undefined: no TLS, to this machine only. */
  readonly tls: { readonly ca: string | undefined } | undefined
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/
const FORM = 'postgres://USER:PASSWORD@HOST:PORT/DATABASE, and ?sslrootcert=FILE for an authority of your own'

/**
 * Reads `postgres://user:password@host:port/database`. The server's certificate is verified, name and all; without TLS only a server
 * on this machine is spoken to (`sslmode=disable`, or a folder with its socket as `host`). Throws `USAGE`, which never
 * quotes the text: there is a password in it.
 */
export function postgresAddress(text: string): PostgresAddress {
  const url = parsed(text.trim())
  const asked = Object.fromEntries(url.searchParams)
  const { sslmode = 'verify-full', sslrootcert, host: folder, ...unknown } = asked
  const [odd] = Object.keys(unknown)
  if (odd !== undefined) throw bad('it has a parameter that is not sslmode, sslrootcert or host')
  if (sslmode !== 'verify-full' && sslmode !== 'disable') throw bad('sslmode is verify-full or disable')
  const socket = folder?.startsWith('/') === true
  if (folder !== undefined && !socket) throw bad('the parameter host is the folder of a socket')
  const host = folder ?? decoded(url.hostname).replace(/^\[|\]$/g, '')
  const database = decoded(url.pathname.slice(1))
  const user = decoded(url.username)
  if (host === '' || database === '' || user === '') throw bad('host, user or database is missing')
  if (sslmode === 'disable' && !socket && !LOOPBACK.test(host)) {
    throw bad('without TLS only a server on this machine is spoken to')
  }
  const ca = sslrootcert === undefined ? undefined : authority(sslrootcert)
  return {
    ...{ host, database, user },
    port: url.port === '' ? 5432 : Number(url.port),
    password: url.password === '' ? undefined : decoded(url.password),
    tls: sslmode === 'disable' || socket ? undefined : { ca },
  }
}

/** The address as it may be shown. */
export const placeOf = ({ host, port, database }: PostgresAddress): string => `${host}:${port}/${database}`

function parsed(text: string): URL {
  // Of the errors of these nothing is kept: they quote what they could not read.
  if (!/^postgres(?:ql)?:\/\//.test(text)) throw bad('it is no address of PostgreSQL')
  if (!URL.canParse(text)) throw bad('it is no address')
  return new URL(text)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw bad('a % in it is not followed by two hexadecimal digits')
  }
}

function authority(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw bad('the file of sslrootcert cannot be read')
  }
}

const bad = (why: string): GomeisaError =>
  new GomeisaError('USAGE', `the address of the PostgreSQL ledger cannot be used: ${why}`, {
    remedy: FORM,
  })
