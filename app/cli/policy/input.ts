import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { GomeisaError, type Json } from '../../../graph/index.ts'
import { shippedPolicies, type PolicyFile } from '../../../policies/index.ts'

/** The word for the policies that come with Gomeisa. */
export const SHIPPED = 'shipped'

/** Policy files by path: a file, a folder with the `.cedar` files below it, or the word `shipped`; none is `shipped`. */
export function policyFiles(paths: readonly string[]): readonly PolicyFile[] {
  return (paths.length === 0 ? [SHIPPED] : paths).flatMap((path) => {
    if (path === SHIPPED) return shippedPolicies()
    const files = reading(path, () =>
      statSync(path).isDirectory()
        ? globSync('**/*.cedar', { cwd: path })
            .sort()
            .map((name) => join(path, name))
        : [path],
    )
    if (files.length > 0) return files.map((file) => ({ path: file, text: textOf(file) }))
    throw new GomeisaError('INPUT_UNRECOGNISED', `the folder \`${path}\` holds no .cedar file`, {
      place: { file: path },
      remedy: 'name a file or a folder of policies, or the word `shipped`',
    })
  })
}

/** A JSON file; throws `INPUT_UNREADABLE`, `INPUT_ENCODING` or `INPUT_SYNTAX`. */
export function jsonFile(file: string): Json {
  return jsonOf(textOf(file), file)
}

/** JSON from a text; `from` says where it stands, for the error. */
export function jsonOf(text: string, from: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (cause) {
    throw new GomeisaError('INPUT_SYNTAX', `\`${from}\` is no JSON`, {
      place: { file: from },
      remedy: 'the form is in docs/policies.md',
      cause,
    })
  }
}

function textOf(file: string): string {
  const bytes = reading(file, () => readFileSync(file))
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new GomeisaError('INPUT_ENCODING', `\`${file}\` is not UTF-8`, {
      place: { file },
      remedy: 'save it as UTF-8 again',
      cause,
    })
  }
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw new GomeisaError('INPUT_UNREADABLE', `\`${path}\` cannot be read`, {
      place: { file: path },
      remedy: 'check the path and the permissions',
      cause,
    })
  }
}
