import type { Json, JsonObject, SourceRef } from '../../../graph/index.ts'
import { isObject, own } from '../../../graph/index.ts'
import { rawDocument } from '../raw.ts'
import type { DocumentColumns, StatementColumns, UseColumns } from '../state.ts'
import { ALLOW, NOT_ACTION, NOT_PRINCIPAL, NOT_RESOURCE, TOLD, VARIABLES } from '../state.ts'
import { ListColumn, ListPool, TextPool } from './intern.ts'

/** Builds the columns of distinct statements, distinct documents and the places where they are used. */
export class PolicyTables {
  readonly texts = new TextPool()
  private readonly lists = new ListPool()
  /** Lists of six: the columns of a statement. */
  private readonly statements = new ListPool()
  /** Whether it is a single statement, then its statements. */
  private readonly documents = new ListPool()
  private readonly uses: number[] = []
  private readonly pointers: string[] = []
  private readonly documentOfUse: number[] = []

  /** Records a document where it is used (`arn`: of a managed policy) and gives the use; `undefined` when the value is no policy document. */
  use(value: Json | undefined, name: string, at: SourceRef, arn?: string): number | undefined {
    const raw = rawDocument(value)
    return raw === undefined ? undefined : this.useOf(this.document(raw), name, at, arn)
  }

  /** Records what a grant or setting means, in the words of a policy; `at` leads to the grant or setting. */
  tell(statements: readonly JsonObject[], name: string, at: SourceRef): number {
    return this.useOf(this.documents.add([TOLD, ...statements.map((s) => this.statement(s, 0))]), name, at)
  }

  private useOf(document: number, name: string, at: SourceRef, arn?: string): number {
    this.documentOfUse.push(document)
    this.uses.push(document, this.texts.add(name), at.source, arn === undefined ? -1 : this.texts.add(arn))
    this.pointers.push(at.pointer)
    return this.documentOfUse.length - 1
  }

  documentOf(use: number): number {
    return this.documentOfUse[use] ?? -1
  }

  statementColumns(): StatementColumns {
    const { items } = this.statements.columns()
    return {
      flags: new Uint8Array(every(items, 6, 0)),
      actions: every(items, 6, 1),
      resources: every(items, 6, 2),
      conditions: every(items, 6, 3),
      principals: every(items, 6, 4),
      sids: every(items, 6, 5),
      lists: this.lists.columns(),
    }
  }

  documentColumns(): DocumentColumns {
    const { offsets, items } = this.documents.columns()
    const single = new Uint8Array(this.documents.length)
    const statements = new ListColumn()
    for (let i = 0; i < single.length; i++) {
      const start = offsets[i] ?? 0
      single[i] = items[start] ?? 0
      statements.push(items.subarray(start + 1, offsets[i + 1] ?? 0))
    }
    return { statements: statements.columns(), single }
  }

  useColumns(): UseColumns {
    return {
      documents: every(this.uses, 4, 0),
      names: every(this.uses, 4, 1),
      sources: every(this.uses, 4, 2),
      arns: every(this.uses, 4, 3),
      pointers: this.pointers,
    }
  }

  private document(raw: JsonObject): number {
    const body = own(raw, 'Statement')
    // Only version 2012-10-17 gives `${…}` a meaning: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
    const variables = own(raw, 'Version') === '2012-10-17' ? VARIABLES : 0
    // Documents are equal when their statements are, one by one.
    const row = [Array.isArray(body) ? 0 : 1]
    if (Array.isArray(body)) {
      for (const statement of body as readonly Json[]) row.push(this.statement(statement, variables))
    } else row.push(this.statement(body ?? null, variables))
    return this.documents.add(row)
  }

  private statement(value: Json, variables: number): number {
    const raw = elementsOf(value)
    const { action, notAction, resource, notResource, principal, notPrincipal } = raw
    const flags =
      variables |
      (raw.effect === 'Allow' ? ALLOW : 0) |
      (action === undefined && notAction !== undefined ? NOT_ACTION : 0) |
      (resource === undefined && notResource !== undefined ? NOT_RESOURCE : 0) |
      (principal === undefined && notPrincipal !== undefined ? NOT_PRINCIPAL : 0)
    const resources = resource ?? notResource
    return this.statements.add([
      flags,
      this.list(action ?? notAction),
      resources === undefined ? -1 : this.list(resources),
      isEmpty(raw.condition) ? -1 : this.json(raw.condition),
      this.json(principal ?? notPrincipal),
      typeof raw.sid === 'string' ? this.texts.add(raw.sid) : -1,
    ])
  }

  private list(value: Json | undefined): number {
    if (typeof value === 'string') return this.lists.add([this.texts.add(value)])
    const row: number[] = []
    if (Array.isArray(value)) {
      for (const item of value as readonly Json[])
        if (typeof item === 'string') row.push(this.texts.add(item))
    }
    return this.lists.add(row)
  }

  private json(value: Json | undefined): number {
    return value === undefined ? -1 : this.texts.add(JSON.stringify(value))
  }
}

/** The elements of a statement; those that are absent are `undefined`. */
interface Elements {
  sid: Json | undefined
  effect: Json | undefined
  action: Json | undefined
  notAction: Json | undefined
  resource: Json | undefined
  notResource: Json | undefined
  principal: Json | undefined
  notPrincipal: Json | undefined
  condition: Json | undefined
}

/** Reads a statement in one pass over its keys: asking for eleven names of every statement took a third of the time. */
function elementsOf(value: Json): Elements {
  const found: Elements = {
    sid: undefined,
    effect: undefined,
    action: undefined,
    notAction: undefined,
    resource: undefined,
    notResource: undefined,
    principal: undefined,
    notPrincipal: undefined,
    condition: undefined,
  }
  if (!isObject(value)) return found
  for (const key in value) {
    switch (key) {
      case 'Sid':
        found.sid = value[key]
        break
      case 'Effect':
        found.effect = value[key]
        break
      case 'Action':
        found.action = value[key]
        break
      case 'NotAction':
        found.notAction = value[key]
        break
      case 'Resource':
        found.resource = value[key]
        break
      case 'NotResource':
        found.notResource = value[key]
        break
      case 'Principal':
        found.principal = value[key]
        break
      case 'NotPrincipal':
        found.notPrincipal = value[key]
        break
      case 'Condition':
        found.condition = value[key]
        break
      default:
    }
  }
  return found
}

/** An empty condition block is no condition. */
function isEmpty(condition: Json | undefined): boolean {
  return isObject(condition) && Object.keys(condition).length === 0
}

/** One column of rows that lie one after the other. */
function every(cells: ArrayLike<number>, width: number, column: number): Int32Array<ArrayBuffer> {
  const found = new Int32Array(cells.length / width)
  for (let i = 0; i < found.length; i++) found[i] = cells[i * width + column] ?? 0
  return found
}
