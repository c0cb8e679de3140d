import { ask, useAsked } from '../api.ts'
import { change, usePlace } from '../address.ts'
import { MapDocument, type MapQuery } from '../operations/generated.ts'
import { Status } from '../parts/Status.tsx'
import { Tools } from '../parts/Tools.tsx'
import { Details } from './Details.tsx'
import { Lanes } from './Lanes.tsx'

type Layer = NonNullable<MapQuery['layers']>['nodes'][number]

/** A topic or a practice on a lane of the map. */
export interface Item {
  id: string
  title: string
  type: 'topic' | 'practice'
  kind: string
  status: string
  level: string
  votes: number
  /** Ids of what it is linked to. */
  links: readonly string[]
}

export interface Lane {
  key: string
  name: string
  summary: string
  items: Item[]
  /** How many there are beyond those shown. */
  more: number
}

function laneOf(layer: Layer): Lane {
  const topics = layer.topics.nodes.map((t) => ({
    id: t.id,
    title: t.title,
    type: 'topic' as const,
    kind: t.kind,
    status: t.status,
    level: t.confidentiality.key,
    votes: t.votes,
    links: t.practices.nodes.map((p) => p.id),
  }))
  const practices = layer.practices.nodes.map((p) => ({
    id: p.id,
    title: p.title,
    type: 'practice' as const,
    kind: p.kind,
    status: p.status,
    level: p.confidentiality.key,
    votes: 0,
    links: [],
  }))
  return {
    key: layer.key,
    name: layer.name,
    summary: layer.summary ?? '',
    items: [...practices, ...topics],
    more: layer.topics.totalCount + layer.practices.totalCount - topics.length - practices.length,
  }
}

const filters = ['layer', 'type', 'kind', 'status', 'level'] as const

const label = (word: string) => word.toLowerCase().replaceAll('_', ' ')

function Filter({ name, values, value }: { name: string; values: string[]; value: string }) {
  return (
    <label>
      {name}{' '}
      <select
        value={value}
        onChange={(event) => {
          change({ [name]: event.target.value || undefined })
        }}
      >
        <option value="">all</option>
        {values.map((v) => (
          <option key={v} value={v}>
            {label(v)}
          </option>
        ))}
      </select>
    </label>
  )
}

function ItemTable({ lanes }: { lanes: Lane[] }) {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="The map as a table">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">Layer</th>
            <th scope="col">What</th>
            <th scope="col">Kind</th>
            <th scope="col">Status</th>
            <th scope="col">Level</th>
            <th scope="col">Votes</th>
          </tr>
        </thead>
        <tbody>
          {lanes.flatMap((lane) =>
            lane.items.map((i) => (
              <tr key={`${lane.key} ${i.id}`}>
                <td>{lane.name}</td>
                <th scope="row">
                  <button
                    type="button"
                    className="link"
                    onClick={() => {
                      change({ id: i.id })
                    }}
                  >
                    {i.title}
                  </button>
                </th>
                <td>{label(i.kind)}</td>
                <td>{label(i.status)}</td>
                <td>
                  <span className="level">{i.level}</span>
                </td>
                <td>{i.votes || ''}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  )
}

export function MapView() {
  const place = usePlace()
  const asked = useAsked('map', (signal) => ask(MapDocument, {}, signal))
  const all = (asked.data?.layers?.nodes ?? []).map(laneOf)
  const items = all.flatMap((l) => l.items)
  const distinct = (name: 'type' | 'kind' | 'status' | 'level') => [...new Set(items.map((i) => i[name]))].sort()
  const lanes = all
    .filter((l) => !place.get('layer') || l.key === place.get('layer'))
    .map((l) => ({
      ...l,
      items: l.items.filter((i) =>
        (['type', 'kind', 'status', 'level'] as const).every((f) => !place.get(f) || i[f] === place.get(f)),
      ),
    }))
  const table = place.get('as') === 'table'
  const id = place.get('id')
  return (
    <>
      <h1>What is on the map</h1>
      <form className="controls" role="search" aria-label="What of it to show">
        {filters.map((f) => (
          <Filter
            key={f}
            name={f}
            value={place.get(f) ?? ''}
            values={f === 'layer' ? all.map((l) => l.key) : distinct(f)}
          />
        ))}
        <label className="check">
          <input
            type="checkbox"
            checked={table}
            onChange={(event) => {
              change({ as: event.target.checked ? 'table' : undefined })
            }}
          />
          as a table
        </label>
      </form>
      <Status asked={asked} what="the map" />
      {asked.data ? (
        <div className={id ? 'beside' : ''}>
          <div>
            {table ? <ItemTable lanes={lanes} /> : <Lanes lanes={lanes} chosen={id} />}
            <Tools
              name="map"
              document={MapDocument}
              table={() => [
                ['layer', 'title', 'type', 'kind', 'status', 'level', 'votes'],
                ...lanes.flatMap((l) =>
                  l.items.map((i) => [l.name, i.title, i.type, i.kind, i.status, i.level, i.votes.toString()]),
                ),
              ]}
            />
          </div>
          {id ? (
            <div className="aside">
              <Details
                id={id}
                onClose={() => {
                  change({ id: undefined })
                }}
              />
            </div>
          ) : null}
        </div>
      ) : null}
    </>
  )
}
