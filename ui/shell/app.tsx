import { lazy, Suspense, useEffect, useRef, type ReactNode } from 'react'
import { Skeleton } from '../parts/states.tsx'
import { usePlace, type Place } from '../routing/location.ts'
import { OverviewPage } from '../pages/overview/overview-page.tsx'
import css from './app.module.css'
import { Header } from './header.tsx'
import { NoSuchPage } from './no-such-page.tsx'

const IdentityPage = lazy(async () => ({
  default: (await import('../pages/identity/identity-page.tsx')).IdentityPage,
}))
const PathsPage = lazy(async () => ({ default: (await import('../pages/paths/paths-page.tsx')).PathsPage }))
const FindingsPage = lazy(async () => ({
  default: (await import('../pages/findings/findings-page.tsx')).FindingsPage,
}))
const CanPage = lazy(async () => ({ default: (await import('../pages/can/can-page.tsx')).CanPage }))
const SearchPage = lazy(async () => ({
  default: (await import('../pages/search/search-page.tsx')).SearchPage,
}))

/** A path segment as text; undefined when it is not well encoded. */
function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}

function pageOf({ path, params }: Place): ReactNode {
  switch (path) {
    case '/':
      return <OverviewPage />
    case '/paths':
      return <PathsPage params={params} />
    case '/findings':
      return <FindingsPage params={params} />
    case '/can':
      return <CanPage params={params} key={params.toString()} />
    case '/search':
      return <SearchPage params={params} />
    default: {
      const id = decoded(/^\/identities\/([^/]+)$/.exec(path)?.[1] ?? '')
      return id ? <IdentityPage id={id} key={id} /> : <NoSuchPage />
    }
  }
}

/** Header, navigation and the page of the address. */
export function App(): ReactNode {
  const place = usePlace()
  const main = useRef<HTMLElement>(null)
  const shown = useRef(place.path)
  useEffect(() => {
    // A new page starts at its content, also for those who do not see it change.
    if (shown.current !== place.path) main.current?.focus({ preventScroll: true })
    shown.current = place.path
  }, [place.path])
  return (
    <>
      <a className={css['skip']} href="#content">
        Skip to the content
      </a>
      <Header place={place} />
      <main id="content" ref={main} tabIndex={-1} className={css['main']}>
        <Suspense fallback={<Skeleton lines={12} label="Loading the page" />}>{pageOf(place)}</Suspense>
      </main>
    </>
  )
}
