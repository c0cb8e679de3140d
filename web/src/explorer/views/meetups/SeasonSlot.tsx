import { addressOf, change } from '../../address.ts'
import type { ScorePartName } from '../../operations/generated.ts'
import { Level } from '../../parts/Level.tsx'
import { Link } from '../../parts/Link.tsx'
import { lock, unlock, type Choice, type Pick, type Slot } from '../../season.ts'
import { called, counted, label } from './words.ts'

/** What a part of a score counts, in words. */
const said: Record<ScorePartName, (value: number) => string> = {
  VOTES: (n) => counted(n, 'vote'),
  RECURRING: (n) => `raised in ${counted(n, 'place')}`,
  NEVER_COVERED: (n) => (n > 0 ? 'never covered before' : 'covered before'),
  STORY_EXISTS: (n) => (n > 0 ? 'there is a story to tell' : 'no story yet'),
  SPEAKER_EXISTS: (n) => (n > 0 ? 'somebody offers to speak' : 'nobody offers to speak yet'),
  BEYOND_CLASSIC: (n) => (n > 0 ? 'beyond the classical topics' : 'a classical topic'),
}

const choiceOf = (date: string, pick: Pick): Choice => ({
  date,
  topic: pick.topic.key,
  ...(pick.speaker ? { speaker: pick.speaker.key } : {}),
})

/** What speaks for a pick, part by part, and what would come next. */
function Why({ slot, pick, locks, fixed }: { slot: Slot; pick: Pick; locks: readonly Choice[]; fixed: boolean }) {
  return (
    <div className="why-slot">
      <p>{pick.locked ? 'It is locked here.' : `Because: ${pick.reason}.`}</p>
      <ul className="parts-of-score">
        {pick.parts.map((p) => (
          <li key={p.name} data-points={p.points > 0 ? 'some' : 'none'}>
            <span>{said[p.name](p.value)}</span>{' '}
            <span className="points">{p.points > 0 ? `+${p.points.toString()}` : '0'}</span>
          </li>
        ))}
      </ul>
      {slot.next.length > 0 ? (
        <>
          <h4>Next best</h4>
          <ul className="next-best">
            {slot.next.map((n) => (
              <li key={n.topic.key}>
                <span>
                  {n.topic.title} <Level level={n.topic.confidentiality} /> <span className="soft">({n.score})</span>
                </span>
                {fixed ? null : (
                  <button
                    type="button"
                    aria-label={`Take it: ${n.topic.title}`}
                    onClick={() => {
                      change(lock(locks, { date: slot.date, topic: n.topic.key }))
                    }}
                  >
                    Take it
                  </button>
                )}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  )
}

const dayParts = (date: string) => {
  const at = new Date(`${date}T00:00:00Z`)
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(at)
  return { weekday: part({ weekday: 'long' }), day: part({ day: 'numeric', month: 'long', year: 'numeric' }) }
}

interface Props {
  slot: Slot
  locks: readonly Choice[]
  /** The state of the session that somebody has seen to already. */
  sure: string | undefined
  /** Whether its reasons are shown. */
  why: boolean
}

/** One date of a season: its topic, who speaks, and why. */
export function SeasonSlot({ slot, locks, sure, why }: Props) {
  const { date, pick } = slot
  const { weekday, day } = dayParts(date)
  const locked = locks.some((l) => l.date === date)
  const state = sure ? 'sure' : locked ? 'locked' : pick ? 'proposed' : 'empty'
  return (
    <li className="slot" data-state={state}>
      <header>
        <h3>
          <span className="soft">{weekday}</span> <time dateTime={date}>{day}</time>
        </h3>
        {pick?.layer ? <span className="chip">{pick.layer.name}</span> : null}
      </header>
      {pick ? (
        <>
          <p className="topic">
            <Link to={addressOf('map', { id: pick.topic.id })}>{pick.topic.title}</Link>{' '}
            <Level level={pick.topic.confidentiality} />
          </p>
          <dl>
            <div>
              <dt>Format</dt>
              <dd>
                {label(pick.format)}, {pick.minutes} min
              </dd>
            </div>
            <div>
              <dt>Speaker</dt>
              <dd>{pick.speaker ? called(pick.speaker) : <em>wanted</em>}</dd>
            </div>
            <div>
              <dt>Score</dt>
              <dd>
                {pick.score} <span className="soft">({counted(pick.topic.votes, 'vote')})</span>
              </dd>
            </div>
          </dl>
          <p className="acts">
            {sure ? (
              <span className="chip">stays: {label(sure)}</span>
            ) : (
              <button
                type="button"
                aria-pressed={locked}
                aria-label={`Lock: ${pick.topic.title} on ${day}`}
                onClick={() => {
                  change(locked ? unlock(locks, date) : lock(locks, choiceOf(date, pick)))
                }}
              >
                Lock
              </button>
            )}
            <button
              type="button"
              aria-expanded={why}
              aria-label={`Why this slot: ${pick.topic.title} on ${day}`}
              onClick={() => {
                change({ why: why ? undefined : date })
              }}
            >
              Why this slot
            </button>
          </p>
          <p className="reason">{pick.reason}</p>
          {why ? <Why slot={slot} pick={pick} locks={locks} fixed={sure !== undefined} /> : null}
        </>
      ) : (
        <p className="soft">No topic meets the rules on this day. Put one here from the pool.</p>
      )}
    </li>
  )
}
