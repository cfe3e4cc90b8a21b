import type { ReactNode } from 'react'
import type { ApiFinding } from '../../app/server/api.ts'
import { CopyButton } from './button.tsx'
import { EvidenceList } from './evidence.tsx'
import css from './finding-detail.module.css'

function lineClass(line: string, format: ApiFinding['remedy']['format']): string | undefined {
  if (format !== 'diff') return undefined
  return line.startsWith('+') ? css['added'] : line.startsWith('-') ? css['removed'] : undefined
}

/** The change that would end a finding: a diff with its lines told apart by sign and colour, or a command. */
export function Remedy({ remedy }: { readonly remedy: ApiFinding['remedy'] }): ReactNode {
  return (
    <section className={css['part']}>
      <div className={css['head']}>
        <h3>Remedy</h3>
        <CopyButton text={remedy.text} label={remedy.format === 'diff' ? 'Copy patch' : 'Copy command'} />
      </div>
      <p className={css['says']}>{remedy.says}</p>
      <pre className={css['patch']} tabIndex={0} role="group" aria-label="Remedy">
        {remedy.text.split('\n').map((line, index) => (
          <span key={index} className={`${css['line']} ${lineClass(line, remedy.format) ?? ''}`}>
            {line}
            {'\n'}
          </span>
        ))}
      </pre>
    </section>
  )
}

/** What stands behind one finding: proof on one side, remedy on the other. */
export function FindingDetail({ finding }: { readonly finding: ApiFinding }): ReactNode {
  return (
    <div className={css['detail']}>
      <section className={css['part']}>
        <div className={css['head']}>
          <h3>Evidence</h3>
        </div>
        <EvidenceList list={finding.evidence} />
        {finding.assumes.length === 0 ? null : (
          <div className={css['assumes']}>
            <h3>Assumes</h3>
            <ul>
              {finding.assumes.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </div>
        )}
      </section>
      <Remedy remedy={finding.remedy} />
    </div>
  )
}
