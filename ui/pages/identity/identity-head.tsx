import { useEffect, type ReactNode } from 'react'
import type { ApiNodeRef } from '../../../app/server/api.ts'
import { CopyButton } from '../../parts/button.tsx'
import { Icon, nodeIcon } from '../../parts/icons.tsx'
import { CloudTag, Tag } from '../../parts/tag.tsx'
import { nativeId, whereIs } from '../../parts/words.ts'
import { pathsAddress } from '../../routing/addresses.ts'
import { Link } from '../../routing/link.tsx'
import { address } from '../../routing/location.ts'
import css from './identity-head.module.css'

/** Name, kind and place of the identity, and the questions one asks next. */
export function IdentityHead({ node }: { readonly node: ApiNodeRef }): ReactNode {
  useEffect(() => {
    document.title = `${node.name} – Gomeisa`
  }, [node.name])
  return (
    <div className={css['head']}>
      <span className={css['glyph']}>
        <Icon name={nodeIcon(node)} size={24} />
      </span>
      <div className={css['text']}>
        <div className={css['first']}>
          <h1>{node.name}</h1>
          {node.crownJewel ? <Tag tone="jewel">Crown jewel</Tag> : null}
          {node.human === true ? <Tag>Person</Tag> : null}
        </div>
        <p className={css['where']}>
          <CloudTag cloud={node.cloud} /> {whereIs(node)}
        </p>
        <div className={css['id']}>
          <code>{nativeId(node)}</code>
          <CopyButton text={nativeId(node)} label="Copy id" />
        </div>
      </div>
      <nav className={css['actions']} aria-label="Questions about this identity">
        <Link className={css['action']} href={pathsAddress({ from: node.id })}>
          <Icon name="path" size={14} /> Where it leads
        </Link>
        <Link className={css['action']} href={pathsAddress({ to: node.id })}>
          <Icon name="path" size={14} /> Who gets here
        </Link>
        <Link className={css['action']} href={address('/can', { principal: node.id })}>
          <Icon name="question" size={14} /> Can it…?
        </Link>
      </nav>
    </div>
  )
}
