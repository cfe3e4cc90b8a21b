import { Fragment, useState, type ReactNode } from 'react'
import type { ApiPrivilege } from '../../../app/server/api.ts'
import { Card } from '../../parts/card.tsx'
import { DecisionMark } from '../../parts/decision.tsx'
import { EvidenceList } from '../../parts/evidence.tsx'
import { Icon } from '../../parts/icons.tsx'
import { Empty } from '../../parts/states.tsx'
import { counted, number } from '../../parts/words.ts'
import css from './privileges.module.css'

const BRIEF = 3

function Brief({ list, total }: { readonly list: readonly string[]; readonly total: number }): ReactNode {
  const more = total - Math.min(list.length, BRIEF)
  return (
    <>
      {list.slice(0, BRIEF).map((one) => (
        <code key={one} className={css['code']}>
          {one}
        </code>
      ))}
      {more > 0 ? <span className={css['more']}>+{number(more)} more</span> : null}
    </>
  )
}

function Full({
  title,
  list,
  total,
}: {
  readonly title: string
  readonly list: readonly string[]
  readonly total: number
}): ReactNode {
  return (
    <section>
      <h3>{title}</h3>
      <ul className={css['full']}>
        {list.map((one) => (
          <li key={one}>
            <code className={css['code']}>{one}</code>
          </li>
        ))}
        {total > list.length ? <li className={css['more']}>+{number(total - list.length)} more</li> : null}
      </ul>
    </section>
  )
}

/** Wildcards stand for many actions: the brief list is complete when it shows every pattern. */
function actionsBeyond(privilege: ApiPrivilege): number {
  const patterns = privilege.actions.some((action) => action.includes('*'))
  return patterns ? privilege.actions.length : Math.max(privilege.actionCount, privilege.actions.length)
}

function Row({ privilege, index }: { readonly privilege: ApiPrivilege; readonly index: number }): ReactNode {
  const [open, setOpen] = useState(false)
  const detail = `privilege-${index}`
  return (
    <Fragment>
      <tr className={open ? css['open'] : undefined}>
        <td className={css['what']}>
          <button
            type="button"
            className={css['toggle']}
            aria-expanded={open}
            aria-controls={open ? detail : undefined}
            onClick={() => setOpen(!open)}
          >
            <span className={css['chevron']}>
              <Icon name="chevron" size={14} />
            </span>
            {counted(privilege.actionCount, 'action')}
          </button>
          <div className={css['brief']}>
            <Brief list={privilege.actions} total={actionsBeyond(privilege)} />
          </div>
        </td>
        <td className={css['on']}>
          <Brief list={privilege.resources} total={privilege.resourcesTotal} />
        </td>
        <td className={css['decision']}>
          <DecisionMark decision={privilege.decision} />
          {privilege.conditions.length === 0 ? null : (
            <ul className={css['conditions']}>
              {privilege.conditions.map((condition) => (
                <li key={condition}>{condition}</li>
              ))}
            </ul>
          )}
        </td>
      </tr>
      {open ? (
        <tr id={detail} className={css['detail']}>
          <td colSpan={3}>
            <div className={css['columns']}>
              <section>
                <h3>Evidence</h3>
                <EvidenceList list={privilege.because} />
              </section>
              <div className={css['lists']}>
                <Full title="Actions" list={privilege.actions} total={actionsBeyond(privilege)} />
                <Full title="Resources" list={privilege.resources} total={privilege.resourcesTotal} />
              </div>
            </div>
          </td>
        </tr>
      ) : null}
    </Fragment>
  )
}

interface PrivilegesProps {
  readonly privileges: readonly ApiPrivilege[]
  readonly total: number
}

/** What the identity may do, where, on which conditions, and which statement says so. */
export function Privileges({ privileges, total }: PrivilegesProps): ReactNode {
  const hidden = total - privileges.length
  return (
    <Card
      title="What it can do"
      count={counted(total, 'grant')}
      hint={hidden > 0 ? `The ${number(privileges.length)} widest are shown` : undefined}
      flush
    >
      {privileges.length === 0 ? (
        <Empty title="Nothing on its own">
          <p>No statement that was evaluated grants it anything directly.</p>
        </Empty>
      ) : (
        <table className={css['table']}>
          <thead>
            <tr>
              <th scope="col">May do</th>
              <th scope="col">On</th>
              <th scope="col">Decision</th>
            </tr>
          </thead>
          <tbody>
            {privileges.map((privilege, index) => (
              <Row key={index} privilege={privilege} index={index} />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  )
}
