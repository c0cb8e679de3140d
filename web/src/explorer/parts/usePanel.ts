import { useEffect, useRef } from 'react'

/**
 * The focus of a panel: it goes to the heading when another answer is shown, and back to what asked for it when the
 * panel goes, or to the content where that is gone too.
 */
export function usePanel(shown: unknown) {
  const heading = useRef<HTMLHeadingElement>(null)
  const opener = useRef<Element>(null)
  useEffect(() => {
    const active = document.activeElement
    const within = heading.current?.closest('section')?.contains(active) ?? false
    if (!within && active !== document.body) opener.current = active
    heading.current?.focus()
  }, [shown])
  useEffect(
    () => () => {
      const back = opener.current
      requestAnimationFrame(() => {
        // Another view or panel has taken the focus by itself.
        if (document.activeElement !== document.body) return
        if (back instanceof HTMLElement && back.isConnected) back.focus()
        else document.getElementById('content')?.focus({ preventScroll: true })
      })
    },
    [],
  )
  return heading
}
