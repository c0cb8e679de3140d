import { addressOf, change, usePlace } from '../../address.ts'
import type { Ballots } from '../../ballots.ts'
import { Level } from '../../parts/Level.tsx'
import { Link } from '../../parts/Link.tsx'
import { Status } from '../../parts/Status.tsx'
import { Votes } from '../../parts/Votes.tsx'
import { lock, type Choice, type Plan } from '../../season.ts'
import { usePool } from './Pool.tsx'
import { label } from './words.ts'

interface Props {
  plan: Plan
  locks: readonly Choice[]
  ballots: Ballots | undefined
}

/** What else there is to talk about, with votes; each topic can be put on a date. */
export function SeasonPool({ plan, locks, ballots }: Props) {
  const asked = usePool()
  const words = usePlace().get('words') ?? ''
  const dates = new Map(plan.slots.flatMap((s) => (s.pick ? [[s.pick.topic.key, s.date] as const] : [])))
  const topics = (asked.data ?? []).filter((t) => t.title.toLowerCase().includes(words.trim().toLowerCase()))
  return (
    <section className="season-pool" aria-labelledby="season-pool">
      <h2 id="season-pool">The pool</h2>
      <Status asked={asked} what="the pool of topics" />
      <label className="filter">
        Topics about{' '}
        <input
          type="search"
          value={words}
          onChange={(event) => {
            change({ words: event.target.value }, true)
          }}
        />
      </label>
      {asked.data && topics.length === 0 ? (
        <p className="soft">{words ? 'No topic of the pool is called so.' : 'The pool is empty.'}</p>
      ) : null}
      <ul className="pool-list" tabIndex={0} aria-label="Topics of the pool">
        {topics.map((t) => (
          <li key={t.id} data-planned={dates.has(t.key)}>
            <div>
              <Link to={addressOf('map', { id: t.id })}>{t.title}</Link> <Level level={t.confidentiality} />
            </div>
            <div className="soft">
              {label(t.kind)}
              {t.layers.nodes.length > 0 ? `, ${t.layers.nodes.map((l) => l.name).join(', ')}` : ''}
            </div>
            <div className="pool-acts">
              <span className="pool-votes">
                <span className="soft">votes</span> <Votes topic={t} ballots={ballots} />
              </span>
              <select
                aria-label={`Put ${t.title} on a date`}
                value={dates.get(t.key) ?? ''}
                onChange={(event) => {
                  if (event.target.value) change(lock(locks, { date: event.target.value, topic: t.key }))
                }}
              >
                <option value="">put on…</option>
                {plan.slots.map((s) => (
                  <option key={s.date} value={s.date}>
                    {s.date}
                  </option>
                ))}
              </select>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
