import { useState } from 'react'

/** Dots by the key of the topic they are on. */
export type Dots = Readonly<Record<string, number>>

const place = (person: string, session: string) => `opsmap-dots ${person} ${session}`

function read(key: string): Dots {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '{}')
    const entries = kept && typeof kept === 'object' ? Object.entries(kept) : []
    return Object.fromEntries(entries.filter((e): e is [string, number] => Number.isInteger(e[1]) && Number(e[1]) > 0))
  } catch {
    return {} // storage may be forbidden, and what lies there may be anything
  }
}

function keep(key: string, dots: Dots): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(dots))
  } catch {
    // As above: they hold until the page is left.
  }
}

/**
 * The dots that somebody has placed on an agenda in this tab. The server tells nobody who placed how many, so the tab
 * remembers; it does so as long as it remembers the token.
 */
export function useDots(person: string | undefined, session: string): [Dots, (dots: Dots) => void] {
  const key = place(person ?? '', session)
  const [mine, setMine] = useState<{ key: string; dots: Dots }>()
  const dots = mine?.key === key ? mine.dots : read(key)
  return [
    dots,
    (next) => {
      keep(key, next)
      setMine({ key, dots: next })
    },
  ]
}

/** One dot more or less on a topic. */
export function withDot(dots: Dots, topic: string, by: 1 | -1): Dots {
  const { [topic]: there = 0, ...others } = dots
  return there + by > 0 ? { ...others, [topic]: there + by } : others
}

export const placed = (dots: Dots) => Object.values(dots).reduce((sum, n) => sum + n, 0)
