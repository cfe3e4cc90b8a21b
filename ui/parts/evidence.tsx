import { useEffect, useRef, type ReactNode } from 'react'
import type { ApiEvidence } from '../../app/server/api.ts'
import { CopyButton } from './button.tsx'
import css from './evidence.module.css'

/** Lines that stay visible above the deciding ones of a long record. */
const LINES_BEFORE = 3
const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?/g

/** One line of JSON with its keys and strings told apart. */
function coloured(line: string): ReactNode[] {
  const parts: ReactNode[] = []
  let done = 0
  for (const match of line.matchAll(TOKEN)) {
    parts.push(line.slice(done, match.index))
    const [, text, colon] = match
    parts.push(
      <span key={match.index} className={colon === undefined ? css['string'] : css['key']}>
        {text}
      </span>,
      colon ?? '',
    )
    done = match.index + match[0].length
  }
  parts.push(line.slice(done))
  return parts
}

function Excerpt({ evidence }: { readonly evidence: ApiEvidence }): ReactNode {
  const box = useRef<HTMLPreElement>(null)
  const { marked } = evidence
  useEffect(() => {
    const first = marked && box.current?.children[marked.from - 1]
    if (!box.current || !(first instanceof HTMLElement)) return
    const below = first.offsetTop - box.current.offsetTop
    box.current.scrollTop =
      below > box.current.clientHeight / 2 ? below - LINES_BEFORE * first.offsetHeight : 0
  }, [marked])
  if (evidence.excerpt === null) return null
  return (
    <pre
      ref={box}
      className={css['excerpt']}
      tabIndex={0}
      aria-label={`Record: ${evidence.says}`}
      role="group"
    >
      {evidence.excerpt.split('\n').map((line, index) => {
        const decides = marked !== undefined && index + 1 >= marked.from && index + 1 <= marked.to
        return (
          <span key={index} className={`${css['line']} ${decides ? css['marked'] : ''}`}>
            {coloured(line)}
            {'\n'}
          </span>
        )
      })}
    </pre>
  )
}

function Origin({ evidence }: { readonly evidence: ApiEvidence }): ReactNode {
  if (evidence.origin === null) return null
  const place = evidence.line === null ? evidence.origin : `${evidence.origin}:${evidence.line}`
  return (
    <div className={css['origin']}>
      <code className={css['place']}>{place}</code>
      <CopyButton text={place} label="Copy place" />
      {evidence.pointer === null ? null : <code className={css['pointer']}>{evidence.pointer}</code>}
    </div>
  )
}

/** One fact: what it says, where it stands, the record itself, and below it the facts it follows from. */
export function Evidence({ evidence }: { readonly evidence: ApiEvidence }): ReactNode {
  return (
    <div className={css['evidence']}>
      <p className={css['says']}>
        {evidence.says}
        {evidence.rule === null ? null : <code className={css['rule']}>{evidence.rule}</code>}
      </p>
      <Origin evidence={evidence} />
      <Excerpt evidence={evidence} />
      {evidence.command === null ? null : (
        <p className={css['command']}>
          From <code>{evidence.command}</code>
        </p>
      )}
      {evidence.from.length === 0 ? null : (
        <>
          <p className={css['because']}>Follows from</p>
          <EvidenceList list={evidence.from} />
        </>
      )}
    </div>
  )
}

export function EvidenceList({ list }: { readonly list: readonly ApiEvidence[] }): ReactNode {
  return (
    <ol className={css['list']}>
      {list.map((evidence, index) => (
        <li key={index}>
          <Evidence evidence={evidence} />
        </li>
      ))}
    </ol>
  )
}
