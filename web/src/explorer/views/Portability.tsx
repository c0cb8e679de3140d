import { change, usePlace } from '../address.ts'
import { assumed } from '../assumptions.ts'
import { useAnswer, useColumns, usePlatforms, usePractices, type Column, type Practice } from '../data.ts'
import { ColumnDocument, type Actor, type Assumption } from '../operations/generated.ts'
import { ActorPicker, actorOf } from '../parts/ActorPicker.tsx'
import { PlatformPicker } from '../parts/PlatformPicker.tsx'
import { Status } from '../parts/Status.tsx'
import { Tools } from '../parts/Tools.tsx'
import { WhatIf } from '../parts/WhatIf.tsx'
import { meant, type Platform } from '../platforms.ts'
import { Legend, words } from '../verdicts.tsx'
import { HeatMap } from './HeatMap.tsx'
import { MoveList } from './MoveList.tsx'
import { Proof } from './Proof.tsx'
import { VerdictSummary, verdictIn } from './VerdictSummary.tsx'

function only(platforms: readonly Platform[], word: string): Platform | undefined {
  const found = meant(platforms, word)
  return found.length === 1 ? found[0] : undefined
}

/** What the view was asked, out of the address. */
function useAskedFor() {
  const place = usePlace()
  const platforms = usePlatforms()
  const all = platforms.data ?? []
  const fromWord = place.get('from') ?? 'vsphere'
  const toWord = place.get('to') ?? 'osism'
  return {
    platforms,
    all,
    fromWord,
    toWord,
    from: only(all, fromWord),
    to: only(all, toWord),
    everywhere: place.get('all') === 'yes',
    actor: actorOf(place.get('actor')),
    wanted: place.get('verdict'),
    practice: place.get('practice'),
    cell: place.get('cell'),
    list: assumed(place),
  }
}

type AskedFor = ReturnType<typeof useAskedFor>

function Controls({ asked: { all, fromWord, toWord, from, to, everywhere, actor } }: { asked: AskedFor }) {
  return (
    <form className="controls" role="search" aria-label="From where to where">
      <PlatformPicker
        label="From"
        platforms={all}
        value={fromWord}
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
        value={toWord}
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
      <ActorPicker value={actor} />
    </form>
  )
}

const concerns = (actor: Actor | undefined) => (p: Practice) =>
  actor === undefined || p.actor === actor || p.actor === 'BOTH'

/** The table that is downloaded: what is shown, in words. */
function tableOf(rows: readonly Practice[], targets: readonly Platform[], columns: Map<string, Column> | undefined) {
  return [
    ['practice', 'level', ...targets.map((t) => t.name)],
    ...rows.map((p) => [
      p.title,
      p.confidentiality.key,
      ...targets.map((t) => words[verdictIn(columns?.get(t.key), p)].name),
    ]),
  ]
}

interface AsideProps {
  practice: string
  from: Platform | undefined
  to: string | undefined
  list: readonly Assumption[]
  onWritten: () => void
}

function Aside({ practice, from, to, list, onWritten }: AsideProps) {
  const answer = useAnswer(practice, from?.key, to, list)
  return (
    <div className="aside">
      <Status asked={answer} what="this practice" />
      {answer.data === null ? <p>There is no such practice, or it is not for you.</p> : null}
      {answer.data ? (
        <Proof
          answer={answer.data}
          list={list}
          onWritten={() => {
            answer.again()
            onWritten()
          }}
          onClose={() => {
            change({ practice: undefined, cell: undefined })
          }}
        />
      ) : null}
    </div>
  )
}

export function Portability() {
  const asked = useAskedFor()
  const { platforms, all, from, to, everywhere, wanted, practice, cell, list } = asked
  const practices = usePractices()
  const targets = everywhere ? all.filter((p) => p.key !== from?.key) : to ? [to] : []
  const keys = targets.map((p) => p.key)
  const columns = useColumns(from?.key, keys, list)
  const before = useColumns(list.length > 0 ? from?.key : undefined, to ? [to.key] : [])
  const column = to ? columns.data?.get(to.key) : undefined
  const asItIs = list.length > 0 && to ? before.data?.get(to.key) : undefined
  const concerned = (practices.data ?? []).filter(concerns(asked.actor))
  const rows = concerned.filter((p) => !wanted || verdictIn(column, p) === wanted)
  const target = practice ? (cell ?? to?.key) : undefined
  return (
    <>
      <h1>Which practices move, and why others do not</h1>
      <Controls asked={asked} />
      {to ? <WhatIf platform={to} list={list} nameOf={(key) => all.find((p) => p.key === key)?.name ?? key} /> : null}
      <Status asked={platforms} what="platforms" />
      <Status asked={practices} what="practices" />
      <Status asked={columns} what="what moves" />
      {platforms.data?.length === 0 ? <p>No platform is on the map, or none that you may see.</p> : null}
      {column && practices.data ? (
        <>
          <VerdictSummary
            label={`From ${from?.name ?? ''} to ${to?.name ?? ''}, by verdict`}
            practices={concerned}
            column={column}
            before={asItIs}
            wanted={wanted}
          />
          <div className={practice ? 'beside' : ''}>
            <div>
              {rows.length === 0 ? <p>No practice has that verdict. Choose another one above, or none.</p> : null}
              {rows.length > 0 && !everywhere ? (
                <MoveList
                  practices={rows}
                  column={column}
                  before={asItIs}
                  open={practice}
                  onOpen={(key) => {
                    change({ practice: key, cell: undefined })
                  }}
                />
              ) : null}
              {rows.length > 0 && everywhere && columns.data ? (
                <HeatMap
                  practices={rows}
                  to={targets}
                  columns={columns.data}
                  open={practice && target ? { practice, to: target } : undefined}
                  onOpen={(key, platform) => {
                    change({ practice: key, cell: platform === to?.key ? undefined : platform })
                  }}
                />
              ) : null}
              <Legend />
              <Tools
                name={`portability-${from?.key ?? ''}-${to?.key ?? ''}`}
                document={ColumnDocument}
                variables={{ from: from?.key, to: to?.key, assume: list }}
                table={() => tableOf(rows, targets, columns.data)}
              />
            </div>
            {practice ? (
              <Aside practice={practice} from={from} to={target} list={list} onWritten={columns.again} />
            ) : null}
          </div>
        </>
      ) : null}
    </>
  )
}
