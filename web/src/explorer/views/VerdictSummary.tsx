import { change } from '../address.ts'
import type { Column, Practice } from '../data.ts'
import type { Verdict } from '../operations/generated.ts'
import { VerdictBadge, verdicts, words } from '../verdicts.tsx'

interface Props {
  label: string
  practices: readonly Practice[]
  column: Column
  /** The same without what is assumed, where something is. */
  before?: Column | undefined
  /** The one verdict that is shown. */
  wanted: string | undefined
}

export const verdictIn = (column: Column | undefined, practice: Practice): Verdict =>
  column?.get(practice.key)?.verdict ?? 'UNKNOWN'

function count(practices: readonly Practice[], column: Column): Map<Verdict, number> {
  const counts = new Map<Verdict, number>()
  for (const p of practices) counts.set(verdictIn(column, p), (counts.get(verdictIn(column, p)) ?? 0) + 1)
  return counts
}

/** How many practices have each verdict, and what it means; each is a button that shows those only. */
export function VerdictSummary({ label, practices, column, before, wanted }: Props) {
  const counts = count(practices, column)
  const was = before ? count(practices, before) : undefined
  return (
    <ul className="summary" aria-label={label}>
      {verdicts.map((v) => {
        const now = counts.get(v) ?? 0
        const then = was ? (was.get(v) ?? 0) : now
        return (
          <li key={v}>
            <button
              type="button"
              className={now === 0 ? 'none' : ''}
              aria-pressed={wanted === v}
              onClick={() => {
                change({ verdict: wanted === v ? undefined : v })
              }}
            >
              <span>
                <strong>{now}</strong> {then === now ? null : <span className="soft">(was {then})</span>}{' '}
                <VerdictBadge verdict={v} />
              </span>
              <span className="means">{words[v].means}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
