import type { ReactNode } from 'react'
import { change, usePlace } from '../address.ts'

interface Props {
  /** What stands in the address while it is unfolded. */
  name: string
  className: string
  summary: ReactNode
  children: ReactNode
}

/** Something that can be unfolded. That it is stands in the address, and is no step of its own in the history. */
export function Fold({ name, className, summary, children }: Props) {
  const unfolded = usePlace().get('open')?.split(' ') ?? []
  const open = unfolded.includes(name)
  return (
    <details
      className={className}
      open={open}
      onToggle={(event) => {
        const now = event.currentTarget.open
        if (now === open) return
        const others = unfolded.filter((n) => n && n !== name)
        change({ open: (now ? [...others, name] : others).join(' ') }, true)
      }}
    >
      <summary>{summary}</summary>
      {children}
    </details>
  )
}
