import { useEffect, useState, type ButtonHTMLAttributes, type ReactNode } from 'react'
import css from './button.module.css'
import { Icon } from './icons.tsx'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'plain' | 'primary' | 'quiet'
}

export function Button({ look = 'plain', className = '', ...rest }: ButtonProps): ReactNode {
  return <button type="button" className={`${css['button']} ${css[look]} ${className}`} {...rest} />
}

const SHOWN_FOR = 1600

/** Copies a text and says so for a moment, also to a screen reader. */
export function CopyButton({
  text,
  label = 'Copy',
}: {
  readonly text: string
  readonly label?: string
}): ReactNode {
  const [said, setSaid] = useState<'copied' | 'failed' | null>(null)
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(() => setSaid(null), SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [said])
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setSaid('copied'),
      () => setSaid('failed'),
    )
  }
  return (
    <Button look="quiet" onClick={copy}>
      <Icon name={said === 'copied' ? 'check' : 'copy'} size={14} />
      <span aria-live="polite">
        {{ copied: 'Copied', failed: 'Not copied', idle: label }[said ?? 'idle']}
      </span>
    </Button>
  )
}
