import { useLayoutEffect, useRef, useState } from 'react'
import { change } from '../address.ts'
import type { Lane } from './Map.tsx'

interface Line {
  key: string
  path: string
}

/** The lines from what is chosen to what it is linked to, measured once the lanes stand. */
function useLines(lanes: Lane[], chosen: string | undefined) {
  const root = useRef<HTMLDivElement>(null)
  const [lines, setLines] = useState<Line[]>([])
  useLayoutEffect(() => {
    const box = root.current
    if (!box) return
    const measure = () => {
      const base = box.getBoundingClientRect()
      const middle = (id: string) =>
        [...box.querySelectorAll<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)].map((e) => {
          const r = e.getBoundingClientRect()
          return { x: r.left + r.width / 2 - base.left, y: r.top + r.height / 2 - base.top }
        })
      const items = lanes.flatMap((l) => l.items)
      const ends = items.flatMap((i) =>
        i.id === chosen
          ? i.links.map((to) => [i.id, to])
          : i.links.filter((to) => to === chosen).map((to) => [i.id, to]),
      )
      const found: Line[] = []
      for (const [from = '', to = ''] of ends) {
        const [a] = middle(from)
        for (const [n, b] of middle(to).entries()) {
          if (!a) continue
          const bend = (a.y + b.y) / 2
          const path = `M${a.x.toString()} ${a.y.toString()}C${a.x.toString()} ${bend.toString()} ${b.x.toString()} ${bend.toString()} ${b.x.toString()} ${b.y.toString()}`
          found.push({ key: `${from} ${to} ${n.toString()}`, path })
        }
      }
      setLines(found)
    }
    measure()
    const watcher = new ResizeObserver(measure)
    watcher.observe(box)
    return () => {
      watcher.disconnect()
    }
  }, [lanes, chosen])
  return { root, lines }
}

/** The layers as lanes, the top of the stack first. What is chosen shows what it is linked to. */
export function Lanes({ lanes, chosen }: { lanes: Lane[]; chosen?: string | undefined }) {
  const { root, lines } = useLines(lanes, chosen)
  const linked = new Set(
    lanes.flatMap((l) =>
      l.items.flatMap((i) => (i.id === chosen ? i.links : i.links.some((to) => to === chosen) ? [i.id] : [])),
    ),
  )
  return (
    <div className="lanes" ref={root}>
      <svg className="lines" aria-hidden="true">
        {lines.map((l) => (
          <path key={l.key} d={l.path} />
        ))}
      </svg>
      {lanes.map((lane) => (
        <section key={lane.key} className="lane" aria-label={lane.name}>
          <header>
            <h2>{lane.name}</h2>
            <p className="soft">{lane.summary}</p>
          </header>
          <ul>
            {lane.items.map((item) => (
              <li key={item.id}>
                <button
                  type="button"
                  data-id={item.id}
                  className={`item ${item.type}${linked.has(item.id) ? ' linked' : ''}`}
                  aria-pressed={item.id === chosen}
                  onClick={() => {
                    change({ id: item.id === chosen ? undefined : item.id })
                  }}
                >
                  {item.title}
                  {item.votes > 0 ? <span className="votes"> {item.votes} votes</span> : null}
                  {item.level === 'clear' ? null : <span className="level">{item.level}</span>}
                </button>
              </li>
            ))}
            {lane.items.length === 0 ? <li className="soft">Nothing here that fits. Do you know something?</li> : null}
            {lane.more > 0 ? <li className="soft">and {lane.more} more</li> : null}
          </ul>
        </section>
      ))}
      <p className="soft">
        <span className="item practice sample">practice</span> <span className="item topic sample">topic</span> Choose
        one to see what it is linked to.
      </p>
    </div>
  )
}
