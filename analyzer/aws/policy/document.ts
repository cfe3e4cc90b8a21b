import type { Json } from '../../../graph/index.ts'
import { isObject, own } from '../../../graph/index.ts'
import type { Statement } from './statement.ts'
import { isAbout, statementOf } from './statement.ts'

/** Actions of which a document remembers its statements. */
const REMEMBERED = 4096

/** A policy document, compiled once and asked often. */
export class PolicyDocument {
  readonly statements: readonly Statement[]
  private readonly byAction = new Map<string, readonly Statement[]>()

  constructor(statements: readonly Statement[]) {
    this.statements = statements
  }

  /** The statements that are about a folded action, in their order. */
  about(action: string): readonly Statement[] {
    const known = this.byAction.get(action)
    if (known !== undefined) return known
    const found = this.statements.filter((statement) => isAbout(statement, action))
    if (this.byAction.size >= REMEMBERED) this.byAction.clear()
    this.byAction.set(action, found)
    return found
  }
}

/**
 * Compiles a policy document. `Statement` may be one object or a list; without one the document says nothing. Only
 * version 2012-10-17 gives `${…}` a meaning.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
 */
export function policyDocument(raw: Json): PolicyDocument {
  const body = isObject(raw) ? (own(raw, 'Statement') ?? []) : raw
  const variables = isObject(raw) && own(raw, 'Version') === '2012-10-17'
  const list = Array.isArray(body) ? (body as readonly Json[]) : [body]
  return new PolicyDocument(list.map((statement, i) => statementOf(statement, i, variables)))
}
