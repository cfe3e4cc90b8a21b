import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.json', 'application/json'],
  ['.png', 'image/png'],
  ['.woff2', 'font/woff2'],
])
const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.svg', '.json'])
const WORTH_COMPRESSING = 1024
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }

interface File {
  readonly body: Buffer
  readonly extension: string
  readonly etag: string
  /** The name carries a hash of the content. */
  readonly immutable: boolean
  readonly encoded: Map<string, Buffer>
}

/** The built UI, read once into memory: a request can name nothing outside it. */
export class StaticFiles {
  readonly #files = new Map<string, File>()

  /** `folder` need not exist: then there are no files. */
  constructor(folder: string) {
    for (const path of filesUnder(folder)) {
      const name = `/${relative(folder, path).split(sep).join('/')}`
      const body = readFileSync(path)
      this.#files.set(name, {
        body,
        extension: extname(path),
        etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
        immutable: name.startsWith('/assets/'),
        encoded: new Map(),
      })
    }
  }

  has(name: string): boolean {
    return this.#files.has(name)
  }

  /** The answer for a file, compressed as the client accepts, or 304; undefined when there is no such file. */
  answer(name: string, request: Request, status = 200): Response | undefined {
    const file = this.#files.get(name)
    if (file === undefined) return undefined
    const headers = new Headers({
      'Content-Type': TYPES.get(file.extension) ?? 'application/octet-stream',
      'Cache-Control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      ETag: file.etag,
      Vary: 'Accept-Encoding',
    })
    if (status === 200 && request.headers.get('if-none-match') === file.etag) {
      return new Response(null, { status: 304, headers })
    }
    const coding = codingFor(file, request.headers.get('accept-encoding') ?? '')
    if (coding !== undefined) headers.set('Content-Encoding', coding)
    const body = coding === undefined ? file.body : encodedBody(file, coding)
    headers.set('Content-Length', String(body.byteLength))
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), { status, headers })
  }
}

function filesUnder(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  } catch {
    return []
  }
}

function codingFor(file: File, accepted: string): 'br' | 'gzip' | undefined {
  if (!COMPRESSIBLE.has(file.extension) || file.body.byteLength < WORTH_COMPRESSING) return undefined
  const codings = accepted.split(',').map((one) => one.split(';')[0]?.trim())
  return (['br', 'gzip'] as const).find((coding) => codings.includes(coding))
}

/** Compressed on first use: most starts never serve most files. */
function encodedBody(file: File, coding: 'br' | 'gzip'): Buffer {
  const known = file.encoded.get(coding)
  if (known !== undefined) return known
  const made = coding === 'br' ? brotliCompressSync(file.body, BROTLI) : gzipSync(file.body)
  file.encoded.set(coding, made)
  return made
}
