import { useMemo } from 'react'
import { useAsked } from '../api.ts'
import { usePlace } from '../address.ts'
import { usePlatforms } from '../data.ts'
import { Details, useDetails } from '../map/Details.tsx'
import { choices, keeps, keptOf, useOnPlatform, type OnPlatform } from '../map/fares.ts'
import { FilterBar } from '../map/FilterBar.tsx'
import { filtersOf, kinds, noLayer, statuses, types, wheresOf, type Filters } from '../map/filters.ts'
import { ItemTable } from '../map/ItemTable.tsx'
import { askWorld, lanesOf, mostItems, type Lane, type World } from '../map/items.ts'
import { Lanes } from '../map/Lanes.tsx'
import { useLevels } from '../map/useLevels.ts'
import { ColumnDocument, MapDocument } from '../operations/generated.ts'
import { Misfits, misfitsOf, type Rules } from '../parts/Misfits.tsx'
import { Status } from '../parts/Status.tsx'
import { Tools } from '../parts/Tools.tsx'
import { meant, only } from '../platforms.ts'
import { verdicts, words } from '../verdicts.tsx'
import '../map/map.css'

const everything: Filters = { layer: undefined, type: undefined, kind: undefined, status: undefined, level: undefined }

/** The words of the address that are left out because they mean nothing. */
function useRight() {
  const place = usePlace()
  const levels = useLevels()
  const platforms = usePlatforms()
  const known = (word: string) => !platforms.data || meant(platforms.data, word).length > 0
  const rules: Rules = {
    type: types,
    kind: kinds,
    status: statuses,
    ...(levels.data ? { level: levels.data.map((l) => l.key) } : {}),
    platform: known,
    from: known,
    moves: [...verdicts, ...Object.keys(choices)],
    as: ['table'],
  }
  const wrong = new Set(misfitsOf(place, rules).map(([name]) => name))
  const get = (name: string) => (wrong.has(name) ? undefined : place.get(name))
  return { get, rules, levels: levels.data ?? [], platforms: platforms.data ?? [] }
}

/** The map as it is narrowed: all of it is kept here where it is small, else the server narrows it. */
function useNarrowed(filters: Filters, on: OnPlatform | undefined, moves: string) {
  const whole = useAsked('map', (signal) => askWorld(wheresOf(everything), signal))
  const kept = on && keptOf(on, moves)
  const where = wheresOf(filters, kept)
  const narrow = JSON.stringify(where)
  const large = whole.data !== undefined && !whole.data.items
  const narrowed = useAsked(large && narrow !== JSON.stringify(wheresOf(everything)) ? narrow : undefined, (signal) =>
    askWorld(where, signal),
  )
  const asked = large && narrow !== JSON.stringify(wheresOf(everything)) ? narrowed : whole
  const world = asked.data
  const lanes = useMemo((): Lane[] => {
    if (!world) return []
    const kept = on
      ? world.items?.filter((i) => (i.type === 'topic' ? on.topics.includes(i.id) : keeps(on.fares.get(i.id), moves)))
      : world.items
    const part: World = kept ? { ...world, items: kept } : world
    return lanesOf(part, filters)
    // The conditions say all that the filters do.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [world, narrow])
  return { asked, where, kept, lanes, whole: whole.data }
}

const nothing: ReadonlySet<string> = new Set()

/** What is chosen, what it says, and the ids of what it is linked to. */
function useChosen(id: string | undefined) {
  const details = useDetails(id)
  const data = id ? details.data : undefined
  const linked = useMemo(
    () =>
      data?.node ? new Set(data.neighbourhood?.nodes.filter((n) => n.distance === 1).map((n) => n.node.id)) : nothing,
    [data],
  )
  return { details, linked }
}

function InShort({ lanes, whole }: { lanes: readonly Lane[]; whole: World }) {
  const shown = new Set(lanes.flatMap((l) => l.items.map((i) => i.id))).size
  const counted = lanes.some((l) => l.counts.length > 0)
  return (
    <p role="status" className="soft">
      {counted
        ? `More than ${mostItems.toLocaleString('en')} things: they are counted by kind, and a group opens where it stands.`
        : shown === whole.total
          ? `${shown.toLocaleString('en')} topics and practices.`
          : `${shown.toLocaleString('en')} of ${whole.total.toLocaleString('en')} topics and practices.`}
    </p>
  )
}

function tableOf(lanes: readonly Lane[], on: OnPlatform | undefined) {
  if (lanes.some((l) => l.counts.length > 0)) {
    return [
      ['layer', 'type', 'kind', 'how many'],
      ...lanes.flatMap((l) => l.counts.map((c) => [l.name, c.type, c.kind, c.count.toString()])),
    ]
  }
  const there = (id: string) => {
    const fare = on?.fares.get(id)
    return fare?.verdict ? words[fare.verdict].name : fare?.runs ? 'done there' : ''
  }
  return [
    ['layer', 'title', 'type', 'kind', 'status', 'level', 'votes', ...(on ? ['there'] : [])],
    ...lanes.flatMap((l) =>
      l.items.map((i) => [
        l.name,
        i.title,
        i.type,
        i.kind,
        i.status,
        i.level,
        i.votes.toString(),
        ...(on ? [there(i.id)] : []),
      ]),
    ),
  ]
}

export function MapView() {
  const { get, rules, levels, platforms } = useRight()
  const filters = filtersOf({ view: 'map', get })
  const platform = only(platforms, get('platform') ?? '')
  const from = platform ? only(platforms, get('from') ?? '') : undefined
  const there = useOnPlatform(platform?.key, from?.key)
  const on = platform ? there.data : undefined
  const { asked, where, kept, lanes, whole } = useNarrowed(filters, on, get('moves') ?? '')
  const id = get('id')
  const { details, linked } = useChosen(id)
  const layers = whole?.layers ?? []
  const ready = asked.data !== undefined && (!platform || on !== undefined)
  const shown =
    get('as') === 'table' ? (
      <ItemTable lanes={lanes} on={on} chosen={id} />
    ) : (
      <Lanes lanes={lanes} filters={filters} chosen={id} linked={linked} on={on} kept={kept} />
    )
  return (
    <>
      <h1>What is on the map</h1>
      <FilterBar layers={layers} levels={levels} />
      <Misfits rules={whole ? { ...rules, layer: [...layers.map((l) => l.key), noLayer] } : rules} />
      <Status asked={asked} what="the map" />
      {platform ? <Status asked={there} what={platform.name} /> : null}
      {ready && whole ? (
        <>
          <InShort lanes={lanes} whole={whole} />
          <div className={id ? 'beside' : ''}>
            <div>
              {whole.total === 0 ? (
                <p className="empty">Nothing is on this map yet, or nothing that you may see.</p>
              ) : (
                shown
              )}
              <Tools
                name="map"
                document={MapDocument}
                variables={{ ...where }}
                also={
                  from && platform
                    ? [
                        {
                          label: 'and that of the verdicts',
                          document: ColumnDocument,
                          variables: { from: from.key, to: platform.key },
                        },
                      ]
                    : []
                }
                table={() => tableOf(lanes, on)}
              />
            </div>
            {id ? (
              <div className="aside">
                <Details asked={details} />
              </div>
            ) : null}
          </div>
        </>
      ) : null}
    </>
  )
}
