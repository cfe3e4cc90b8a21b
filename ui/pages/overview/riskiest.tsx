import { useState, type ReactNode } from 'react'
import type { ApiRankedIdentity } from '../../../app/server/api.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { NodeName } from '../../parts/node-name.tsx'
import { Score } from '../../parts/score.tsx'
import { SeverityCounts } from '../../parts/severity.tsx'
import { NewTag } from '../../parts/tag.tsx'
import css from './riskiest.module.css'

const FIRST = 10

/** The identities an attacker would want most, and why. */
export function Riskiest({ identities }: { readonly identities: readonly ApiRankedIdentity[] }): ReactNode {
  const [all, setAll] = useState(false)
  const shown = all ? identities : identities.slice(0, FIRST)
  return (
    <Card title="Riskiest identities" hint="Ranked by what an attacker gains with them" flush>
      <table className={css['table']}>
        <thead>
          <tr>
            <th scope="col" className={css['rank']}>
              <span className="visually-hidden">Rank</span>
            </th>
            <th scope="col">Identity</th>
            <th scope="col">Risk</th>
            <th scope="col">Because</th>
            <th scope="col">Findings</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ identity, score, because, findings, isNew }, index) => (
            <tr key={identity.id}>
              <td className={css['rank']}>{index + 1}</td>
              <td className={css['identity']}>
                <NodeName node={identity} mark={isNew ? <NewTag /> : undefined} />
              </td>
              <td className={css['score']}>
                <Score score={score} />
              </td>
              <td className={css['because']}>{because.join(' · ')}</td>
              <td className={css['findings']}>
                <SeverityCounts counts={findings} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {identities.length > FIRST ? (
        <div className={css['more']}>
          <Button look="quiet" onClick={() => setAll(!all)} aria-expanded={all}>
            {all ? `Show the first ${FIRST}` : `Show all ${identities.length}`}
          </Button>
        </div>
      ) : null}
    </Card>
  )
}
