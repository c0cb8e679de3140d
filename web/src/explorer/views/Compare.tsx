import { askAll, useAsked } from '../api.ts'
import { addressOf, change, usePlace } from '../address.ts'
import { assumed, readable, writeAssumptions } from '../assumptions.ts'
import { usePlatforms } from '../data.ts'
import type { Table } from '../download.ts'
import { CompareDocument, type Actor, type Assumption, type CompareQuery } from '../operations/generated.ts'
import { ActorPicker, actorOf, actors } from '../parts/ActorPicker.tsx'
import { Level } from '../parts/Level.tsx'
import { Link } from '../parts/Link.tsx'
import { Misfits, misfitsOf, type Rules } from '../parts/Misfits.tsx'
import { PlatformPicker } from '../parts/PlatformPicker.tsx'
import { Prose } from '../parts/Prose.tsx'
import { Status } from '../parts/Status.tsx'
import { Tools } from '../parts/Tools.tsx'
import { WhatIf, assumptionText } from '../parts/WhatIf.tsx'
import { meant, only } from '../platforms.ts'
import './portability.css'

type Row = NonNullable<CompareQuery['comparePlatforms']>['nodes'][number]

const relations: Record<Row['relation'], { name: string; means: string }> = {
  SAME: { name: 'the same', means: 'both do it the same way' },
  DIFFERS: { name: 'differs', means: 'both do it, each its own way' },
  ONLY_HERE: { name: 'only on one', means: 'the other cannot' },
  UNKNOWN: { name: 'unknown', means: 'nobody has said' },
}

type Relation = keyof typeof relations
const order = Object.keys(relations) as Relation[]

/** What the view was asked, out of the address. */
function useAskedFor() {
  const place = usePlace()
  const platforms = usePlatforms()
  const all = platforms.data ?? []
  const known = (word: string) => !platforms.data || meant(all, word).length > 0
  const rules: Rules = { a: known, b: known, actor: actors, relation: relations, if: readable }
  const wrong = new Set(misfitsOf(place, rules).map(([name]) => name))
  const get = (name: string) => (wrong.has(name) ? undefined : place.get(name))
  const [a, b] = [get('a') ?? 'proxmox', get('b') ?? 'osism']
  const nameOf = (key: string) => meant(all, key)[0]?.name ?? key
  const list = assumed(place)
  const relation = get('relation') as Relation | undefined
  return { platforms, all, rules, a, b, nameOf, list, actor: actorOf(get('actor')), relation }
}

function useCompared(some: boolean, a: string, b: string, actor: Actor | undefined, assume: readonly Assumption[]) {
  return useAsked(some ? `${a}|${b}|${actor ?? ''}|${writeAssumptions(assume)}` : undefined, (signal) =>
    askAll(CompareDocument, { a, b, actor: actor ?? null, assume }, (d) => d.comparePlatforms, signal),
  )
}

/** How many practices stand in each relation; each is a button that shows those only. */
function Summary({ rows, wanted }: { rows: readonly Row[]; wanted: Relation | undefined }) {
  return (
    <ul className="summary" aria-label="By relation">
      {order.map((r) => {
        const count = rows.filter((row) => row.relation === r).length
        return (
          <li key={r}>
            <button
              type="button"
              className={count === 0 ? 'none' : ''}
              aria-pressed={wanted === r}
              onClick={() => {
                change({ relation: wanted === r ? undefined : r })
              }}
            >
              <span>
                <strong>{count}</strong> <span className={`relation ${r}`}>{relations[r].name}</span>
              </span>
              <span className="means">{relations[r].means}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

/** How one of the two does it, each way with its level. */
function Ways({ ways }: { ways: Row['a'] }) {
  return ways.map((way) => (
    <p key={way.how}>
      <Prose text={way.how ?? 'stated without words'} /> <Level level={way.confidentiality} />
    </p>
  ))
}

function Rows({ rows, a, b }: { rows: readonly Row[]; a: string; b: string }) {
  const { nameOf, list } = useAskedFor()
  return (
    <div className="scroll compared" tabIndex={0} role="region" aria-label="Comparison">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">Practice</th>
            <th scope="col">Relation</th>
            <th scope="col">{nameOf(a)}</th>
            <th scope="col">{nameOf(b)}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((r) => (
            <tr key={r.practice.key}>
              <th scope="row">
                <Link
                  to={addressOf('portability', {
                    from: a,
                    to: b,
                    practice: r.practice.key,
                    if: writeAssumptions(list) || undefined,
                  })}
                >
                  {r.practice.title}
                </Link>{' '}
                <Level level={r.practice.confidentiality} />
              </th>
              <td>
                <span className={`relation ${r.relation}`}>{relations[r.relation].name}</span>
                {r.here ? <p className="soft">{r.here.name}</p> : null}
              </td>
              <td>
                <Ways ways={r.a} />
              </td>
              <td>
                <Ways ways={r.b} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function tableOf(rows: readonly Row[], a: string, b: string): Table {
  const how = (list: Row['a']) => list.map((i) => i.how ?? 'stated without words').join(' ')
  return [
    ['practice', 'level', 'layer', 'relation', 'only on', a, b],
    ...rows.map((r) => [
      r.practice.title,
      r.practice.confidentiality.key,
      r.practice.layers.nodes[0]?.name ?? '',
      relations[r.relation].name,
      r.here?.name ?? '',
      how(r.a),
      how(r.b),
    ]),
  ]
}

export function Compare() {
  const { platforms, all, rules, a, b, nameOf, list, actor, relation } = useAskedFor()
  const some = platforms.data?.length !== 0
  const compared = useCompared(some, a, b, actor, list)
  const rows = (compared.data ?? [])
    .filter((r) => !relation || r.relation === relation)
    .toSorted((x, y) => order.indexOf(x.relation) - order.indexOf(y.relation))
  const both = [only(all, a), only(all, b)].filter((p) => p !== undefined)
  return (
    <>
      <h1>What is the same, and what differs</h1>
      <form
        className="controls"
        role="search"
        aria-label="Which two platforms"
        onSubmit={(event) => {
          event.preventDefault()
        }}
      >
        <PlatformPicker
          label="One"
          platforms={all}
          value={a}
          onPick={(key) => {
            change({ a: key })
          }}
        />
        <PlatformPicker
          label="Other"
          platforms={all}
          value={b}
          onPick={(key) => {
            change({ b: key })
          }}
        />
        <ActorPicker value={actor} />
      </form>
      <p className="printed">
        {nameOf(a)} and {nameOf(b)}
        {actor ? `, told as: ${actors[actor] ?? ''}` : ''}.
      </p>
      <Misfits rules={rules} />
      <WhatIf platforms={both} list={list} nameOf={nameOf} />
      <Status asked={platforms} what="platforms" />
      <Status asked={compared} what="the two platforms" />
      {some ? null : <p className="empty">No platform is on the map, or none that you may see.</p>}
      {compared.data?.length === 0 ? (
        <p className="empty">No practice is on the map, or none that you may see.</p>
      ) : null}
      {compared.data && compared.data.length > 0 ? (
        <>
          <Summary rows={compared.data} wanted={relation} />
          {rows.length === 0 ? (
            <p className="empty">No practice is in that relation. Choose another one above, or none.</p>
          ) : (
            <Rows rows={rows} a={a} b={b} />
          )}
          <p className="onward">
            <Link to={addressOf('portability', { from: a, to: b, actor, if: writeAssumptions(list) || undefined })}>
              What moves from {nameOf(a)} to {nameOf(b)}
            </Link>
          </p>
          <Tools
            name={`compare-${a}-${b}`}
            document={CompareDocument}
            variables={{ a, b, ...(actor ? { actor } : {}), ...(list.length > 0 ? { assume: list } : {}) }}
            assumed={list.map((x) => assumptionText(x, nameOf))}
            table={() => tableOf(rows, nameOf(a), nameOf(b))}
          />
        </>
      ) : null}
    </>
  )
}
