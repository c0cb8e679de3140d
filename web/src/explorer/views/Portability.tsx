import { addressOf, change, usePlace } from '../address.ts'
import { assumed, readable, writeAssumptions } from '../assumptions.ts'
import { useAnswer, useColumns, usePlatforms, usePractices, type Column, type Practice } from '../data.ts'
import type { Table } from '../download.ts'
import { ColumnDocument, MatrixDocument, type Actor, type Assumption } from '../operations/generated.ts'
import { ActorPicker, actorOf, actors } from '../parts/ActorPicker.tsx'
import { Link } from '../parts/Link.tsx'
import { Misfits, misfitsOf, type Rules } from '../parts/Misfits.tsx'
import { PlatformPicker } from '../parts/PlatformPicker.tsx'
import { Status } from '../parts/Status.tsx'
import { Tools } from '../parts/Tools.tsx'
import { WhatIf, assumptionText } from '../parts/WhatIf.tsx'
import { meant, only, type Platform } from '../platforms.ts'
import { Legend, verdicts, words } from '../verdicts.tsx'
import { Elsewhere } from './Elsewhere.tsx'
import { HeatMap } from './HeatMap.tsx'
import { MoveList, bases } from './MoveList.tsx'
import { Proof } from './Proof.tsx'
import { VerdictSummary, verdictIn } from './VerdictSummary.tsx'
import './portability.css'

/** What the view was asked, out of the address. */
function useAskedFor() {
  const place = usePlace()
  const platforms = usePlatforms()
  const all = platforms.data ?? []
  const known = (word: string) => !platforms.data || meant(all, word).length > 0
  const rules: Rules = {
    from: known,
    to: known,
    cell: known,
    verdict: verdicts,
    actor: actors,
    all: ['yes'],
    if: readable,
  }
  const wrong = new Set(misfitsOf(place, rules).map(([name]) => name))
  const get = (name: string) => (wrong.has(name) ? undefined : place.get(name))
  const fromWord = get('from') ?? 'vsphere'
  const toWord = get('to') ?? 'osism'
  return {
    platforms,
    all,
    rules,
    fromWord,
    toWord,
    from: only(all, fromWord),
    to: only(all, toWord),
    everywhere: get('all') === 'yes',
    actor: actorOf(get('actor')),
    wanted: get('verdict'),
    practice: place.get('practice'),
    cell: get('cell'),
    list: assumed(place),
    nameOf: (key: string) => all.find((p) => p.key === key)?.name ?? key,
  }
}

type AskedFor = ReturnType<typeof useAskedFor>

function Controls({ asked: { all, fromWord, toWord, from, to, everywhere, actor } }: { asked: AskedFor }) {
  return (
    <form
      className="controls"
      role="search"
      aria-label="From where to where"
      onSubmit={(event) => {
        event.preventDefault()
      }}
    >
      <PlatformPicker
        label="From"
        platforms={all}
        value={fromWord}
        onPick={(key) => {
          change({ from: key, practice: undefined, cell: undefined })
        }}
      />
      <button
        type="button"
        className="swap"
        aria-label="Swap from and to"
        onClick={() => {
          change({ from: to?.key, to: from?.key, practice: undefined, cell: undefined })
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

/** The list as it is downloaded: each practice with its verdict and what is in its way. */
function listTable(rows: readonly Practice[], column: Column, before: Column | undefined): Table {
  return [
    ['practice', 'level', 'layer', 'verdict', ...(before ? ['as it is'] : []), 'basis', 'why'],
    ...rows.map((p) => {
      const cell = column.get(p.key)
      return [
        p.title,
        p.confidentiality.key,
        p.layers.nodes[0]?.name ?? '',
        words[verdictIn(column, p)].name,
        ...(before ? [words[verdictIn(before, p)].name] : []),
        cell ? bases[cell.basis] : '',
        (cell?.reasons ?? []).map((r) => `${r.text} (${r.kind.toLowerCase()})`).join(' '),
      ]
    }),
  ]
}

/** The heat map as it is downloaded: practices by platforms. */
function heatTable(rows: readonly Practice[], targets: readonly Platform[], columns: Map<string, Column>): Table {
  return [
    ['practice', 'level', ...targets.map((t) => t.name)],
    ...rows.map((p) => [
      p.title,
      p.confidentiality.key,
      ...targets.map((t) => words[verdictIn(columns.get(t.key), p)].name),
    ]),
  ]
}

interface AsideProps {
  practice: string
  from: Platform | undefined
  to: string | undefined
  list: readonly Assumption[]
  nameOf: (key: string) => string
  onWritten: () => void
}

const close = () => {
  change({ practice: undefined, cell: undefined })
}

function Aside({ practice, from, to, list, nameOf, onWritten }: AsideProps) {
  const answer = useAnswer(practice, from?.key, to, list)
  return (
    <div className="aside">
      <Status asked={answer} what="this practice" />
      {answer.data === null || answer.error ? (
        <p>
          There is no such practice, or it is not for you.{' '}
          <button type="button" onClick={close}>
            Close
          </button>
        </p>
      ) : null}
      {answer.data ? (
        <Proof
          answer={answer.data}
          list={list}
          nameOf={nameOf}
          onWritten={() => {
            answer.again()
            onWritten()
          }}
          onClose={close}
        />
      ) : null}
    </div>
  )
}

/** The same way, looked at otherwise; what is taken to be so goes along. */
function Onward({ asked: { from, to, actor, list } }: { asked: AskedFor }) {
  if (!from || !to) return null
  const also = { actor, if: writeAssumptions(list) || undefined }
  return (
    <p className="onward">
      <Link to={addressOf('compare', { a: from.key, b: to.key, ...also })}>Both side by side</Link>{' '}
      <Link to={addressOf('exit', { from: from.key, to: to.key, ...also })}>What the whole exit takes</Link>{' '}
      <Link to={addressOf('contribute', { platform: to.key })}>What nobody has said about {to.name}</Link>
    </p>
  )
}

interface AnswersProps {
  asked: AskedFor
  rows: readonly Practice[]
  targets: readonly Platform[]
  columns: Map<string, Column>
  column: Column
  before: Column | undefined
}

/** The list of moves or the heat map, and what leads on from it. */
function Answers({ asked, rows, targets, columns, column, before }: AnswersProps) {
  const { from, to, everywhere, wanted, practice, cell, actor, list, nameOf } = asked
  const target = practice ? (cell ?? to?.key) : undefined
  const where = wanted ? { key: { in: rows.map((p) => p.key) } } : undefined
  const common = {
    ...(actor ? { actor } : {}),
    ...(where ? { where } : {}),
    ...(list.length > 0 ? { assume: list } : {}),
  }
  return (
    <div>
      {rows.length === 0 ? (
        <p className="empty">No practice has that verdict. Choose another one above, or none.</p>
      ) : null}
      {rows.length > 0 && !everywhere ? (
        <MoveList
          practices={rows}
          column={column}
          before={before}
          open={practice}
          onOpen={(key) => {
            change({ practice: key, cell: undefined })
          }}
        />
      ) : null}
      {rows.length > 0 && everywhere ? (
        <HeatMap
          practices={rows}
          to={targets}
          columns={columns}
          open={practice && target ? { practice, to: target } : undefined}
          onOpen={(key, platform) => {
            change({ practice: key, cell: platform === to?.key ? undefined : platform })
          }}
        />
      ) : null}
      <Legend />
      <Onward asked={asked} />
      <Tools
        name={`portability-${from?.key ?? ''}-${everywhere ? 'all' : (to?.key ?? '')}`}
        document={everywhere ? MatrixDocument : ColumnDocument}
        variables={
          everywhere
            ? { from: [from?.key], to: targets.map((t) => t.key), ...common }
            : { from: from?.key, to: to?.key, ...common }
        }
        also={
          everywhere
            ? []
            : [
                {
                  label: 'and with the unknown ones',
                  document: MatrixDocument,
                  variables: { from: [from?.key], to: [to?.key], ...common },
                },
              ]
        }
        assumed={list.map((a) => assumptionText(a, nameOf))}
        table={() => (everywhere ? heatTable(rows, targets, columns) : listTable(rows, column, before))}
      />
    </div>
  )
}

export function Portability() {
  const asked = useAskedFor()
  const { platforms, all, from, to, everywhere, wanted, practice, cell, list, nameOf } = asked
  const practices = usePractices()
  const targets = everywhere ? all.filter((p) => p.key !== from?.key) : to ? [to] : []
  const keys = targets.map((p) => p.key)
  const columns = useColumns(from?.key, to && !keys.includes(to.key) ? [...keys, to.key] : keys, list)
  const before = useColumns(list.length > 0 ? from?.key : undefined, to ? [to.key] : [])
  const column = to ? columns.data?.get(to.key) : undefined
  const asItIs = list.length > 0 && to ? before.data?.get(to.key) : undefined
  const concerned = (practices.data ?? []).filter(concerns(asked.actor))
  const rows = concerned.filter((p) => !wanted || verdictIn(column, p) === wanted)
  const blocked = column && concerned.some((p) => verdictIn(column, p) === 'BLOCKED')
  return (
    <>
      <h1>Which practices move, and why others do not</h1>
      <Controls asked={asked} />
      <p className="printed">
        From {from?.name} to {everywhere ? 'every other platform' : to?.name}
        {asked.actor ? `, told as: ${actors[asked.actor] ?? ''}` : ''}.
      </p>
      <Misfits rules={asked.rules} />
      {to ? <WhatIf platforms={[to]} list={list} nameOf={nameOf} /> : null}
      <Status asked={platforms} what="platforms" />
      <Status asked={practices} what="practices" />
      <Status asked={columns} what="what moves" />
      {platforms.data?.length === 0 ? (
        <p className="empty">No platform is on the map, or none that you may see.</p>
      ) : null}
      {practices.data?.length === 0 ? (
        <p className="empty">No practice is on the map, or none that you may see.</p>
      ) : null}
      {column && columns.data && practices.data ? (
        <>
          {everywhere ? <p className="soft">Counted on the way to {to?.name}:</p> : null}
          <VerdictSummary
            label={`From ${from?.name ?? ''} to ${to?.name ?? ''}, by verdict`}
            practices={concerned}
            column={column}
            before={asItIs}
            wanted={wanted}
          />
          {from && to && !blocked ? <Elsewhere from={from} to={to} actor={asked.actor} list={list} /> : null}
          <div className={practice ? 'beside' : ''}>
            <Answers
              asked={asked}
              rows={rows}
              targets={targets}
              columns={columns.data}
              column={column}
              before={asItIs}
            />
            {practice ? (
              <Aside
                practice={practice}
                from={from}
                to={cell ?? to?.key}
                list={list}
                nameOf={nameOf}
                onWritten={columns.again}
              />
            ) : null}
          </div>
        </>
      ) : null}
    </>
  )
}
