import type { Column, Practice } from '../data.ts'
import { Level } from '../parts/Level.tsx'
import { Prose } from '../parts/Prose.tsx'
import { VerdictBadge, verdicts, words } from '../verdicts.tsx'
import { verdictIn } from './VerdictSummary.tsx'

interface Props {
  practices: readonly Practice[]
  column: Column
  /** The same without what is assumed, where something is. */
  before?: Column | undefined
  /** Key of the practice whose proof is shown. */
  open?: string | undefined
  onOpen: (practice: string) => void
}

export const bases = { RECORDED: 'recorded', DERIVED: 'derived', INFERRED: 'inferred', UNKNOWN: '' } as const

/** The practices on the way to one platform, the easiest first, each with what is in its way. */
export function MoveList({ practices, column, before, open, onOpen }: Props) {
  const verdictOf = (p: Practice) => verdictIn(column, p)
  const rows = practices.toSorted((a, b) => verdicts.indexOf(verdictOf(a)) - verdicts.indexOf(verdictOf(b)))
  return (
    <div className="scroll moves" tabIndex={0} role="region" aria-label="What moves">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">Practice</th>
            <th scope="col">Verdict</th>
            <th scope="col">Why</th>
            <th scope="col">Layer</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((p) => {
            const cell = column.get(p.key)
            return (
              <tr key={p.key} data-open={open === p.key ? '' : undefined}>
                <th scope="row">
                  <button
                    type="button"
                    className="link"
                    aria-pressed={open === p.key}
                    onClick={() => {
                      onOpen(p.key)
                    }}
                  >
                    {p.title}
                  </button>{' '}
                  <Level level={p.confidentiality} />
                </th>
                <td>
                  <VerdictBadge verdict={verdictOf(p)} />
                  {before && verdictIn(before, p) !== verdictOf(p) ? (
                    <p className="was">was {words[verdictIn(before, p)].name}</p>
                  ) : null}
                </td>
                <td className="why">
                  {cell?.reasons.map((r) => (
                    <p key={r.kind + r.text}>
                      <Prose text={r.text} /> <span className="soft">({r.kind.toLowerCase()})</span>
                    </p>
                  ))}
                  {cell ? (
                    <span className="soft">
                      {bases[cell.basis]}
                      {cell.contested ? ', contested' : ''}
                    </span>
                  ) : (
                    <span className="soft">Nobody has said. Choose it to add what you know.</span>
                  )}
                </td>
                <td className="soft">{p.layers.nodes[0]?.name}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
