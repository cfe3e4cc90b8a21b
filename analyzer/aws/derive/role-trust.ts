import type { Json } from '../../../graph/index.ts'
import type { Estate } from '../evaluate/estate.ts'
import { trustDocument, type TrustDocument } from '../federation/trust-policy.ts'
import { accountIn } from '../model/arn.ts'
import { VARIABLES } from '../state.ts'
import { statementJson } from './remedies.ts'

/** What decides whether somebody who is no IAM principal may take a role. */
export interface RoleTrust {
  readonly trust: TrustDocument
  readonly controls: readonly TrustDocument[]
  /** Resource control policies above the role were not imported, or not all of them. */
  readonly isUnseen: boolean
}

/** Trust policies and resource control policies, each compiled once. */
export class RoleTrusts {
  private readonly estate: Estate
  private readonly documents = new Map<number, TrustDocument>()

  constructor(estate: Estate) {
    this.estate = estate
  }

  /** Of a role, by the use of its trust policy. */
  of(role: string, use: number): RoleTrust {
    const { uses, accounts } = this.estate.state
    const rcps = accounts[this.estate.accountOf(accountIn(role) ?? '')]?.rcps
    const levels = rcps?.status === 'known' ? rcps.levels : []
    return {
      trust: this.compiled(uses.documents[use] ?? -1),
      controls: levels.flatMap((level) =>
        Array.from(this.estate.documentsOf(level), (document) => this.compiled(document)),
      ),
      isUnseen: rcps?.status === 'unknown' || levels.some((level) => level.missing.length > 0),
    }
  }

  private compiled(document: number): TrustDocument {
    const known = this.documents.get(document)
    if (known !== undefined) return known
    const statements = [...this.estate.statementsOf(document)]
    const variables = statements.some((statement) => (this.estate.flags(statement) & VARIABLES) !== 0)
    const Statement: readonly Json[] = statements.map((statement) => statementJson(this.estate, statement))
    const made = trustDocument({ Version: variables ? '2012-10-17' : '2008-10-17', Statement })
    this.documents.set(document, made)
    return made
  }
}
