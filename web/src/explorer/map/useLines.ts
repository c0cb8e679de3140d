import { useLayoutEffect, useRef, useState } from 'react'

interface Point {
  x: number
  y: number
}

export interface Line {
  key: string
  path: string
}

const nearest = (a: Point, points: readonly Point[]) =>
  points.reduce<Point | undefined>(
    (best, p) => (best && Math.hypot(best.x - a.x, best.y - a.y) <= Math.hypot(p.x - a.x, p.y - a.y) ? best : p),
    undefined,
  )

function curve(a: Point, b: Point): string {
  const bend = (a.y + b.y) / 2
  return `M${a.x.toString()} ${a.y.toString()}C${a.x.toString()} ${bend.toString()} ${b.x.toString()} ${bend.toString()} ${b.x.toString()} ${b.y.toString()}`
}

/** Beside the lanes there is room for the panel: what it tells of comes into sight. In a hand the panel takes its place. */
function show(box: HTMLElement, chosen: string | undefined): void {
  if (!chosen || !window.matchMedia('(min-width: 60.01rem)').matches) return
  const element = box.querySelector(`[data-id="${CSS.escape(chosen)}"]`)
  const at = element?.getBoundingClientRect()
  if (at && (at.top < 0 || at.bottom > window.innerHeight)) element?.scrollIntoView({ block: 'center' })
}

/** The lines from what is chosen to what it is linked to, measured once the lanes stand and when they move. */
export function useLines(chosen: string | undefined, linked: ReadonlySet<string>, shown: unknown) {
  const root = useRef<HTMLDivElement>(null)
  const [lines, setLines] = useState<Line[]>([])
  useLayoutEffect(() => {
    const box = root.current
    if (!box) return
    const measure = () => {
      const base = box.getBoundingClientRect()
      const places = (id: string) =>
        [...box.querySelectorAll<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)].map((e) => {
          const r = e.getBoundingClientRect()
          return { x: r.left + r.width / 2 - base.left, y: r.top + r.height / 2 - base.top }
        })
      const [start] = chosen ? places(chosen) : []
      const ends = start ? [...linked].map((id) => ({ id, end: nearest(start, places(id)) })) : []
      setLines(ends.flatMap(({ id, end }) => (start && end ? [{ key: id, path: curve(start, end) }] : [])))
    }
    measure()
    show(box, chosen)
    if (!chosen || linked.size === 0) return
    const watcher = new ResizeObserver(measure)
    watcher.observe(box)
    return () => {
      watcher.disconnect()
    }
  }, [chosen, linked, shown])
  return { root, lines }
}
