import type { ReactNode } from 'react'
import type { ApiOverview } from '../../../app/server/api.ts'
import { Card } from '../../parts/card.tsx'
import { SeverityShape } from '../../parts/severity.tsx'
import { CloudTag } from '../../parts/tag.tsx'
import { counted, SEVERITY_NAME } from '../../parts/words.ts'
import { Link } from '../../routing/link.tsx'
import { address } from '../../routing/location.ts'
import css from './heatmap.module.css'

/** Where which kind of finding piles up: a table, so that it can be read as well as seen. */
export function Heatmap({ heatmap }: { readonly heatmap: ApiOverview['heatmap'] }): ReactNode {
  if (heatmap.rows.length === 0) return null
  return (
    <Card title="Where findings pile up" hint="Number of findings; the shape shows the worst of them" flush>
      <div className={css['scroll']} tabIndex={0} role="group" aria-label="Findings by place and rule">
        <table className={css['table']}>
          <thead>
            <tr>
              <th scope="col" className={css['corner']}>
                Account, project or subscription
              </th>
              {heatmap.columns.map(({ rule, title }) => (
                <th scope="col" key={rule} className={css['column']}>
                  <Link href={address('/findings', { rule })}>{title}</Link>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {heatmap.rows.map(({ scope, cells }) => (
              <tr key={scope.id}>
                <th scope="row" className={css['scope']}>
                  <Link href={address('/findings', { scope: scope.id })} className={css['scopeLink']}>
                    <CloudTag cloud={scope.cloud} />
                    {scope.name}
                  </Link>
                </th>
                {cells.map(({ count, worst }, index) => {
                  const column = heatmap.columns[index]
                  if (column === undefined) return null
                  return (
                    <td key={column.rule} className={css['cell']}>
                      {worst === null ? (
                        <span className={css['zero']}>
                          <span className="visually-hidden">0</span>
                          <span aria-hidden="true">·</span>
                        </span>
                      ) : (
                        <Link
                          href={address('/findings', { scope: scope.id, rule: column.rule })}
                          className={`${css['value']} ${css[worst]}`}
                          aria-label={`${counted(count, 'finding')}, worst ${SEVERITY_NAME[worst].toLowerCase()}`}
                        >
                          <SeverityShape severity={worst} />
                          {count}
                        </Link>
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
