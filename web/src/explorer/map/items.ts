import { ask, askAll } from '../api.ts'
import {
  MapDocument,
  MapPracticeCountsDocument,
  MapPracticesDocument,
  MapTopicCountsDocument,
  MapTopicsDocument,
  type MapQuery,
  type PracticeItemFragment,
  type TopicItemFragment,
} from '../operations/generated.ts'
import { noLayer, type Filters, type ItemType, type Wheres } from './filters.ts'

/** A topic or a practice on the map. */
export interface Item {
  id: string
  title: string
  type: ItemType
  kind: string
  status: string
  level: string
  votes: number
  /** Keys of the layers it lies on. */
  layers: readonly string[]
}

/** How many things of one type and kind lie on one layer. */
export interface Count {
  layer: string
  type: ItemType
  kind: string
  count: number
}

export type Layer = NonNullable<MapQuery['layers']>['nodes'][number]

/** The map, or the part of it that was asked for: every item, or counts where there are too many to look at. */
export interface World {
  layers: readonly Layer[]
  total: number
  items?: readonly Item[]
  counts?: readonly Count[]
}

/** Up to so many items are shown one by one; more are counted, and shown group by group. */
export const mostItems = 2500

export const topicItem = (t: TopicItemFragment): Item => ({
  id: t.id,
  title: t.title,
  type: 'topic',
  kind: t.kind,
  status: t.status,
  level: t.confidentiality.key,
  votes: t.votes,
  layers: t.layers.nodes.map((l) => l.key),
})

export const practiceItem = (p: PracticeItemFragment): Item => ({
  id: p.id,
  title: p.title,
  type: 'practice',
  kind: p.kind,
  status: p.status,
  level: p.confidentiality.key,
  votes: 0,
  layers: p.layers.nodes.map((l) => l.key),
})

interface Page<N> {
  readonly nodes: readonly N[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null }
}

/** What follows a first page, page by page. */
async function rest<N>(first: Page<N>, more: (after: string | null) => Promise<Page<N> | null>): Promise<N[]> {
  const all = [...first.nodes]
  for (let page = first; page.pageInfo.hasNextPage;) {
    const next = await more(page.pageInfo.endCursor ?? null)
    if (!next) break
    all.push(...next.nodes)
    page = next
  }
  return all
}

async function everyItem(first: MapQuery, where: Wheres, signal: AbortSignal): Promise<Item[]> {
  const { topics, practices } = first
  const [t, p] = await Promise.all([
    topics
      ? rest(topics, async (after) => (await ask(MapTopicsDocument, { where: where.topics, after }, signal)).topics)
      : [],
    practices
      ? rest(
          practices,
          async (after) => (await ask(MapPracticesDocument, { where: where.practices, after }, signal)).practices,
        )
      : [],
  ])
  return [...p.map(practiceItem), ...t.map(topicItem)]
}

interface Cell {
  readonly count: number
  readonly values: readonly { readonly value: string }[]
}

/** Cells of a layer and a kind, or of a kind alone. */
const countsOf = (type: ItemType, cells: readonly Cell[]): Count[] =>
  cells.map(({ count, values }) => ({
    layer: values[1] ? (values[0]?.value ?? noLayer) : noLayer,
    type,
    kind: values.at(-1)?.value ?? '',
    count,
  }))

async function everyCount(where: Wheres, signal: AbortSignal): Promise<Count[]> {
  const none = { layers: { none: {} } }
  const looseTopics: Cell[] = []
  const loosePractices: Cell[] = []
  const topics = { where: where.topics, loose: { and: [where.topics, none] } }
  const practices = { where: where.practices, loose: { and: [where.practices, none] } }
  const [t, p] = await Promise.all([
    askAll(
      MapTopicCountsDocument,
      topics,
      ({ onLayers, loose }) => {
        looseTopics.splice(0, looseTopics.length, ...(loose?.nodes ?? []))
        return onLayers
      },
      signal,
    ),
    askAll(
      MapPracticeCountsDocument,
      practices,
      ({ onLayers, loose }) => {
        loosePractices.splice(0, loosePractices.length, ...(loose?.nodes ?? []))
        return onLayers
      },
      signal,
    ),
  ])
  return [...countsOf('practice', [...p, ...loosePractices]), ...countsOf('topic', [...t, ...looseTopics])]
}

/** Asks for the part of the map that meets the conditions. */
export async function askWorld(where: Wheres, signal: AbortSignal): Promise<World> {
  const first = await ask(MapDocument, { topics: where.topics, practices: where.practices }, signal)
  const layers = first.layers?.nodes ?? []
  const total = (first.topics?.totalCount ?? 0) + (first.practices?.totalCount ?? 0)
  if (total > mostItems) return { layers, total, counts: await everyCount(where, signal) }
  return { layers, total, items: await everyItem(first, where, signal) }
}

/** Whether an item meets the filters, but for that of the layer. */
export const fits = (i: Item, f: Filters) =>
  (!f.type || i.type === f.type) &&
  (!f.kind || i.kind === f.kind) &&
  (!f.status || i.status === f.status) &&
  (!f.level || i.level === f.level)

/** One layer with what lies on it. */
export interface Lane {
  key: string
  name: string
  summary: string
  level: string
  items: Item[]
  counts: Count[]
}

/** The layers from the top of the stack down, each with what fits; last what lies on none. */
export function lanesOf(world: World, filters: Filters): Lane[] {
  const loose = { key: noLayer, name: 'On no layer', summary: 'Nobody has said yet where these belong.', level: '' }
  const lanes = [
    ...world.layers.map((l) => ({ key: l.key, name: l.name, summary: l.summary ?? '', level: l.confidentiality.key })),
    loose,
  ].map((l): Lane => ({ ...l, items: [], counts: [] }))
  const byKey = new Map(lanes.map((l) => [l.key, l]))
  for (const item of world.items ?? []) {
    if (!fits(item, filters)) continue
    const known = item.layers.filter((key) => byKey.has(key))
    for (const key of known.length > 0 ? known : [noLayer]) byKey.get(key)?.items.push(item)
  }
  for (const count of world.counts ?? []) byKey.get(count.layer)?.counts.push(count)
  return lanes.filter(
    (l) =>
      (!filters.layer || l.key === filters.layer) && (l.key !== noLayer || l.items.length > 0 || l.counts.length > 0),
  )
}
