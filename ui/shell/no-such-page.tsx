import type { ReactNode } from 'react'
import { PageTitle } from '../parts/page-title.tsx'
import { Empty } from '../parts/states.tsx'
import { Link } from '../routing/link.tsx'
import css from './no-such-page.module.css'

export function NoSuchPage(): ReactNode {
  return (
    <>
      <PageTitle title="No such page" />
      <Empty title="Nothing lives at this address">
        <p>
          Search for a name above, or go{' '}
          <Link className={css['link']} href="/">
            back to the overview
          </Link>
          .
        </p>
      </Empty>
    </>
  )
}
