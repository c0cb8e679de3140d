import { useRef } from 'react'
import type { Verdict } from '../operations/generated.ts'
import { byLayer, type Column, type Practice } from '../data.ts'
import { Level } from '../parts/Level.tsx'
import type { Platform } from '../platforms.ts'
import { VerdictShape, words } from '../verdicts.tsx'

interface Props {
  practices: readonly Practice[]
  /** The platforms of the columns. */
  to: readonly Platform[]
  columns: ReadonlyMap<string, Column>
  /** The cell whose proof is shown. */
  open?: { practice: string; to: string } | undefined
  onOpen: (practice: string, to: string) => void
}

const steps: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** Practices by platforms, a sign for each verdict. Arrow keys walk from cell to cell, Enter opens the proof. */
export function HeatMap({ practices, to, columns, open, onOpen }: Props) {
  const table = useRef<HTMLTableElement>(null)
  const groups = byLayer(practices)
  const order = groups.flatMap((g) => g.practices.map((p) => p.key))
  const first = open && order.includes(open.practice) ? open : { practice: order[0], to: to[0]?.key }

  function walk(event: React.KeyboardEvent, row: number, column: number) {
    const step = steps[event.key]
    if (!step) return
    const next = table.current?.querySelector<HTMLButtonElement>(
      `[data-cell="${(row + step[0]).toString()},${(column + step[1]).toString()}"]`,
    )
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  let row = -1
  return (
    <div className="heat" tabIndex={-1}>
      <table ref={table} aria-label="How each practice fares on each platform">
        <thead>
          <tr>
            <th scope="col" className="corner">
              Practice
            </th>
            {to.map((p) => (
              <th scope="col" key={p.key} className="platform">
                <span>{p.name}</span>
              </th>
            ))}
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.name}>
            <tr className="layer">
              <th scope="rowgroup" colSpan={to.length + 1}>
                {group.name}
              </th>
            </tr>
            {group.practices.map((practice) => {
              row++
              const at = row
              return (
                <tr key={practice.key}>
                  <th scope="row">
                    {practice.title} <Level level={practice.confidentiality} />
                  </th>
                  {to.map((platform, column) => {
                    const cell = columns.get(platform.key)?.get(practice.key)
                    const verdict: Verdict = cell?.verdict ?? 'UNKNOWN'
                    const isOpen = open?.practice === practice.key && open.to === platform.key
                    return (
                      <td key={platform.key} className={verdict}>
                        <button
                          type="button"
                          data-cell={`${at.toString()},${column.toString()}`}
                          tabIndex={first.practice === practice.key && first.to === platform.key ? 0 : -1}
                          aria-pressed={isOpen}
                          aria-label={`${practice.title} on ${platform.name}: ${words[verdict].name}${cell?.contested ? ', contested' : ''}`}
                          title={`${platform.name}: ${words[verdict].name}`}
                          onKeyDown={(event) => {
                            walk(event, at, column)
                          }}
                          onClick={() => {
                            onOpen(practice.key, platform.key)
                          }}
                        >
                          <VerdictShape verdict={verdict} />
                          {cell?.contested ? <span className="contested">!</span> : null}
                        </button>
                      </td>
                    )
                  })}
                </tr>
              )
            })}
          </tbody>
        ))}
      </table>
    </div>
  )
}
