import type { ReactNode } from 'react'
import { Star } from '../parts/icons.tsx'
import { Link } from '../routing/link.tsx'
import type { Place } from '../routing/location.ts'
import css from './header.module.css'
import { Omnibox } from './omnibox.tsx'

const PAGES = [
  { href: '/', name: 'Overview' },
  { href: '/paths', name: 'Paths' },
  { href: '/findings', name: 'Findings' },
  { href: '/can', name: 'Ask' },
] as const

export function Header({ place }: { readonly place: Place }): ReactNode {
  return (
    <header className={css['header']}>
      <div className={css['inner']}>
        <Link href="/" className={css['logo']} aria-label="Gomeisa, overview">
          <Star />
          <span className={css['word']}>Gomeisa</span>
        </Link>
        <nav className={css['nav']} aria-label="Pages">
          <ul>
            {PAGES.map(({ href, name }) => (
              <li key={href}>
                <Link href={href} aria-current={place.path === href ? 'page' : undefined}>
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <Omnibox />
      </div>
    </header>
  )
}
