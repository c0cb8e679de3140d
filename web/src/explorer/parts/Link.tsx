import type { ReactNode } from 'react'
import { go } from '../address.ts'

interface Props {
  to: string
  children: ReactNode
  current?: boolean
  className?: string
  /** The page stays where it is scrolled to: the link changes a panel of it. */
  stay?: boolean
}

/** A link within the explorer: it changes the view without loading the page anew, and opens in a tab like any other. */
export function Link({ to, children, current, className, stay }: Props) {
  return (
    <a
      href={to}
      className={className}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        go(to)
        if (!stay) window.scrollTo(0, 0)
      }}
    >
      {children}
    </a>
  )
}
