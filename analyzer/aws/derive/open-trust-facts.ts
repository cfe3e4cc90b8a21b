import { nodeId } from '../../../graph/index.ts'
import type { OpenTrustFact } from '../../findings/fact.ts'
import type { Estate } from '../evaluate/estate.ts'
import { openTrust, SAML, WEB_IDENTITY } from '../federation/open-trust.ts'
import { changeTrust } from './remedies.ts'
import type { RoleTrusts } from './role-trust.ts'
import { isAbout, type Trust } from './trusts.ts'

/** Trusts in identity providers that let in strangers: each is tried with tokens that a stranger can get. */
export function openTrustFacts(
  estate: Estate,
  all: readonly Trust[],
  roles: RoleTrusts,
): readonly OpenTrustFact[] {
  return all.flatMap((trust) => {
    if (!trust.isRole) return []
    return trust.element.federated.flatMap((provider) => {
      const action = provider.includes(':saml-provider/') ? SAML : WEB_IDENTITY
      return isAbout(trust, action) ? openTo(estate, trust, provider, roles) : []
    })
  })
}

function openTo(estate: Estate, trust: Trust, provider: string, roles: RoleTrusts): readonly OpenTrustFact[] {
  const { isUnseen, ...policies } = roles.of(trust.arn, trust.use)
  const open = openTrust({ provider, role: trust.arn, ...policies, only: trust.index })
  if (open === undefined) return []
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
