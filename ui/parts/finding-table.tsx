import { Fragment, type ReactNode } from 'react'
import type { ApiFinding } from '../../app/server/api.ts'
import { FindingDetail } from './finding-detail.tsx'
import css from './finding-table.module.css'
import { Icon } from './icons.tsx'
import { NodeName } from './node-name.tsx'
import { SeverityBadge } from './severity.tsx'
import { NewTag, Tag } from './tag.tsx'

interface FindingTableProps {
  readonly findings: readonly ApiFinding[]
  /** Id of the one whose proof is shown; empty for none. */
  readonly open: string
  readonly onOpen: (id: string) => void
  /** Left out where all findings are about the same. */
  readonly withSubject: boolean
  readonly label: string
}

/** Findings as rows; a row opens to its evidence and remedy. */
export function FindingTable({ findings, open, onOpen, withSubject, label }: FindingTableProps): ReactNode {
  return (
    <table className={css['table']} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">Severity</th>
          <th scope="col">Finding</th>
          {withSubject ? (
            <th scope="col" className={css['subject']}>
              About
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {findings.map((finding) => {
          const isOpen = finding.id === open
          const detail = `finding-${finding.id}`
          return (
            <Fragment key={finding.id}>
              <tr className={isOpen ? css['open'] : undefined}>
                <td className={css['severity']}>
                  <SeverityBadge severity={finding.severity} />
                </td>
                <td>
                  <button
                    type="button"
                    className={css['toggle']}
                    aria-expanded={isOpen}
                    aria-controls={isOpen ? detail : undefined}
                    onClick={() => onOpen(isOpen ? '' : finding.id)}
                  >
                    <span className={css['chevron']}>
                      <Icon name="chevron" size={14} />
                    </span>
                    <span>{finding.says}</span>
                  </button>
                  <div className={css['meta']}>
                    <span>{finding.title}</span>
                    {finding.isNew ? <NewTag /> : null}
                    {finding.confidence === 'assumed' ? <Tag tone="warn">Assumed</Tag> : null}
                  </div>
                </td>
                {withSubject ? (
                  <td className={css['subject']}>
                    <NodeName node={finding.subject} />
                  </td>
                ) : null}
              </tr>
              {isOpen ? (
                <tr id={detail} className={css['detail']}>
                  <td colSpan={withSubject ? 3 : 2}>
                    <FindingDetail finding={finding} />
                  </td>
                </tr>
              ) : null}
            </Fragment>
          )
        })}
      </tbody>
    </table>
  )
}
