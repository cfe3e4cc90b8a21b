import type { Json, JsonObject, SourceRef } from '../../../graph/index.ts'
import { isObject, own } from '../../../graph/index.ts'
import { rawDocument, textList } from '../raw.ts'
import type { DocumentColumns, StatementColumns, UseColumns } from '../state.ts'
import { ALLOW, NOT_ACTION, NOT_PRINCIPAL, NOT_RESOURCE, VARIABLES } from '../state.ts'
import { ListColumn, ListPool, TextPool } from './intern.ts'

/** Builds the columns of distinct statements, distinct documents and the places where they are used. */
export class PolicyTables {
  readonly texts = new TextPool()
  private readonly lists = new ListPool()
  private readonly documents = new Map<string, number>()
  private readonly documentStatements = new ListColumn()
  private readonly single: number[] = []
  private readonly statementKeys = new Map<string, number>()
  private readonly statements: number[] = []
  private readonly uses: number[] = []
  private readonly pointers: string[] = []
  private readonly documentOfUse: number[] = []

  /** Records a document where it is used (`arn`: of a managed policy) and gives the use; `undefined` when the value is no policy document. */
  use(value: Json | undefined, name: string, at: SourceRef, arn?: string): number | undefined {
    const raw = rawDocument(value)
    if (raw === undefined) return undefined
    const document = this.document(raw)
    this.documentOfUse.push(document)
    this.uses.push(document, this.texts.add(name), at.source, arn === undefined ? -1 : this.texts.add(arn))
    this.pointers.push(at.pointer)
    return this.documentOfUse.length - 1
  }

  documentOf(use: number): number {
    return this.documentOfUse[use] ?? -1
  }

  statementColumns(): StatementColumns {
    const column = (k: number) => Int32Array.from(every(this.statements, 6, k))
    return {
      flags: Uint8Array.from(every(this.statements, 6, 0)),
      actions: column(1),
      resources: column(2),
      conditions: column(3),
      principals: column(4),
      sids: column(5),
      lists: this.lists.columns(),
    }
  }

  documentColumns(): DocumentColumns {
    return { statements: this.documentStatements.columns(), single: Uint8Array.from(this.single) }
  }

  useColumns(): UseColumns {
    return {
      documents: Int32Array.from(every(this.uses, 4, 0)),
      names: Int32Array.from(every(this.uses, 4, 1)),
      sources: Int32Array.from(every(this.uses, 4, 2)),
      arns: Int32Array.from(every(this.uses, 4, 3)),
      pointers: this.pointers,
    }
  }

  private document(raw: JsonObject): number {
    const body = own(raw, 'Statement')
    // Only version 2012-10-17 gives `${…}` a meaning: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
    const variables = own(raw, 'Version') === '2012-10-17' ? VARIABLES : 0
    const list = Array.isArray(body) ? (body as readonly Json[]) : [body ?? null]
    const statements = list.map((statement) =>
      this.statement(isObject(statement) ? statement : {}, variables),
    )
    // Documents are equal when their statements are, one by one.
    const key = `${Array.isArray(body) ? '' : '1 '}${statements.join()}`
    const known = this.documents.get(key)
    if (known !== undefined) return known
    const id = this.documents.size
    this.documents.set(key, id)
    this.documentStatements.push(statements)
    this.single.push(Array.isArray(body) ? 0 : 1)
    return id
  }

  private statement(raw: JsonObject, variables: number): number {
    const notAction = own(raw, 'NotAction')
    const notResource = own(raw, 'NotResource')
    const notPrincipal = own(raw, 'NotPrincipal')
    const action = own(raw, 'Action') ?? notAction
    const resource = own(raw, 'Resource') ?? notResource
    const principal = own(raw, 'Principal') ?? notPrincipal
    const flags =
      variables |
      (own(raw, 'Effect') === 'Allow' ? ALLOW : 0) |
      (own(raw, 'Action') === undefined && notAction !== undefined ? NOT_ACTION : 0) |
      (own(raw, 'Resource') === undefined && notResource !== undefined ? NOT_RESOURCE : 0) |
      (own(raw, 'Principal') === undefined && notPrincipal !== undefined ? NOT_PRINCIPAL : 0)
    const row = [
      flags,
      this.list(action),
      resource === undefined ? -1 : this.list(resource),
      this.json(conditionOf(raw)),
      this.json(principal),
      typeof own(raw, 'Sid') === 'string' ? this.texts.add(own(raw, 'Sid') as string) : -1,
    ]
    const key = row.join()
    const known = this.statementKeys.get(key)
    if (known !== undefined) return known
    const id = this.statementKeys.size
    this.statementKeys.set(key, id)
    for (const cell of row) this.statements.push(cell)
    return id
  }

  private list(value: Json | undefined): number {
    return this.lists.add(textList(value).map((text) => this.texts.add(text)))
  }

  private json(value: Json | undefined): number {
    return value === undefined ? -1 : this.texts.add(JSON.stringify(value))
  }
}

/** An empty condition block is no condition. */
function conditionOf(raw: JsonObject): Json | undefined {
  const condition = own(raw, 'Condition')
  return isObject(condition) && Object.keys(condition).length === 0 ? undefined : condition
}

function* every(cells: readonly number[], width: number, offset: number): Generator<number> {
  for (let i = offset; i < cells.length; i += width) yield cells[i] ?? 0
}
