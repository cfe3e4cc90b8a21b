import type { ReactNode } from 'react'
import type { ApiIdentity } from '../../../app/server/api.ts'
import { Card } from '../../parts/card.tsx'
import { Icon } from '../../parts/icons.tsx'
import { NodeName } from '../../parts/node-name.tsx'
import { CertaintyMark } from '../../parts/tag.tsx'
import { counted } from '../../parts/words.ts'
import { pathsAddress } from '../../routing/addresses.ts'
import { Link } from '../../routing/link.tsx'
import css from './jewels.module.css'

/** The crown jewels within reach, nearest first, each with the path that leads there. */
export function Jewels({ jewels, from }: Pick<ApiIdentity, 'jewels'> & { readonly from: string }): ReactNode {
  if (jewels.length === 0) return null
  return (
    <Card title="Crown jewels within reach" count={jewels.length} flush>
      <ul>
        {jewels.map(({ jewel, hops, certainty }) => (
          <li key={jewel.id} className={css['jewel']}>
            <span className={css['name']}>
              <NodeName node={jewel} />
            </span>
            <CertaintyMark certainty={certainty} />
            <Link className={css['path']} href={pathsAddress({ from, to: jewel.id })}>
              {counted(hops, 'step')}
              <Icon name="chevron" size={14} />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}
