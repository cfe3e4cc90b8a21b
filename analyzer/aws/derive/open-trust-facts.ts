import type { Json } from '../../../graph/index.ts'
import { nodeId } from '../../../graph/index.ts'
import type { OpenTrustFact } from '../../findings/fact.ts'
import type { Estate } from '../evaluate/estate.ts'
import { openTrust, SAML, WEB_IDENTITY } from '../federation/open-trust.ts'
import { trustDocument, type TrustDocument } from '../federation/trust-policy.ts'
import { accountIn } from '../model/arn.ts'
import { VARIABLES } from '../state.ts'
import { changeTrust, statementJson } from './remedies.ts'
import { isAbout, type Trust } from './trusts.ts'

/** Trusts in identity providers that let in strangers: each is tried with tokens that a stranger can get. */
export function openTrustFacts(estate: Estate, all: readonly Trust[]): readonly OpenTrustFact[] {
  const documents = new Map<number, TrustDocument>()
  return all.flatMap((trust) => {
    if (!trust.isRole) return []
    return trust.element.federated.flatMap((provider) => {
      const action = provider.includes(':saml-provider/') ? SAML : WEB_IDENTITY
      return isAbout(trust, action) ? openTo(estate, trust, provider, documents) : []
    })
  })
}

function openTo(
  estate: Estate,
  trust: Trust,
  provider: string,
  documents: Map<number, TrustDocument>,
): readonly OpenTrustFact[] {
  const { uses, accounts } = estate.state
  const compiled = (document: number): TrustDocument => {
    const known = documents.get(document)
    if (known !== undefined) return known
    const made = compile(estate, document)
    documents.set(document, made)
    return made
  }
  const rcps = accounts[estate.accountOf(accountIn(trust.arn) ?? '')]?.rcps
  const levels = rcps?.status === 'known' ? rcps.levels : []
  const open = openTrust({
    provider,
    role: trust.arn,
    trust: compiled(uses.documents[trust.use] ?? -1),
    only: trust.index,
    controls: levels.flatMap((level) => Array.from(estate.documentsOf(level), compiled)),
  })
  if (open === undefined) return []
  const isUnseen = rcps?.status === 'unknown' || levels.some((level) => level.missing.length > 0)
  const [operator, key, value] = open.ask
  return [
    {
      fact: 'open-trust',
      trusted: nodeId('aws', provider),
      trusting: nodeId('aws', trust.arn),
      kind: open.kind,
      who: open.who,
      token: open.token,
      conditions: open.conditions,
      evidence: [trust.because],
      remedy: changeTrust(estate, trust, `let in only those who are meant: ask for ${key}`, {
        [operator]: { [key]: value },
      }),
      assumes: [
        ...open.missing,
        ...(isUnseen ? ['no resource control policy forbids it (they were not imported)'] : []),
      ],
    },
  ]
}

function compile(estate: Estate, document: number): TrustDocument {
  const statements = [...estate.statementsOf(document)]
  const variables = statements.some((statement) => (estate.flags(statement) & VARIABLES) !== 0)
  const Statement: readonly Json[] = statements.map((statement) => statementJson(estate, statement))
  return trustDocument({ Version: variables ? '2012-10-17' : '2008-10-17', Statement })
}
