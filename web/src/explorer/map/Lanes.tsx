import { Level } from '../parts/Level.tsx'
import { Cards } from './Cards.tsx'
import type { OnPlatform } from './fares.ts'
import type { Filters, Kept } from './filters.ts'
import { Groups } from './Groups.tsx'
import type { Item, Lane } from './items.ts'
import { useLines } from './useLines.ts'

interface Props {
  lanes: readonly Lane[]
  filters: Filters
  chosen: string | undefined
  /** Ids of what the chosen one is linked to. */
  linked: ReadonlySet<string>
  /** What the platform that was asked for has to do with it. */
  on: OnPlatform | undefined
  /** The keys it leaves of the map. */
  kept: Kept | undefined
}

/** A long lane is laid out in blocks, so that the browser leaves out those that are out of sight. */
const block = 60

const blocks = (items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / block) }, (_, i) => items.slice(i * block, (i + 1) * block))

function LaneOf({ lane, ...props }: Omit<Props, 'lanes'> & { lane: Lane }) {
  const { chosen, linked, on } = props
  const many = lane.counts.reduce((sum, c) => sum + c.count, lane.items.length)
  return (
    <section className="lane" aria-label={lane.name}>
      <header>
        <h2>
          {lane.name} <span className="soft many">{many}</span>
        </h2>
        {lane.summary ? <p className="soft">{lane.summary}</p> : null}
        {lane.level ? <Level level={lane.level} /> : null}
      </header>
      <div className="lying">
        {lane.counts.length > 0 ? <Groups lane={lane} {...props} /> : null}
        {blocks(lane.items).map((items) => (
          <Cards
            key={items[0]?.id}
            items={items}
            chosen={chosen}
            linked={linked}
            on={on}
            className={lane.items.length > block ? 'block' : ''}
          />
        ))}
        {many === 0 ? <p className="soft">Nothing that fits lies here.</p> : null}
      </div>
    </section>
  )
}

/** The layers as lanes, the top of the stack first. What is chosen shows what it is linked to. */
export function Lanes({ lanes, ...props }: Props) {
  const { root, lines } = useLines(props.chosen, props.linked, lanes)
  return (
    <>
      <p className="soft key">
        <span className="item practice sample">practice</span> <span className="item topic sample">topic</span>{' '}
        <Level level="clear" /> <span>beside the name is its level. Choose one to see what it is linked to.</span>
      </p>
      <div className="lanes" ref={root}>
        {lines.length > 0 ? (
          <svg className="lines" aria-hidden="true">
            {lines.map((l) => (
              <path key={l.key} d={l.path} />
            ))}
          </svg>
        ) : null}
        {lanes.map((lane) => (
          <LaneOf key={lane.key} lane={lane} {...props} />
        ))}
      </div>
    </>
  )
}
