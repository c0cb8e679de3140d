import { change, usePlace } from '../address.ts'
import { Level } from '../parts/Level.tsx'
import { VerdictBadge } from '../verdicts.tsx'
import type { OnPlatform } from './fares.ts'
import { kinds, statuses, types } from './filters.ts'
import type { Item, Lane } from './items.ts'

/** So many rows are drawn at first, and with each step more. */
const step = 200

function ItemRow({ lane, item, on, chosen }: { lane: Lane; item: Item; on: OnPlatform | undefined; chosen: boolean }) {
  const fare = on?.fares.get(item.id)
  return (
    <tr data-open={chosen ? '' : undefined}>
      <td>{lane.name}</td>
      <th scope="row">
        <button
          type="button"
          className="link"
          data-id={item.id}
          aria-pressed={chosen}
          onClick={() => {
            change({ id: item.id })
          }}
        >
          {item.title}
        </button>
      </th>
      <td>{kinds[item.kind] ?? item.kind}</td>
      <td>{statuses[item.status] ?? item.status}</td>
      <td>
        <Level level={item.level} />
      </td>
      <td>{item.votes || ''}</td>
      {on ? <td>{fare?.verdict ? <VerdictBadge verdict={fare.verdict} /> : fare?.runs ? 'done there' : ''}</td> : null}
    </tr>
  )
}

/** The same as the lanes, row by row; where there is too much, how many of each kind there are. */
export function ItemTable({
  lanes,
  on,
  chosen,
}: {
  lanes: readonly Lane[]
  on: OnPlatform | undefined
  chosen: string | undefined
}) {
  const wanted = usePlace().get('rows') ?? ''
  const rows = lanes.flatMap((lane) => lane.items.map((item) => ({ lane, item })))
  const counts = lanes.flatMap((lane) => lane.counts.map((count) => ({ lane, count })))
  const shown = /^\d{1,5}$/.test(wanted) ? Math.max(step, Number(wanted)) : step
  const left = rows.length - shown
  return (
    <>
      <div className="scroll" tabIndex={0} role="region" aria-label="The map as a table">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">Layer</th>
              <th scope="col">{counts.length > 0 ? 'How many' : 'What'}</th>
              <th scope="col">Kind</th>
              {counts.length > 0 ? null : (
                <>
                  <th scope="col">Status</th>
                  <th scope="col">Level</th>
                  <th scope="col">Votes</th>
                  {on ? <th scope="col">There</th> : null}
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map(({ lane, item }) => (
              <ItemRow key={`${lane.key} ${item.id}`} lane={lane} item={item} on={on} chosen={item.id === chosen} />
            ))}
            {counts.map(({ lane, count }) => (
              <tr key={`${lane.key} ${count.type} ${count.kind}`}>
                <td>{lane.name}</td>
                <th scope="row">
                  <button
                    type="button"
                    className="link"
                    onClick={() => {
                      change({ layer: count.layer, type: count.type, kind: count.kind })
                    }}
                  >
                    {count.count} {types[count.type]}
                  </button>
                </th>
                <td>{kinds[count.kind] ?? count.kind}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {left > 0 ? (
        <p>
          <button
            type="button"
            onClick={() => {
              change({ rows: (shown + step).toString() }, true)
            }}
          >
            {Math.min(step, left)} more rows of {left} left
          </button>{' '}
          <span className="soft">The files below hold all of them.</span>
        </p>
      ) : null}
    </>
  )
}
