import { ask, useAsked } from '../api.ts'
import { change, usePlace } from '../address.ts'
import { MapPracticesDocument, MapTopicsDocument } from '../operations/generated.ts'
import { Status } from '../parts/Status.tsx'
import { Cards } from './Cards.tsx'
import type { OnPlatform } from './fares.ts'
import { kinds, types, wheresOf, type Filters, type ItemType, type Kept, type Wheres } from './filters.ts'
import { openGroup, parseOpen, writeOpen, type Open } from './groups.ts'
import { practiceItem, topicItem, type Count, type Item, type Lane } from './items.ts'

interface Props {
  lane: Lane
  filters: Filters
  chosen: string | undefined
  linked: ReadonlySet<string>
  on: OnPlatform | undefined
  kept: Kept | undefined
}

interface Page {
  items: Item[]
  next: string | null
}

async function pageOf(type: ItemType, where: Wheres, after: string | null, signal: AbortSignal): Promise<Page> {
  const nextOf = (info: { readonly hasNextPage: boolean; readonly endCursor: string | null }) =>
    info.hasNextPage ? info.endCursor : null
  if (type === 'topic') {
    const { topics } = await ask(MapTopicsDocument, { where: where.topics, after }, signal)
    return topics ? { items: topics.nodes.map(topicItem), next: nextOf(topics.pageInfo) } : { items: [], next: null }
  }
  const { practices } = await ask(MapPracticesDocument, { where: where.practices, after }, signal)
  return practices
    ? { items: practices.nodes.map(practiceItem), next: nextOf(practices.pageInfo) }
    : { items: [], next: null }
}

/** The first items of a group, as many as are wanted. */
async function members(type: ItemType, where: Wheres, shown: number, signal: AbortSignal): Promise<Item[]> {
  const items: Item[] = []
  let after: string | null = null
  do {
    const page = await pageOf(type, where, after, signal)
    items.push(...page.items)
    after = page.next
  } while (after !== null && items.length < shown)
  return items
}

/** A group that is open: its first items, and the way to more of them. */
function Members({ count, open, all, ...props }: Props & { count: Count; open: Open; all: readonly Open[] }) {
  const { filters, kept, chosen, linked, on } = props
  const where = wheresOf({ ...filters, layer: count.layer, type: count.type, kind: count.kind }, kept)
  const asked = useAsked(JSON.stringify([where, open.shown]), (signal) =>
    members(count.type, where, open.shown, signal),
  )
  const items = asked.data ?? []
  const left = count.count - items.length
  return (
    <>
      <Status asked={asked} what="these" />
      <Cards items={items} chosen={chosen} linked={linked} on={on} />
      {asked.data && left > 0 ? (
        <button
          type="button"
          onClick={() => {
            change({ open: writeOpen(openGroup(all, open, open.shown + 100)) }, true)
          }}
        >
          {Math.min(100, left)} more of {left} left
        </button>
      ) : null}
    </>
  )
}

/** What lies on a lane, counted by kind; a group opens where it stands. */
export function Groups(props: Props) {
  const { lane } = props
  const all = parseOpen(usePlace().get('open'))
  return (
    <ul className="groups">
      {lane.counts.map((count) => {
        const open = all.find((o) => o.layer === count.layer && o.type === count.type && o.kind === count.kind)
        const group = { layer: count.layer, type: count.type, kind: count.kind, shown: 100 }
        return (
          <li key={`${count.type} ${count.kind}`}>
            <button
              type="button"
              className={`item group ${count.type}`}
              aria-expanded={open !== undefined}
              onClick={() => {
                change({ open: writeOpen(openGroup(all, group, open ? 0 : 100)) })
              }}
            >
              <strong>{count.count}</strong> {types[count.type]}: {kinds[count.kind] ?? count.kind}
            </button>
            {open ? <Members {...props} count={count} open={open} all={all} /> : null}
          </li>
        )
      })}
    </ul>
  )
}
