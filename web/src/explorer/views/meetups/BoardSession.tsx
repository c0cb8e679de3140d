import { addressOf } from '../../address.ts'
import { MoveAgendaItemDocument, PlaceDotsDocument, type AgendaState } from '../../operations/generated.ts'
import { OtherProblems } from '../../parts/FieldProblems.tsx'
import { Level } from '../../parts/Level.tsx'
import { Link } from '../../parts/Link.tsx'
import { leads, useWrite, type Standing } from '../../write.ts'
import type { Coffee, Item } from './Board.tsx'
import { BoardPropose } from './BoardPropose.tsx'
import { placed, useDots, withDot, type Dots } from './dots.ts'
import { Timer } from './Timer.tsx'
import { counted, label } from './words.ts'

/** How many dots everybody has where the session does not say, and the timeboxes of a start and of going on. */
const usualDots = 3
const usualMinutes = 5
const moreMinutes = 3

const columns: { name: string; states: AgendaState[]; empty: string }[] = [
  { name: 'To discuss', states: ['WAITING'], empty: 'Nothing waits. Propose a topic.' },
  { name: 'Discussing', states: ['RUNNING'], empty: 'Nothing is talked about right now.' },
  { name: 'Done', states: ['DONE', 'CARRIED_OVER'], empty: 'Nothing is done yet.' },
]

interface Move {
  name: string
  state: AgendaState
  minutes?: number
}

/** What can be done with an item, the likeliest first. */
function movesOf(item: Item): Move[] {
  switch (item.state) {
    case 'WAITING':
      return [{ name: 'Start', state: 'RUNNING', minutes: item.minutes ?? usualMinutes }]
    case 'RUNNING':
      return [
        { name: `Go on for ${moreMinutes.toString()} min`, state: 'RUNNING', minutes: moreMinutes },
        { name: 'Done', state: 'DONE' },
        { name: 'Back', state: 'WAITING' },
      ]
    case 'DONE':
      return [{ name: 'Take it up again', state: 'WAITING' }]
    case 'CARRIED_OVER':
      return []
  }
}

interface CardProps {
  item: Item
  live: boolean
  mayLead: boolean
  clockAhead: number
  /** How many of one's own dots are on it, and a way to change that; undefined where one has none. */
  mine: { count: number; left: number; add: (by: 1 | -1) => void; busy: boolean } | undefined
}

function Card({ item, live, mayLead, clockAhead, mine }: CardProps) {
  const { busy, problem, fields, write } = useWrite()
  const { title } = item.topic
  return (
    <li className="agenda-item">
      <p className="topic">
        <Link to={addressOf('map', { id: item.topic.id })}>{title}</Link> <Level level={item.confidentiality} />
      </p>
      <p className="dots">
        <span className="dot-count">{counted(item.dots, 'dot')}</span>
        {mine && item.state === 'WAITING' ? (
          <span className="dot-acts">
            <button
              type="button"
              aria-label={`Take a dot from ${title}`}
              disabled={!live || mine.busy || mine.count === 0}
              onClick={() => {
                mine.add(-1)
              }}
            >
              −
            </button>
            <span className="soft">{mine.count} yours</span>
            <button
              type="button"
              aria-label={`Place a dot on ${title}`}
              disabled={!live || mine.busy || mine.left === 0}
              onClick={() => {
                mine.add(1)
              }}
            >
              +
            </button>
          </span>
        ) : null}
        {item.state === 'CARRIED_OVER' ? <span className="chip">goes on at a later session</span> : null}
      </p>
      {item.state === 'RUNNING' && item.startedAt ? (
        <Timer startedAt={item.startedAt} minutes={item.minutes} clockAhead={clockAhead} />
      ) : null}
      {mayLead ? (
        <p className="acts">
          {movesOf(item).map(({ name, state, minutes }) => (
            <button
              key={name}
              type="button"
              aria-label={`${name}: ${title}`}
              disabled={!live || busy}
              onClick={() => {
                write(async (send) => {
                  await send(MoveAgendaItemDocument, { item: item.id, state, ...(minutes ? { minutes } : {}) })
                })
              }}
            >
              {name}
            </button>
          ))}
        </p>
      ) : null}
      <OtherProblems problem={problem} fields={fields} shown={[]} />
    </li>
  )
}

interface Props {
  session: Coffee
  standing: Standing | undefined
  /** Whether what is shown is what is there now; nothing is changed otherwise. */
  live: boolean
  clockAhead: number
}

/** The three columns of a lean coffee. */
export function BoardSession({ session, standing, live, clockAhead }: Props) {
  const [dots, setDots] = useDots(standing?.person, session.key)
  const { busy, problem, fields, write } = useWrite()
  const most = session.dots ?? usualDots
  // What is no longer on the agenda takes no dots.
  const there = new Set(session.agenda.nodes.map((i) => i.topic.key))
  const mine: Dots = Object.fromEntries(Object.entries(dots).filter(([topic]) => there.has(topic)))
  const left = Math.max(0, most - placed(mine))
  const placeDots = (topic: string, by: 1 | -1) => {
    const next = withDot(mine, topic, by)
    write(async (send) => {
      await send(PlaceDotsDocument, {
        session: session.id,
        dots: Object.entries(next).map(([key, n]) => ({ topic: `Topic:${key}`, dots: n })),
      })
      setDots(next)
    })
  }
  return (
    <section className="coffee" aria-label={session.title}>
      <header>
        <h3>
          {session.title} <Level level={session.confidentiality} />
        </h3>
        <p className="soft">
          {label(session.state)}
          {session.minutes ? `, ${session.minutes.toString()} min` : ''}, {counted(most, 'dot')} for everybody
          {standing?.person ? `; you have ${left.toString()} left` : ''}
        </p>
      </header>
      <OtherProblems problem={problem} fields={fields} shown={[]} />
      <div className="columns">
        {columns.map(({ name, states, empty }) => {
          const items = session.agenda.nodes.filter((i) => states.includes(i.state))
          return (
            <section key={name} className="column" aria-label={name} data-states={states.join(' ')}>
              <h4>
                {name} <span className="soft">{items.length}</span>
              </h4>
              {items.length === 0 ? <p className="soft">{empty}</p> : null}
              <ul>
                {items.map((item) => (
                  <Card
                    key={item.id}
                    item={item}
                    live={live}
                    mayLead={leads(standing)}
                    clockAhead={clockAhead}
                    mine={
                      standing?.person
                        ? {
                            count: mine[item.topic.key] ?? 0,
                            left,
                            busy,
                            add: (by) => {
                              placeDots(item.topic.key, by)
                            },
                          }
                        : undefined
                    }
                  />
                ))}
              </ul>
              {name === 'To discuss' && standing ? (
                <BoardPropose session={session} standing={standing} live={live} />
              ) : null}
            </section>
          )
        })}
      </div>
      {standing?.person ? (
        <p className="soft">
          The server tells nobody who placed how many dots. This tab remembers yours; a dot placed in another one starts
          anew and replaces them.
        </p>
      ) : null}
    </section>
  )
}
