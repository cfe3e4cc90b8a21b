import type { ReactNode } from 'react'
import type { ApiNodeRef } from '../../app/server/api.ts'
import { nodeAddress } from '../routing/addresses.ts'
import { Link } from '../routing/link.tsx'
import { CloudTag, Tag } from './tag.tsx'
import { Icon, nodeIcon } from './icons.tsx'
import css from './node-name.module.css'
import { whereIs } from './words.ts'

export function NodeGlyph({ node }: { readonly node: ApiNodeRef }): ReactNode {
  return (
    <span className={`${css['glyph']} ${node.crownJewel ? css['jewel'] : ''}`}>
      <Icon name={nodeIcon(node)} />
    </span>
  )
}

interface NodeNameProps {
  readonly node: ApiNodeRef
  /** A word about it beside the name. */
  readonly mark?: ReactNode
  /** Without a link: inside something that is itself a control. */
  readonly plain?: boolean
}

/** A node in a list or a table: glyph, name that leads to its page, kind and place below. */
export function NodeName({ node, mark, plain = false }: NodeNameProps): ReactNode {
  return (
    <span className={css['node']}>
      <NodeGlyph node={node} />
      <span className={css['text']}>
        <span className={css['first']}>
          {plain ? (
            <span className={css['name']}>{node.name}</span>
          ) : (
            <Link className={css['name']} href={nodeAddress(node)}>
              {node.name}
            </Link>
          )}
          {node.crownJewel ? <Tag tone="jewel">Crown jewel</Tag> : null}
          {mark}
        </span>
        <span className={css['where']}>
          <CloudTag cloud={node.cloud} />
          {whereIs(node)}
        </span>
      </span>
    </span>
  )
}
