import { change, usePlace } from '../address.ts'
import { useAnswer, useColumns, usePlatforms, usePractices } from '../data.ts'
import { ColumnDocument, type Verdict } from '../operations/generated.ts'
import { PlatformPicker } from '../parts/PlatformPicker.tsx'
import { Status } from '../parts/Status.tsx'
import { Tools } from '../parts/Tools.tsx'
import { meant, type Platform } from '../platforms.ts'
import { Legend, verdicts, VerdictBadge, words } from '../verdicts.tsx'
import { HeatMap } from './HeatMap.tsx'
import { MoveList } from './MoveList.tsx'
import { Proof } from './Proof.tsx'

/** Who is meant by the practices: whoever runs the platform, or whoever uses it. */
const actors = { OPERATOR: 'I run the platform', TENANT: 'I use the platform' } as const

function only(platforms: readonly Platform[], word: string | undefined): Platform | undefined {
  const found = word ? meant(platforms, word) : []
  return found.length === 1 ? found[0] : undefined
}

export function Portability() {
  const place = usePlace()
  const platforms = usePlatforms()
  const practices = usePractices()
  const all = platforms.data ?? []
  const from = only(all, place.get('from') ?? 'vsphere')
  const to = only(all, place.get('to') ?? 'osism')
  const everywhere = place.get('all') === 'yes'
  const targets = everywhere ? all.filter((p) => p.key !== from?.key) : to ? [to] : []
  const columns = useColumns(
    from?.key,
    targets.map((p) => p.key),
  )
  const cell = place.get('cell')
  const practice = place.get('practice')
  const answer = useAnswer(practice, from?.key, cell ?? to?.key)

  const actor = place.get('actor')
  const wanted = place.get('verdict')
  const rows = (practices.data ?? []).filter((p) => {
    if (actor && p.actor !== actor && p.actor !== 'BOTH') return false
    if (!wanted || !to) return true
    return (columns.data?.get(to.key)?.get(p.key)?.verdict ?? 'UNKNOWN') === wanted
  })
  const counts = new Map<Verdict, number>()
  const shown = to ? columns.data?.get(to.key) : undefined
  for (const p of practices.data ?? []) {
    if (actor && p.actor !== actor && p.actor !== 'BOTH') continue
    const verdict = shown?.get(p.key)?.verdict ?? 'UNKNOWN'
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  }

  const table = () => [
    ['practice', ...targets.map((t) => t.name)],
    ...rows.map((p) => [
      p.title,
      ...targets.map((t) => words[columns.data?.get(t.key)?.get(p.key)?.verdict ?? 'UNKNOWN'].name),
    ]),
  ]

  return (
    <>
      <h1>Which practices move, and why others do not</h1>
      <form className="controls" role="search" aria-label="From where to where">
        <PlatformPicker
          label="From"
          platforms={all}
          value={place.get('from') ?? 'vsphere'}
          onPick={(key) => {
            change({ from: key, practice: undefined })
          }}
        />
        <button
          type="button"
          className="swap"
          aria-label="Swap from and to"
          onClick={() => {
            change({ from: to?.key, to: from?.key, practice: undefined })
          }}
        >
          ⇄
        </button>
        <PlatformPicker
          label="To"
          platforms={all}
          value={place.get('to') ?? 'osism'}
          onPick={(key) => {
            change({ to: key, practice: undefined, cell: undefined })
          }}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={everywhere}
            onChange={(event) => {
              change({ all: event.target.checked ? 'yes' : undefined })
            }}
          />
          beside all other platforms
        </label>
        <label>
          Told as{' '}
          <select
            value={actor ?? ''}
            onChange={(event) => {
              change({ actor: event.target.value || undefined })
            }}
          >
            <option value="">everyone</option>
            {Object.entries(actors).map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </label>
      </form>
      <Status asked={platforms} what="platforms" />
      <Status asked={practices} what="practices" />
      <Status asked={columns} what="what moves" />
      {shown && practices.data ? (
        <>
          <ul className="summary" aria-label={`From ${from?.name ?? ''} to ${to?.name ?? ''}, by verdict`}>
            {verdicts.map((v) => (
              <li key={v}>
                <button
                  type="button"
                  aria-pressed={wanted === v}
                  onClick={() => {
                    change({ verdict: wanted === v ? undefined : v })
                  }}
                >
                  <strong>{counts.get(v) ?? 0}</strong> <VerdictBadge verdict={v} />
                </button>
              </li>
            ))}
          </ul>
          <div className={practice ? 'beside' : ''}>
            <div>
              {rows.length > 0 && !everywhere ? (
                <MoveList
                  practices={rows}
                  column={shown}
                  open={practice}
                  onOpen={(key) => {
                    change({ practice: key, cell: undefined })
                  }}
                />
              ) : rows.length > 0 && columns.data ? (
                <HeatMap
                  practices={rows}
                  to={targets}
                  columns={columns.data}
                  open={practice && (cell ?? to?.key) ? { practice, to: cell ?? to?.key ?? '' } : undefined}
                  onOpen={(key, platform) => {
                    change({ practice: key, cell: platform === to?.key ? undefined : platform })
                  }}
                />
              ) : (
                <p>No practice has that verdict. Choose another one above, or none.</p>
              )}
              <Legend />
              <Tools
                name={`portability-${from?.key ?? ''}-${to?.key ?? ''}`}
                document={ColumnDocument}
                variables={{ from: from?.key, to: to?.key }}
                table={table}
              />
            </div>
            {practice ? (
              <div className="aside">
                <Status asked={answer} what="this practice" />
                {answer.data ? (
                  <Proof
                    answer={answer.data}
                    onClose={() => {
                      change({ practice: undefined, cell: undefined })
                    }}
                  />
                ) : null}
              </div>
            ) : null}
          </div>
        </>
      ) : null}
    </>
  )
}
