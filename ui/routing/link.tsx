import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react'
import { navigate } from './location.ts'

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly href: string
  readonly children: ReactNode
}

/** A link inside the app: a real anchor, so that it opens in a new tab, but without a page load when it need not. */
export function Link({ href, children, ...rest }: LinkProps): ReactNode {
  const go = (event: MouseEvent): void => {
    const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
    if (event.defaultPrevented || event.button !== 0 || modified) return
    event.preventDefault()
    navigate(href)
  }
  return (
    <a href={href} onClick={go} {...rest}>
      {children}
    </a>
  )
}

/**
 * An address that came from the server: a path of this app, or the start page. `//host` and `https:` would leave it.
 */
export function inApp(link: string): string {
  return /^\/(?![/\\])/.test(link) ? link : '/'
}
