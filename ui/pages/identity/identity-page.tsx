import { useState, type ReactNode } from 'react'
import type { ApiIdentity } from '../../../app/server/api.ts'
import { useAnswer } from '../../ask/use-answer.ts'
import { Card } from '../../parts/card.tsx'
import { FindingTable } from '../../parts/finding-table.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Empty, Failure, Skeleton } from '../../parts/states.tsx'
import { pathsAddress } from '../../routing/addresses.ts'
import { Facts, LinkList, RiskCard } from './identity-aside.tsx'
import { IdentityHead } from './identity-head.tsx'
import css from './identity-page.module.css'
import { Jewels } from './jewels.tsx'
import { PersonCard } from './person-card.tsx'
import { Privileges } from './privileges.tsx'

function Loading(): ReactNode {
  return (
    <>
      <PageTitle title="Identity">Reading…</PageTitle>
      <div className={css['grid']}>
        <div className={css['column']}>
          <Card title="Findings" flush>
            <Skeleton lines={5} />
          </Card>
          <Card title="What it can do" flush>
            <Skeleton lines={10} />
          </Card>
        </div>
        <div className={css['column']}>
          <Card title="Risk" flush>
            <Skeleton lines={4} />
          </Card>
        </div>
      </div>
    </>
  )
}

function Loaded({ identity }: { readonly identity: ApiIdentity }): ReactNode {
  const [open, setOpen] = useState('')
  const { node, findings } = identity
  return (
    <>
      <IdentityHead node={node} />
      <div className={css['grid']}>
        <div className={css['column']}>
          <Card title="Findings" count={findings.length} flush>
            {findings.length === 0 ? (
              <Empty icon="check" title="No findings about this identity" />
            ) : (
              <FindingTable
                findings={findings}
                open={open}
                onOpen={setOpen}
                withSubject={false}
                label={`Findings about ${node.name}`}
              />
            )}
          </Card>
          <Jewels jewels={identity.jewels} from={node.id} />
          <Privileges privileges={identity.privileges} total={identity.privilegesTotal} />
        </div>
        <div className={css['column']}>
          <RiskCard score={identity.score} because={identity.because} />
          <PersonCard person={identity.person} self={node.id} />
          <Facts facts={identity.facts} />
          <LinkList
            title="Can become"
            hint="Identities whose power it can take on"
            links={identity.canBecome}
            none="It can take on nobody else’s power."
            address={(other) => pathsAddress({ from: node.id, to: other })}
          />
          <LinkList
            title="Can be taken on by"
            hint="Who can take on its power"
            links={identity.becomable}
            none="Nobody else can take on its power."
            address={(other) => pathsAddress({ from: other, to: node.id })}
          />
          <LinkList title="Member of" links={identity.memberOf} />
          <LinkList title="Members" links={identity.members} />
        </div>
      </div>
    </>
  )
}

/** Who one identity is, what it can do, why it is a risk, and what to change. */
export function IdentityPage({ id }: { readonly id: string }): ReactNode {
  const answer = useAnswer<ApiIdentity>(`/identities/${encodeURIComponent(id)}`)
  switch (answer.state) {
    case 'ready':
      return <Loaded identity={answer.value} />
    case 'failed':
      return (
        <>
          <PageTitle title={answer.problem.status === 404 ? 'No such identity' : 'Identity'} />
          <Failure problem={answer.problem} retry={answer.retry} />
        </>
      )
    case 'idle':
    case 'loading':
      return <Loading />
  }
}
