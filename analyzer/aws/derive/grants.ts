import { entry } from '../../multimap.ts'
import type { Estate } from '../evaluate/estate.ts'
import { isAccountId, parseArn } from '../model/arn.ts'
import { listAt } from '../model/intern.ts'
import { NOT_RESOURCE } from '../state.ts'
import { Prefixes } from './prefixes.ts'

/**
 * Statements that allow one action, with the principals that hold them, filed by the resources that they name, so that
 * a question about one resource looks at few: those that name it, or its name in whatever account, or a pattern in its
 * account, and those whose pattern may be about anything.
 */
export class Grants {
  private readonly estate: Estate
  private readonly byStatement = new Map<number, number[]>()
  /** By a resource without a wildcard but, perhaps, `*` as its account. */
  private readonly exact = new Map<string, number[]>()
  /** Patterns in an account, by the text before their first wildcard. */
  private readonly byAccount = new Map<string, Prefixes>()
  private readonly particular: number[] = []
  private readonly open: number[] = []
  /** Statements about every resource. */
  readonly aboutAll: number[] = []
  private all: ReadonlySet<number> | undefined

  constructor(estate: Estate) {
    this.estate = estate
  }

  add(statement: number, principals: Iterable<number>): void {
    let list = this.byStatement.get(statement)
    if (list === undefined) {
      list = []
      this.byStatement.set(statement, list)
      this.file(statement)
    }
    for (const principal of principals) list.push(principal)
  }

  get statements(): Iterable<number> {
    return this.byStatement.keys()
  }

  /** The principals that hold a statement. */
  holders(statement: number): readonly number[] {
    return this.byStatement.get(statement) ?? []
  }

  /** The principals that hold a statement about every resource. */
  get ofAll(): ReadonlySet<number> {
    return (this.all ??= new Set(this.aboutAll.flatMap((statement) => this.holders(statement))))
  }

  /**
   * Statements besides `aboutAll` that may be about a resource (`undefined`: about one that has wildcards itself); some may
   * come twice.
   */
  about(resource: string | undefined): Iterable<number> {
    const parsed = resource === undefined ? undefined : parseArn(resource)
    // A `*` may match beyond a colon, but the five colons of a name and those of a pattern with five or more must meet.
    if (resource === undefined || parsed === undefined || parsed.resource.includes(':'))
      return this.particular
    const found: (readonly number[])[] = []
    if (this.exact.size > 0) {
      found.push(this.exact.get(resource) ?? NONE, this.exact.get(everywhere(resource)) ?? NONE)
    }
    found.push(...(this.byAccount.get(parsed.account)?.of(resource) ?? []))
    if (found.length === 0) return this.open
    found.push(this.open)
    return found.flat()
  }

  private file(statement: number): void {
    const { statements } = this.estate.state
    const list = statements.resources[statement] ?? -1
    const isNegated = (this.estate.flags(statement) & NOT_RESOURCE) !== 0
    if (list >= 0 && !isNegated && this.estate.isEverything(list)) {
      this.aboutAll.push(statement)
      return
    }
    this.particular.push(statement)
    if (list < 0 || isNegated) {
      this.open.push(statement)
      return
    }
    for (const text of listAt(statements.lists, list)) this.fileUnder(this.estate.text(text), statement)
  }

  private fileUnder(pattern: string, statement: number): void {
    const account = parseArn(pattern)?.account
    const named = account === '*' ? everywhere(pattern, '') : pattern
    const wild = named.search(/[*?]|\$\{/)
    if (wild < 0) put(this.exact, pattern, statement)
    else if (account !== undefined && isAccountId(account))
      entry(this.byAccount, account, () => new Prefixes()).add(named.slice(0, wild), statement)
    else if (this.open.at(-1) !== statement) this.open.push(statement)
  }
}

const NONE: readonly number[] = []

function put(map: Map<string, number[]>, key: string, statement: number): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [statement])
  else if (list.at(-1) !== statement) list.push(statement)
}

/** The ARN with another text as its account. */
function everywhere(arn: string, account = '*'): string {
  let start = -1
  for (let colons = 0; colons < 4; colons++) start = arn.indexOf(':', start + 1)
  return arn.slice(0, start + 1) + account + arn.slice(arn.indexOf(':', start + 1))
}
