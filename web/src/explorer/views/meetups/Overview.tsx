import { askAll, useAsked } from '../../api.ts'
import { addressOf } from '../../address.ts'
import { MeetingsDocument, type MeetingsQuery } from '../../operations/generated.ts'
import { Fold } from '../../parts/Fold.tsx'
import { Level } from '../../parts/Level.tsx'
import { Link } from '../../parts/Link.tsx'
import { Status } from '../../parts/Status.tsx'
import { Tools } from '../../parts/Tools.tsx'
import { Pool } from './Pool.tsx'
import { Subscribe } from './Subscribe.tsx'
import { called, counted, dayOf, label, today, when } from './words.ts'

export type Meeting = NonNullable<MeetingsQuery['meetings']>['nodes'][number]

/** The meetings there are and the key of the next. */
export function useMeetings() {
  return useAsked('meetings', async (signal) => {
    let next: string | undefined
    const meetings = await askAll(
      MeetingsDocument,
      {},
      (data) => {
        next ??= data.nextMeeting?.key
        return data.meetings
      },
      signal,
    )
    return { next, meetings }
  })
}

/** The sessions of a meeting, each with its level. */
function Sessions({ sessions }: { sessions: Meeting['sessions']['nodes'] }) {
  if (sessions.length === 0) return <p className="soft">Nothing is on its agenda yet.</p>
  return (
    <ul className="sessions">
      {sessions.map((s) => (
        <li key={s.id} data-state={s.state}>
          <span>{s.title}</span> <Level level={s.confidentiality} />
          <br />
          <span className="soft">
            {label(s.format)}
            {s.minutes ? `, ${s.minutes.toString()} min` : ''}, {label(s.state)},{' '}
            {s.speakers.nodes.length > 0 ? `with ${s.speakers.nodes.map(called).join(', ')}` : 'speaker wanted'}
          </span>
        </li>
      ))}
    </ul>
  )
}

function MeetingCard({ meeting, next }: { meeting: Meeting; next?: boolean }) {
  return (
    <article className={next ? 'card next' : 'card'}>
      {next ? <p className="tag">The next meeting</p> : null}
      <h3>
        {meeting.title} <Level level={meeting.confidentiality} />
      </h3>
      <p className="when">{when(meeting)}</p>
      <Sessions sessions={meeting.sessions.nodes} />
      <p className="links">
        <Link to={addressOf('meetups', { part: 'documents', meeting: meeting.key })}>Announcement and agenda</Link>
        <Link to={addressOf('meetups', { part: 'board', meeting: meeting.key })}>Lean coffee</Link>
        {meeting.rsvp && /^https?:\/\//.test(meeting.rsvp) ? (
          <a href={meeting.rsvp} rel="noreferrer">
            Say that you come
          </a>
        ) : null}
      </p>
    </article>
  )
}

function Meetings({ meetings, next }: { meetings: readonly Meeting[]; next: string | undefined }) {
  const coming = meetings.filter((m) => m.key === next || !dayOf(m) || dayOf(m) >= today())
  const past = meetings.filter((m) => !coming.includes(m)).reverse()
  const first = coming.find((m) => m.key === next)
  return (
    <>
      {coming.length === 0 ? (
        <p className="empty">
          No meeting is planned.{' '}
          <Link to={addressOf('meetups', { part: 'season' })}>Plan a season from the pool of topics</Link>: opsmap
          proposes a topic for each date and says why.
        </p>
      ) : null}
      <div className="cards">
        {first ? <MeetingCard meeting={first} next /> : null}
        {coming
          .filter((m) => m !== first)
          .map((m) => (
            <MeetingCard key={m.id} meeting={m} />
          ))}
      </div>
      {past.length > 0 ? (
        <Fold name="past" className="past" summary={counted(past.length, 'earlier meeting')}>
          <div className="cards">
            {past.map((m) => (
              <MeetingCard key={m.id} meeting={m} />
            ))}
          </div>
        </Fold>
      ) : null}
      <MeetingTools meetings={meetings} />
    </>
  )
}

const rows = (m: Meeting) =>
  (m.sessions.nodes.length > 0 ? m.sessions.nodes : [undefined]).map((s) => [
    m.title,
    m.startsAt ?? m.date ?? '',
    (s ?? m).confidentiality.key,
    s?.title ?? '',
    s ? label(s.format) : '',
    s ? label(s.state) : '',
    s?.speakers.nodes.map(called).join(', ') ?? '',
  ])

/** The way to the question behind a list of meetings, and the list as files. */
export function MeetingTools({ meetings }: { meetings: readonly Meeting[] | undefined }) {
  return (
    <Tools
      name="meetings"
      document={MeetingsDocument}
      table={
        meetings
          ? () => [
              ['meeting', 'when', 'level', 'session', 'format', 'state', 'speakers'],
              ...meetings.flatMap((m) => rows(m)),
            ]
          : undefined
      }
    />
  )
}

/** The meetings, the way to be told of them, and the pool they are planned from. */
export function Overview() {
  const asked = useMeetings()
  return (
    <>
      <h2>Meetings</h2>
      <Status asked={asked} what="meetings" />
      {asked.data ? <Meetings meetings={asked.data.meetings} next={asked.data.next} /> : null}
      <Subscribe />
      <Pool />
    </>
  )
}
