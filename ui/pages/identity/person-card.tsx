import type { ReactNode } from 'react'
import type { ApiIdentity, ApiPerson } from '../../../app/server/api.ts'
import { Card } from '../../parts/card.tsx'
import { EvidenceList } from '../../parts/evidence.tsx'
import { NodeName } from '../../parts/node-name.tsx'
import { CertaintyMark } from '../../parts/tag.tsx'
import { counted } from '../../parts/words.ts'
import css from './person-card.module.css'

const RULE_WORDS = new Map([
  ['identity-provider-subject', 'Subject of the identity provider'],
  ['object-id', 'Object id'],
  ['e-mail', 'E-mail address'],
  ['operator-map', 'Your map of people'],
])

function Link({ link }: { readonly link: ApiPerson['links'][number] }): ReactNode {
  return (
    <details className={css['why']}>
      <summary>
        {RULE_WORDS.get(link.rule) ?? link.rule}
        <CertaintyMark certainty={link.certainty} />
      </summary>
      <EvidenceList list={[link.evidence]} />
    </details>
  )
}

/** Every account of the person behind an identity, and why they are one person's. */
export function PersonCard({
  person,
  self,
}: Pick<ApiIdentity, 'person'> & { readonly self: string }): ReactNode {
  if (person === null) return null
  const sure = person.accounts.filter(({ conditions }) => conditions.length === 0).length
  const hint = `${counted(sure, 'account')} certainly this person’s`
  return (
    <Card title="One person" count={person.accounts.length} hint={hint} flush>
      <ul>
        {person.accounts.map(({ node, conditions }) => (
          <li key={node.id} className={css['account']}>
            <NodeName node={node} />
            {node.id === self ? <span className={css['note']}>this account</span> : null}
            {conditions.length > 0 ? <CertaintyMark certainty="conditional" /> : null}
            {conditions.map((condition) => (
              <p key={condition} className={css['note']}>
                if {condition}
              </p>
            ))}
          </li>
        ))}
      </ul>
      {person.links.map((link, index) => (
        <Link key={index} link={link} />
      ))}
    </Card>
  )
}
